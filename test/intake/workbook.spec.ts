import { Readable } from 'node:stream';
import { stream } from 'exceljs';
import { opened, partsOf, refusalOf, results, sheetOf, workbook, zipOf } from './support/workbooks';

const HEADER = ['社員番号', '姓', '名', '入社日', '退職日', '電話番号'];
const ROW = ['0001', '佐藤', '花子', '2012/04/01', '2019/03/31', '090-1234-5678'];

/** A sheet's XML with these rows of cells. */
const rowsXml = (...rows: string[][]) =>
  `<worksheet><sheetData>${rows.map((cells) => `<row>${cells.join('')}</row>`).join('')}</sheetData></worksheet>`;
const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
const HEADER_XML = HEADER.map(text);
const ROW_XML = ROW.map(text);

describe('a workbook', () => {
  it('is read as its text would be, with rows as Excel counts them', async () => {
    const all = await results(
      await sheetOf([HEADER, ROW, [], ['0002', '鈴木', '健', '2015/04/01', '2020/02/30']]),
    );
    expect(all.map(({ line, number, outcome }) => [line, number, outcome])).toEqual([
      [2, 1, 'leaver'],
      [4, 2, 'refused'],
    ]);
    expect(all[0]?.row).toEqual({
      employeeNumber: '0001',
      familyName: '佐藤',
      givenName: '花子',
      joinedOn: '2012-04-01',
      leftOn: '2019-03-31',
      phone: '+819012345678',
    });
    expect(all[1]?.problems).toEqual([
      { column: '退職日', field: 'leftOn', severity: 'error', code: 'date-impossible' },
    ]);
  });

  it('has names without their furigana, which exceljs’ own reader takes instead', async () => {
    const furigana =
      '<sst><si><t>佐藤</t><rPh sb="0" eb="2"><t>サトウ</t></rPh><phoneticPr fontId="1"/></si>' +
      '<si><r><t>花</t></r><r><t xml:space="preserve">子</t></r><rPh sb="0" eb="1"><t>ハナコ</t></rPh></si></sst>';
    const row = [text('0001'), '<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>', ...ROW_XML.slice(3)];
    const bytes = zipOf(partsOf(rowsXml(HEADER_XML, row), { 'xl/sharedStrings.xml': furigana }));
    expect((await results(bytes))[0]?.row).toMatchObject({ familyName: '佐藤', givenName: '花子' });

    const referenced = rowsXml(['<c r="A1" t="s"><v>0</v></c>']).replace('<row>', '<row r="1">');
    const parts = partsOf(referenced, { 'xl/sharedStrings.xml': furigana });
    const { 'xl/worksheets/sheet1.xml': sheet = '', ...others } = parts;
    const seen: unknown[] = [];
    const file = Readable.from([zipOf({ ...others, 'xl/worksheets/sheet1.xml': sheet })]);
    for await (const worksheet of new stream.xlsx.WorkbookReader(file, {}))
      for await (const { values } of worksheet) seen.push((values as unknown[])[1]);
    // Why we read workbooks ourselves; when this fails, the reason is gone.
    expect(seen).toEqual(['サトウ']);
  });

  it('is read whatever prefix its writer gave to elements, with references or without', async () => {
    const plain = rowsXml(HEADER_XML, ROW_XML);
    const prefixed = plain.replace(/<(\/?)(\w)/g, '<$1x:$2');
    expect((await results(zipOf(partsOf(prefixed))))[0]?.row?.familyName).toBe('佐藤');
  });

  it('with characters that XML cannot hold has them', async () => {
    const row = [text('0001'), text('佐_x0007_藤'), ...ROW_XML.slice(2)];
    const [result] = await results(zipOf(partsOf(rowsXml(HEADER_XML, row))));
    expect(result?.problems).toMatchObject([{ column: '姓', code: 'control-character' }]);
  });

  it('gives results of formulas as they were saved, and says where there is none', async () => {
    const bytes = await workbook((book) => {
      const sheet = book.addWorksheet('退職者');
      sheet.addRows([HEADER, ROW, ROW, ROW]);
      sheet.getCell('B2').value = { formula: 'PHONETIC(A1)', result: '縁野' };
      sheet.getCell('B3').value = { formula: 'WEBSERVICE("http://example.invalid")' };
      sheet.getCell('B4').value = { error: '#N/A' };
    });
    const all = await results(bytes);
    expect(all[0]?.row?.familyName).toBe('縁野');
    expect(all.slice(1).map(({ problems }) => problems)).toMatchObject([
      [{ column: '姓', severity: 'error', code: 'formula-without-result' }],
      [{ column: '姓', severity: 'error', code: 'cell-error' }],
    ]);
    expect((await opened(bytes)).recognition.notes).toEqual([
      { code: 'formulas-as-saved', params: { count: 2 } },
    ]);
  });

  it('refuses My Numbers, as text or as number, whatever the column is called', async () => {
    const numbers = [123456789018, '123456789018', '1234-5678-9018'];
    const bytes = await sheetOf([[...HEADER, '管理'], ...numbers.map((number) => [...ROW, number])]);
    expect((await opened(bytes)).recognition.myNumberColumns).toEqual(['管理']);
    const [row] = await results(await sheetOf([HEADER, [123456789018, ...ROW.slice(1)]]));
    expect(row?.problems).toMatchObject([{ column: '社員番号', code: 'my-number', severity: 'error' }]);
  });
});

describe('days in a workbook', () => {
  const days = async (
    cells: readonly unknown[],
    options: { date1904?: boolean; format?: string } = {},
  ): Promise<unknown[]> => {
    const bytes = await workbook((book) => {
      book.properties.date1904 = options.date1904 === true;
      const sheet = book.addWorksheet('退職者');
      sheet.addRow(HEADER);
      for (const cell of cells) {
        const row = sheet.addRow(['1', '佐藤', '花子', '1950/04/01', cell]);
        if (options.format !== undefined) row.getCell(5).numFmt = options.format;
      }
    });
    return (await results(bytes)).map(({ row, problems }) => row?.leftOn ?? problems.map(({ code }) => code));
  };

  it.each([
    ['yyyy/mm/dd'],
    ['yyyy"年"m"月"d"日"'],
    ['[$-411]ggge"年"m"月"d"日"'],
    ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy'],
  ])('are read from serials shown as %s', async (format) => {
    expect(await days([43555, 43556.0], { format })).toEqual(['2019-03-31', '2019-04-01']);
  });

  it('are read from serials without a format, and the column is told', async () => {
    expect(await days([43555])).toEqual(['2019-03-31']);
    const { recognition } = await opened(await sheetOf([HEADER, [...ROW.slice(0, 3), 41000, 43555]]));
    expect(recognition.notes).toEqual([
      { code: 'days-from-serials', column: '入社日', params: { count: 1 } },
      { code: 'days-from-serials', column: '退職日', params: { count: 1 } },
    ]);
  });

  it('are counted from 1904 where the workbook does', async () => {
    expect(await days([42093], { date1904: true })).toEqual(['2019-03-31']);
    expect(await days([42093], { date1904: true, format: 'yyyy/m/d' })).toEqual(['2019-03-31']);
  });

  it('are read from digits, and refused where they are a year, a time or no day', async () => {
    expect(await days([20190331, 2019, 43555.75])).toEqual([
      '2019-03-31',
      ['date-unreadable'],
      ['date-unreadable'],
    ]);
    expect(await days([60, 43555.75, -1, 9_999_999], { format: 'yyyy/m/d' })).toEqual([
      ['date-impossible'],
      ['date-unreadable'],
      ['date-impossible'],
      ['date-impossible'],
    ]);
  });

  it('in a column of text are not taken for text', async () => {
    const bytes = await workbook((book) => {
      const sheet = book.addWorksheet('退職者');
      sheet.addRows([HEADER, ROW]);
      Object.assign(sheet.getCell('A2'), { value: 45000, numFmt: 'm"月"d"日"' });
    });
    expect((await results(bytes))[0]?.problems).toMatchObject([{ column: '社員番号', code: 'cell-is-date' }]);
  });
});

describe('numbers in columns of text', () => {
  const rows = (...numbers: unknown[]) =>
    sheetOf([HEADER, ...numbers.map((number) => [number, ...ROW.slice(1)])]);
  const codes = async (bytes: Buffer) =>
    (await results(bytes)).map(({ row, problems }) => [
      row?.employeeNumber,
      ...problems.map(({ code }) => code),
    ]);

  it('are reported where the column has a fixed width and zeros are missing', async () => {
    const bytes = await rows('000123', 124, '000999', 123456);
    expect(await codes(bytes)).toEqual([['000123'], ['124', 'leading-zeros-lost'], ['000999'], ['123456']]);
    const [, lost] = await results(bytes);
    expect(lost?.problems).toEqual([
      {
        column: '社員番号',
        field: 'employeeNumber',
        severity: 'warning',
        code: 'leading-zeros-lost',
        params: { width: 6 },
      },
    ]);
  });

  it('of different lengths throughout are reported once, for the column', async () => {
    const bytes = await rows(7, 12, 345);
    expect(await codes(bytes)).toEqual([['7'], ['12'], ['345']]);
    expect((await opened(bytes)).recognition.notes).toEqual([
      { code: 'zeros-may-be-lost', column: '社員番号' },
    ]);
    expect((await opened(await rows(100, 200))).recognition.notes).toEqual([]);
  });

  it.each([
    ['000000', 123, '000123'],
    ['"A"0000', 12, 'A0012'],
    ['000-000', 1234567, '1234-567'],
    ['0', 12, '12'],
    ['#,##0', 1234, '1234'],
    ['General', 12, '12'],
  ])('shown by the format %s are read as they are shown', async (format, value, shown) => {
    const bytes = await workbook((book) => {
      const sheet = book.addWorksheet('退職者');
      sheet.addRows([HEADER, ROW]);
      Object.assign(sheet.getCell('A2'), { value, numFmt: format });
    });
    expect((await results(bytes))[0]?.row?.employeeNumber).toBe(shown);
  });

  it('that Excel could not keep whole are refused', async () => {
    expect(await codes(await rows(1234567890123456))).toEqual([[undefined, 'number-inexact']]);
  });

  it.each([
    [9012345678, '+819012345678', 'phone-zero-restored'],
    [312345678, '+81312345678', 'phone-zero-restored'],
    ['9012345678', '+819012345678', 'phone-zero-restored'],
    [5016123456, undefined, 'phone-ambiguous'],
    [123, undefined, 'phone-invalid'],
    ['090-1234-5678', '+819012345678', undefined],
  ])('as a telephone number: %s is %s, %s', async (value, phone, code) => {
    const [result] = await results(await sheetOf([HEADER, [...ROW.slice(0, 5), value]]));
    expect(result?.row?.phone).toBe(phone);
    expect(result?.problems.map((problem) => problem.code)).toEqual(code === undefined ? [] : [code]);
  });
});

describe('the header of a sheet', () => {
  const headers = async (bytes: Buffer) => (await opened(bytes)).recognition.headers;

  it('is found below titles, remarks and empty rows; empty columns are left out', async () => {
    const bytes = await workbook((book) => {
      const sheet = book.addWorksheet('退職者');
      sheet.addRows([['退職者一覧'], [], ['作成日', new Date('2026-11-01')], ['', ...HEADER, '', '備考']]);
      sheet.addRow(['', ...ROW, '', '']);
      sheet.mergeCells('A1:D1');
    });
    const { recognition } = await opened(bytes);
    expect(recognition).toMatchObject({ headers: [...HEADER, '備考'], headerLine: 4 });
    expect(recognition.notes).toEqual([{ code: 'rows-above-header', params: { count: 2 } }]);
    expect((await results(bytes))[0]).toMatchObject({ line: 5, outcome: 'leaver' });
  });

  it('of two merged rows is joined', async () => {
    const bytes = await workbook((book) => {
      const sheet = book.addWorksheet('退職者');
      sheet.addRows([
        ['退職者一覧'],
        ['社員番号', '氏名', '', '氏名カナ', '', '在籍', '', '連絡先', '', '緊急連絡先', '', '備考'],
        [
          '',
          '姓',
          '名',
          '姓',
          '名',
          '入社日',
          '退職日',
          'メールアドレス',
          '電話番号',
          '氏名',
          '電話番号',
          '',
        ],
        [
          '0001',
          '佐藤',
          '花子',
          'サトウ',
          'ハナコ',
          '2012/04/01',
          '2019/03/31',
          'h@example.jp',
          '',
          '佐藤',
          '',
          '',
        ],
      ]);
      for (const range of ['A1:L1', 'A2:A3', 'B2:C2', 'D2:E2', 'F2:G2', 'H2:I2', 'J2:K2', 'L2:L3'])
        sheet.mergeCells(range);
    });
    const { recognition } = await opened(bytes);
    expect(recognition.headers).toEqual([
      '社員番号',
      '氏名(姓)',
      '氏名(名)',
      '氏名カナ(姓)',
      '氏名カナ(名)',
      '入社日',
      '退職日',
      '連絡先(メールアドレス)',
      '連絡先(電話番号)',
      '緊急連絡先(氏名)',
      '緊急連絡先(電話番号)',
      '備考',
    ]);
    expect(recognition.notes).toEqual([
      { code: 'rows-above-header', params: { count: 1 } },
      { code: 'header-joined', params: { count: 2 } },
    ]);
    const [result] = await results(bytes);
    expect(result).toMatchObject({
      line: 4,
      row: { familyName: '佐藤', givenNameKana: 'ハナコ', email: 'h@example.jp' },
    });
    expect(result?.row).not.toHaveProperty('phone');
  });

  it('of two rows without merged cells is joined where that makes its names known', async () => {
    const bytes = await sheetOf([
      ['社員番号', '氏名', '', '入社', '退職'],
      ['', '姓', '名', '年月日', '年月日'],
      ['0001', '佐藤', '花子', '2012/04/01', '2019/03/31'],
    ]);
    expect(await headers(bytes)).toEqual([
      '社員番号',
      '氏名(姓)',
      '氏名(名)',
      '入社(年月日)',
      '退職(年月日)',
    ]);
    expect((await results(bytes))[0]?.outcome).toBe('leaver');
  });

  it('that nobody knows is the first row as wide as the table; a column without name has its letter', async () => {
    const bytes = await sheetOf([['一覧'], ['あ', 'い', 'う'], ['1', 'x', 'y', 'z'], ['2', 'x', 'y', 'z']]);
    expect(await headers(bytes)).toEqual(['あ', 'い', 'う', '[D]']);
  });

  it('is not made of a person’s data', async () => {
    const refusal = await refusalOf(await sheetOf([ROW, ROW]));
    expect(refusal).toMatchObject({ code: 'header-not-found' });
    expect(JSON.stringify(refusal)).not.toMatch(/佐藤|0001/);
  });

  it('says that rows hidden by a filter are read too', async () => {
    const bytes = await workbook((book) => {
      const sheet = book.addWorksheet('退職者');
      sheet.addRows([HEADER, ROW, ROW]);
      sheet.getRow(3).hidden = true;
    });
    expect((await opened(bytes)).recognition.notes).toEqual([{ code: 'rows-hidden', params: { count: 1 } }]);
    expect(await results(bytes)).toHaveLength(2);
  });
});

describe('the sheet', () => {
  const book = (hide: readonly string[] = []) =>
    workbook((made) => {
      made
        .addWorksheet('集計', { state: hide.includes('集計') ? 'hidden' : 'visible' })
        .addRows([['年度', '人数']]);
      for (const name of ['2024', '2025'])
        made
          .addWorksheet(name, { state: hide.includes(name) ? 'veryHidden' : 'visible' })
          .addRows([HEADER, ['1', name, ...ROW.slice(2)]]);
      made.addWorksheet('空');
    });
  const family = async (bytes: Buffer, sheet?: string) =>
    (await results(bytes, sheet === undefined ? {} : { sheet }))[0]?.row?.familyName;

  it('must be chosen where several look like leavers’ lists', async () => {
    expect(await refusalOf(await book())).toEqual({
      ok: false,
      code: 'sheet-not-chosen',
      params: { count: 2 },
      sheets: [
        { number: 2, name: '2024' },
        { number: 3, name: '2025' },
      ],
    });
  });

  it.each([
    ['2025', '2025'],
    ['２０２５', '2025'],
    ['2', '2024'],
  ])('%s is found by name or number', async (asked, name) => {
    expect(await family(await book(), asked)).toBe(name);
  });

  it('is the only one that looks like a list; hidden and other ones are counted', async () => {
    const { recognition } = await opened(await book(['2025']));
    expect(recognition).toMatchObject({
      sheet: { number: 2, name: '2024' },
      notes: [
        { code: 'sheets-hidden', params: { count: 1 } },
        { code: 'sheets-other', params: { count: 1 } },
      ],
    });
  });

  it.each([
    ['2025', 'sheet-hidden'],
    ['2026', 'sheet-unknown'],
    ['空', 'sheet-empty'],
    ['集計', 'sheet-empty'],
  ])('%s is refused: %s', async (asked, code) => {
    expect(await refusalOf(await book(['2025']), asked)).toMatchObject({ code });
  });

  it('is missing where all are empty or hidden', async () => {
    expect(await refusalOf(await book(['集計', '2024', '2025']))).toMatchObject({ code: 'sheet-none' });
  });
});
