import { openFile } from '@enishi/intake';
import { partsOf, refusalOf, results, sheetOf, zipOf } from './support/workbooks';

const LIMITS = { entries: 50, smallPart: 1 << 20, strings: 1 << 20, sheet: 2 << 20, columns: 20 };
const MEBIBYTE = 1024 * 1024;
const cells = (...texts: string[]) =>
  `<row>${texts.map((one) => `<c t="inlineStr"><is><t>${one}</t></is></c>`).join('')}</row>`;
const sheetXml = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
const HEADER = cells('社員番号', '姓', '入社日', '退職日');
const ROW = cells('1', '佐藤', '2012/04/01', '2019/03/31');
const code = async (bytes: Buffer, limits = LIMITS) => (await refusalOf(bytes, undefined, limits)).code;

/** A compound file whose directory names these streams, and nothing else of it is real. */
function compound(streams: readonly string[], directorySector = 1): Buffer {
  const file = Buffer.alloc(512 * (directorySector + 2));
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(file);
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(directorySector, 48);
  streams.forEach((name, index) => file.write(name, 512 * (directorySector + 1) + index * 128, 'utf16le'));
  return file;
}

describe('a file that is no workbook to read', () => {
  it.each([
    ['a workbook under a password', 'workbook-encrypted', compound(['Root Entry', 'EncryptedPackage'])],
    ['the same, its directory far behind', 'workbook-encrypted', compound(['EncryptedPackage'], 2000)],
    ['an old workbook', 'file-is-xls', compound(['Root Entry', 'Workbook'])],
    ['the beginning of a compound file', 'file-is-xls', compound([]).subarray(0, 100)],
    ['an archive', 'file-is-zip', zipOf({ 'leavers.csv': 'a,b' })],
    ['an OpenDocument', 'file-is-not-workbook', zipOf({ mimetype: 'x', 'content.xml': '<x/>' })],
    [
      'a Word file',
      'file-is-not-workbook',
      zipOf({ ...partsOf(''), 'xl/workbook.xml': '<document/>', 'xl/worksheets/sheet1.xml': '' }),
    ],
    [
      'a binary workbook',
      'file-is-not-workbook',
      zipOf({ '_rels/.rels': '<R><Relationship Type="/officeDocument" Target="xl/workbook.bin"/></R>' }),
    ],
  ])('%s: %s', async (_, expected, bytes) => {
    expect(await code(bytes)).toBe(expected);
  });
});

describe('a damaged workbook', () => {
  it('is refused wherever it was cut', async () => {
    const whole = await sheetOf([
      ['社員番号', '姓', '入社日', '退職日'],
      ['1', '佐藤', '2012/04/01', '2019/03/31'],
    ]);
    for (let cut = 30; cut < whole.length; cut += 401) {
      expect([cut, await code(whole.subarray(0, cut))]).toEqual([cut, 'workbook-damaged']);
    }
  });

  it('is refused where one byte of a part was changed', async () => {
    const whole = zipOf(partsOf(sheetXml(HEADER + ROW.repeat(300))));
    const at = whole.indexOf('sheet1.xml') + 60;
    const changed = Buffer.from(whole);
    changed[at] = (changed[at] ?? 0) ^ 0x10;
    expect(await code(changed)).toBe('workbook-damaged');
    expect(await results(whole)).toHaveLength(300);
  });

  it.each([
    ['XML that is not well-formed', `<worksheet><sheetData>${HEADER}`],
    ['a text that is not in the table', sheetXml(`${HEADER}<row><c t="s"><v>5</v></c></row>`)],
    ['a number that is none', sheetXml(`${HEADER}<row><c><v>1x</v></c></row>`)],
    ['a row before the last one', sheetXml(`<row r="5">${HEADER.slice(5)}<row r="4"/>`)],
    ['a row below the last of Excel', sheetXml(`${HEADER}<row r="1048577"/>`)],
    ['a cell beyond the last column of Excel', sheetXml(`<row><c r="XFE1"><v>1</v></c></row>`)],
    ['a document type, whose entities unfold', `<!DOCTYPE x [<!ENTITY a "aaaa">]>${sheetXml(HEADER)}`],
    ['an entity of its own', sheetXml(cells('&lol;'))],
    ['elements nested without end', '<a>'.repeat(100)],
    ['bytes that are not UTF-8', sheetXml(HEADER).replace('姓', '\ud800')],
  ])('%s', async (_, sheet) => {
    const bytes = sheet.includes('\ud800') ? Buffer.from(sheet.replace('\ud800', '\xff'), 'latin1') : sheet;
    expect(await code(zipOf({ ...partsOf(''), 'xl/worksheets/sheet1.xml': bytes }))).toBe('workbook-damaged');
  });

  it.each([
    ['two parts of one name', { ...partsOf(sheetXml(HEADER)), 'XL/Workbook.xml': '<workbook/>' }],
    ['no list of sheets', { '_rels/.rels': partsOf('')['_rels/.rels'] ?? '' }],
    [
      'more entries than any workbook has',
      Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`p${n}`, ''])),
    ],
  ])('%s', async (_, parts) => {
    expect(await code(zipOf(parts))).toBe('workbook-damaged');
  });
});

describe('a workbook built to exhaust its reader', () => {
  const bomb = (part: string, content: string, declared?: number) =>
    zipOf(
      { ...partsOf(sheetXml(HEADER + ROW)), [part]: content },
      declared === undefined ? {} : { [part]: declared },
    );
  const much = 'x'.repeat(3 * MEBIBYTE);

  it.each([
    ['a sheet', 'xl/worksheets/sheet1.xml', sheetXml(HEADER + ROW.repeat(30_000)), 2],
    ['texts', 'xl/sharedStrings.xml', `<sst>${'<si><t>x</t></si>'.repeat(100_000)}</sst>`, 1],
    ['formats', 'xl/styles.xml', `<styleSheet>${'<x/>'.repeat(300_000)}</styleSheet>`, 1],
    ['the list of sheets', 'xl/workbook.xml', `<workbook>${'<x/>'.repeat(300_000)}</workbook>`, 1],
  ])('unfolds %s no further than its limit, and says which', async (_, part, content, megabytes) => {
    expect(await refusalOf(bomb(part, content), undefined, LIMITS)).toMatchObject({
      code: 'workbook-too-large',
      params: { megabytes },
    });
  });

  it('is not believed where it declares a smaller size than it has', async () => {
    expect(await code(bomb('xl/worksheets/sheet1.xml', sheetXml(cells(much)), 1000))).toBe(
      'workbook-damaged',
    );
  });

  it.each([
    ['text', cells(much)],
    [
      'CDATA full of tags',
      `<row><c t="inlineStr"><is><t><![CDATA[${'<a>'.repeat(MEBIBYTE)}]]></t></is></c></row>`,
    ],
    ['a comment', `<!--${'<a>'.repeat(MEBIBYTE)}-->`],
    ['one attribute', `<row r="${much}"/>`],
  ])('holds no more than a mebibyte of %s in memory', async (_, rows) => {
    const limits = { ...LIMITS, sheet: 8 << 20 };
    expect(await code(zipOf(partsOf(sheetXml(rows))), limits)).toBe('workbook-too-large');
  });

  it('has columns up to a limit, empty ones apart', async () => {
    const wide = (cell: string) => sheetXml(`${HEADER}<row><c r="A2"><v>1</v></c>${cell}</row>`);
    expect(await refusalOf(zipOf(partsOf(wide('<c r="U2"><v>1</v></c>'))), undefined, LIMITS)).toMatchObject({
      code: 'sheet-too-wide',
      params: { limit: 20 },
    });
    expect(await results(zipOf(partsOf(wide('<c r="XFD2" s="1"/>'))))).toHaveLength(1);
  });
});

it('what fails below the zip is not told as a damaged file', async () => {
  const whole = await sheetOf([['社員番号', '姓', '入社日', '退職日']]);
  const failing = {
    size: whole.length,
    read: (from: number, length: number) =>
      length < 200_000 && from > 0
        ? Promise.reject(new Error('disk'))
        : Promise.resolve(whole.subarray(from, from + length)),
  };
  await expect(openFile(failing)).rejects.toThrow('disk');
});
