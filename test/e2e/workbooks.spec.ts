import { readdirSync } from 'node:fs';
import path from 'node:path';
import { api, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { workbook } from '../intake/support/workbooks';
import {
  accepted,
  caughtUp,
  furnish,
  importFile,
  settled,
  wholeRoster,
  type ImportView,
} from './support/steps';

jest.setTimeout(60_000);

const HEADER = ['社員番号', '姓', '名', '入社日', '退職日', 'メールアドレス', '電話番号', '国籍'];
const SECRET_SHEET = '極秘退職者名簿';

/** Two lists of leavers, a title above each, days as days and telephone numbers as numbers; and a hidden sheet. */
function leavers(): Promise<Buffer> {
  const day = (text: string) => new Date(`${text}T00:00:00Z`);
  return workbook((book) => {
    for (const [name, family] of [
      ['2024年度', '鈴木'],
      [SECRET_SHEET, '縁野'],
    ] as const) {
      const sheet = book.addWorksheet(name);
      sheet.addRows([
        ['退職者一覧'],
        [],
        HEADER,
        ['000101', family, '結', day('2012-04-01'), day('2021-03-31'), 'yui@example.jp', 9012345678, '日本'],
        [102, '瀬戸', '内', day('2015-10-01'), '2022/02/30', '', '', '日本'],
        [103, '港', '渡', day('2016-04-01'), day('2023-03-31'), 'no-address', '', '日本'],
      ]);
    }
    book.addWorksheet('下書き', { state: 'hidden' }).addRows([HEADER]);
  });
}

interface SheetView extends Omit<ImportView, 'recognition'> {
  readonly bytes: number;
  readonly recognition: {
    readonly format: string;
    readonly sheet: { readonly number: number; readonly name: string };
    readonly headerLine: number;
    readonly notes: readonly { readonly code: string; readonly messages: { readonly ja: string } }[];
  };
}

describe('a workbook over HTTP', () => {
  let server: TestServer;
  let to: Api;
  let file: Buffer;
  const upload = (bytes: Uint8Array, sheet?: string, key?: string) =>
    to.post<SheetView>('/v1/imports', bytes, {
      ...(key !== undefined && { key }),
      ...(sheet !== undefined && { headers: { 'enishi-sheet': encodeURIComponent(sheet) } }),
    });

  beforeAll(async () => {
    server = await startServer({ env: { ENISHI_LOG: 'debug' } });
    to = api(server);
    await furnish(to);
    file = await leavers();
  });
  afterAll(() => server?.stop());

  it('of two lists is refused until one is chosen, and leaves nothing behind', async () => {
    const { status, body } = await upload(file);
    expect([status, body]).toMatchObject([
      422,
      {
        code: 'sheet-not-chosen',
        sheets: [
          { number: 1, name: '2024年度' },
          { number: 2, name: SECRET_SHEET },
        ],
        messages: { ja: expect.stringContaining('シートを一つ'), en: expect.stringContaining('Choose one') },
      },
    ]);
    expect(readdirSync(path.join(server.home, 'staging'))).toEqual([]);
  });

  it('is recognised, mapped, tried out and imported like a file of text', async () => {
    const { body } = accepted(await upload(file, SECRET_SHEET));
    expect(body).toMatchObject({
      state: 'staged',
      bytes: file.length,
      recognition: {
        format: 'xlsx',
        sheet: { number: 2, name: SECRET_SHEET },
        headerLine: 3,
        notes: [
          { code: 'sheets-hidden', messages: { ja: expect.stringContaining('1 枚') } },
          { code: 'sheets-other' },
          { code: 'rows-above-header' },
        ],
      },
      mappingProblems: [],
    });
    expect(body.columns.at(-1)).toMatchObject({
      header: '国籍',
      field: 'ignore',
      refused: { item: 'nationality' },
    });
    accepted(await to.post(`/v1/imports/${body.importId}/run`));
    const done = await settled(to, body.importId);
    expect(done).toMatchObject({
      state: 'done',
      counts: { rows: 3, leavers: 2, registered: 2, refused: 1, warnings: 4, bytesRead: file.length },
    });
    const { problems } = accepted(
      await to.get<{ problems: { line: number; column: string; code: string }[] }>(
        `/v1/imports/${body.importId}/problems`,
      ),
    ).body;
    expect(problems.map(({ line, column, code }) => [line, column, code])).toEqual([
      [4, '電話番号', 'phone-zero-restored'],
      [5, '退職日', 'date-impossible'],
      [5, '社員番号', 'leading-zeros-lost'],
      [6, '社員番号', 'leading-zeros-lost'],
      [6, 'メールアドレス', 'email-invalid'],
    ]);
  });

  it('gives the people it holds, and again changes nothing', async () => {
    await caughtUp(to);
    const { body } = accepted(await to.get<{ purposes: { purposeId: string }[] }>('/v1/purposes'));
    const question = { purposeId: body.purposes[0]!.purposeId, channel: 'email', mode: 'excluded' };
    expect((await wholeRoster(to, question)).map(({ name }) => name.family).sort()).toEqual(
      ['港', '縁野'].sort(),
    );
    const again = accepted(await upload(file, '2'));
    accepted(await to.post(`/v1/imports/${again.body.importId}/run`));
    expect((await settled(to, again.body.importId)).counts).toMatchObject({ registered: 0, unchanged: 2 });
  });

  it('under one key is one upload of one sheet', async () => {
    const first = accepted(await upload(file, '1', 'sheet-key'));
    expect(accepted(await upload(file, '1', 'sheet-key')).body.importId).toBe(first.body.importId);
    const other = await upload(file, '2', 'sheet-key');
    expect([other.status, other.body]).toMatchObject([422, { code: 'idempotency-key-reused' }]);
  });

  it.each([
    ['a password', 'workbook-encrypted', () => compound(), undefined],
    ['a cut', 'workbook-damaged', () => file.subarray(0, 3000), undefined],
    ['no such sheet', 'sheet-unknown', () => file, '9'],
    ['a hidden sheet', 'sheet-hidden', () => file, '下書き'],
    ['a sheet of a text', 'sheet-unknown', () => Buffer.from('a,b\n1,2\n'), '1'],
  ])('with %s is refused in both languages: %s', async (_, code, bytes, sheet) => {
    const { status, body } = await upload(bytes(), sheet);
    expect([status, body]).toMatchObject([
      422,
      { code, messages: { ja: expect.stringMatching(/。$/), en: expect.stringMatching(/\.$/) } },
    ]);
  });

  it('with a header that is no sheet is refused', async () => {
    const answer = await to.post('/v1/imports', file, { headers: { 'enishi-sheet': '%E3%81' } });
    expect([answer.status, answer.body['code']]).toEqual([400, 'sheet-not-valid']);
  });

  it('leaves neither its cells nor the names of its sheets in the log', () => {
    const log = server.log();
    expect(log).toContain('"');
    for (const word of [SECRET_SHEET, encodeURIComponent(SECRET_SHEET), '縁野', 'yui@', '9012345678'])
      expect(log).not.toContain(word);
  });

  it('of text goes on as before', async () => {
    const text = Buffer.from('社員番号,姓,入社日,退職日\nT-1,凪,2012/04/01,2019/03/31\n');
    expect(await importFile(to, text)).toMatchObject({ state: 'done', recognition: { encoding: 'utf-8' } });
  });
});

/** What Office makes of a workbook under a password, as far as it is looked at. */
function compound(): Buffer {
  const bytes = Buffer.alloc(2048);
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(bytes);
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt32LE(0, 48);
  bytes.write('EncryptedPackage', 512, 'utf16le');
  return bytes;
}
