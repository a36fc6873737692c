import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import * as iconv from 'iconv-lite';
import { MappingRefused, parseLeavers, type LeaverResult, type ParseOptions } from './leavers';
import { proposeMapping } from './columns';
import { recognise } from './recognise';
import { identityKey, rowDigestInput } from './rows';

const HEADER =
  '社員番号,姓,名,姓カナ,部署,雇用形態,入社日,退職日,退職区分,退職理由,退職理由詳細,メールアドレス,電話番号,住所,生年月日';
const GOOD: Readonly<Record<string, string>> = {
  社員番号: '0001',
  姓: '髙橋',
  名: '花子',
  姓カナ: 'ﾀｶﾊｼ',
  部署: '営業部',
  雇用形態: '正社員',
  入社日: '2012/04/01',
  退職日: '2019/03/31',
  退職区分: '自己都合',
  退職理由: '転職',
  メールアドレス: 'hanako@example.jp',
  電話番号: '090-1234-5678',
};

/** Parses a file given as bytes, in pieces of `size` bytes. */
async function parseBytes(
  file: Buffer,
  options: Partial<ParseOptions> = {},
  size = 7,
): Promise<LeaverResult[]> {
  const recognition = recognise(file);
  if (!recognition.ok) throw new Error(recognition.code);
  const mapping = proposeMapping(recognition.headers, recognition.myNumberColumns).mapping;
  const pieces = Array.from({ length: Math.ceil(file.length / size) }, (_, at) =>
    file.subarray(at * size, (at + 1) * size),
  );
  const results: LeaverResult[] = [];
  for await (const result of parseLeavers(pieces, {
    recognition,
    mapping,
    today: '2026-11-21',
    ...options,
  })) {
    results.push(result);
  }
  return results;
}

/** The result of one row that differs from the good one in the cells given. */
async function parseRow(
  cells: Readonly<Record<string, string>>,
  options: Partial<ParseOptions> = {},
): Promise<LeaverResult> {
  const columns = HEADER.split(',');
  const row = columns.map((column) => ({ ...GOOD, ...cells })[column] ?? '');
  const [result] = await parseBytes(Buffer.from(stringify([columns, row])), options);
  if (!result) throw new Error('no result');
  return result;
}

describe('one row', () => {
  it('comes out normalised', async () => {
    expect(await parseRow({})).toEqual({
      line: 2,
      number: 1,
      outcome: 'leaver',
      problems: [],
      row: {
        employeeNumber: '0001',
        familyName: '髙橋',
        givenName: '花子',
        familyNameKana: 'タカハシ',
        department: '営業部',
        employmentKind: 'regular',
        joinedOn: '2012-04-01',
        leftOn: '2019-03-31',
        leavingKind: 'personal-reason',
        leavingReason: '転職',
        email: 'hanako@example.jp',
        phone: '+819012345678',
      },
    });
  });

  it.each([
    ['社員番号', '', 'required-missing'],
    ['姓', '\u3000', 'required-missing'],
    ['入社日', '', 'required-missing'],
    ['入社日', '2012/02/30', 'date-impossible'],
    ['退職日', '43555', 'date-excel-serial'],
    ['退職日', '4/5/2019', 'date-ambiguous'],
    ['退職日', '2012/03/31', 'left-before-joined'],
    ['姓', '=cmd()', 'formula'],
    ['名', '=HYPERLINK("http://example.invalid","x")', 'formula'],
    ['姓', '佐\u0007藤', 'control-character'],
    ['名', '花\n子', 'control-character'],
    ['名', 'x'.repeat(201), 'too-long'],
    ['社員番号', '123456789018', 'my-number'],
  ])('is refused for %s = %j: %s', async (column, value, code) => {
    const result = await parseRow({ [column]: value });
    expect(result).toMatchObject({ outcome: 'refused', problems: [{ column, severity: 'error', code }] });
    expect(result).not.toHaveProperty('row');
    expect(result.problems).toHaveLength(1);
  });

  it.each([
    ['名', '', 'given-name-missing', 'givenName', undefined],
    ['メールアドレス', 'not-an-email', 'email-invalid', 'email', undefined],
    ['電話番号', '12', 'phone-invalid', 'phone', undefined],
    ['電話番号', '1234-5678-9018', 'my-number', 'phone', undefined],
    ['部署', '=1+1', 'formula', 'department', undefined],
    ['部署', '営業\u0000部', 'control-character', 'department', undefined],
    ['退職理由', '病気療養', 'sensitive-text', 'leavingReason', undefined],
    ['生年月日', '2013/04/01', 'birth-after-joining', 'birthDate', undefined],
    ['生年月日', '不明', 'date-unreadable', 'birthDate', undefined],
    ['雇用形態', '謎の区分', 'employment-kind-unknown', 'employmentKind', 'other'],
    ['退職区分', '謎の区分', 'leaving-kind-unknown', 'leavingKind', 'other'],
    ['姓', '\ue000田', 'private-use-character', 'familyName', '\ue000田'],
  ])('is taken with a warning for %s = %j: %s', async (column, value, code, field, kept) => {
    const result = await parseRow({ [column]: value });
    expect(result).toMatchObject({
      outcome: 'leaver',
      problems: [{ column, field, severity: 'warning', code }],
    });
    expect(result.problems).toHaveLength(1);
    expect(result.row?.[field as 'email']).toBe(kept);
  });

  it.each([
    ['', 'still-employed'],
    ['2026/11/22', 'leaves-later'],
    ['9999/12/31', 'leaves-later'],
  ])(
    'is no leaver when the day of leaving is %j, and nothing else of it is looked at',
    async (leftOn, reason) => {
      const result = await parseRow({ 退職日: leftOn, メールアドレス: 'not-an-email', 入社日: 'x' });
      expect(result).toEqual({ line: 2, number: 1, outcome: 'not-a-leaver', reason, problems: [] });
    },
  );

  it('is a leaver on the very day', async () => {
    expect((await parseRow({ 退職日: '2026/11/21' })).outcome).toBe('leaver');
  });

  it('holds free text only when asked', async () => {
    const cells = { 退職理由詳細: '希望退職\r\n（2023年春）' };
    expect((await parseRow(cells)).row).not.toHaveProperty('leavingDetail');
    expect((await parseRow(cells, { freeText: true })).row?.leavingDetail).toBe('希望退職\n（2023年春）');
    expect(await parseRow({ 退職理由詳細: '手術のため' }, { freeText: true })).toMatchObject({
      problems: [{ code: 'sensitive-text', severity: 'warning' }],
    });
  });

  it('never puts a value into a problem', async () => {
    const canary = 'カナリア';
    const columns = HEADER.split(',');
    for (const column of columns) {
      for (const value of [
        `=${canary}`,
        `${canary}\u0000`,
        canary.repeat(2000),
        `123456789018${canary}`,
        canary,
      ]) {
        const { problems } = await parseRow({ [column]: value }, { freeText: true });
        expect(JSON.stringify(problems)).not.toMatch(/カナリア|123456789018/);
      }
    }
  });

  it('says the same about any text in any optional cell: a leaver, with or without it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('部署', '退職理由', '住所', 'メールアドレス'),
        fc.string(),
        async (column, text) => {
          expect((await parseRow({ [column]: text })).outcome).toBe('leaver');
        },
      ),
    );
  });
});

describe('a full name', () => {
  const file = (name: string): Buffer =>
    Buffer.from(`社員番号,氏名,入社日,退職日\n1,${name},2012/04/01,2019/03/31\n`);

  it.each([
    ['髙橋 花子', '髙橋', '花子'],
    ['髙橋\u3000花子', '髙橋', '花子'],
    ['Smith Mary Ann', 'Smith', 'Mary Ann'],
  ])('is split: %s', async (name, familyName, givenName) => {
    expect(await parseBytes(file(name))).toMatchObject([{ row: { familyName, givenName }, problems: [] }]);
  });

  it('stays whole without a space, with a warning', async () => {
    const [result] = await parseBytes(file('髙橋花子'));
    expect(result).toMatchObject({
      outcome: 'leaver',
      problems: [{ column: '氏名', code: 'full-name-not-split' }],
    });
    expect(result?.row).toMatchObject({ familyName: '髙橋花子' });
    expect(result?.row).not.toHaveProperty('givenName');
  });
});

describe('a file', () => {
  const row = (number: string): string => `${number},佐藤,2012/04/01,2019/03/31`;
  const file = (...rows: string[]): Buffer =>
    Buffer.from(`社員番号,姓,入社日,退職日\r\n${rows.join('\r\n')}\r\n`);

  it('is read row by row; ragged rows are refused by line, blank ones passed over', async () => {
    const results = await parseBytes(
      file(row('1'), '2,佐藤', '', ',,,', '"3","佐\n藤",2012/04/01,', `${row('4')},x`, row('5')),
    );
    expect(results.map(({ line, number, outcome }) => [line, number, outcome])).toEqual([
      [2, 1, 'leaver'],
      [3, 2, 'refused'],
      [6, 3, 'not-a-leaver'],
      [8, 4, 'refused'],
      [9, 5, 'leaver'],
    ]);
    expect(results[1]?.problems).toEqual([
      { severity: 'error', code: 'columns-ragged', params: { expected: 4, found: 2 } },
    ]);
  });

  it('ends at broken quoting, with what came before it', async () => {
    const results = await parseBytes(file(row('1'), '2,"佐藤"x,2012/04/01,2019/03/31', row('3')));
    expect(results).toMatchObject([
      { outcome: 'leaver' },
      {
        line: 3,
        outcome: 'refused',
        ends: true,
        problems: [{ column: '姓', code: 'text-after-quote', params: { line: 3 } }],
      },
    ]);
  });

  it.each(['utf-8', 'cp932'])(
    'refuses a row with bytes that %s does not know, and no other',
    async (encoding) => {
      const good = iconv.encode(`社員番号,姓,入社日,退職日,備考\n${row('1')},\n`, encoding);
      const broken = Buffer.concat([
        Buffer.from('2,'),
        Buffer.from([0xff, 0xff]),
        Buffer.from(',2012/04/01,2019/03/31,\n'),
      ]);
      const bytes = Buffer.concat([good, broken, iconv.encode(`${row('3')},\n`, encoding)]);
      const recognition = recognise(good);
      if (!recognition.ok) throw new Error(recognition.code);
      const mapping = proposeMapping(recognition.headers).mapping;
      const results: LeaverResult[] = [];
      for await (const one of parseLeavers([bytes], { recognition, mapping, today: '2026-11-21' }))
        results.push(one);
      expect(results.map(({ line, outcome }) => [line, outcome])).toEqual([
        [2, 'leaver'],
        [3, 'refused'],
        [4, 'leaver'],
      ]);
      expect(results[1]?.problems).toEqual([{ severity: 'error', code: 'bytes-invalid', column: '姓' }]);
    },
  );

  it('with two columns of one name reads the first', async () => {
    const [result] = await parseBytes(
      Buffer.from('社員番号,姓,姓,入社日,退職日\n1,佐藤,鈴木,2012/04/01,2019/03/31\n'),
    );
    expect(result?.row?.familyName).toBe('佐藤');
  });

  it('with a date order reads days that end in the year', async () => {
    const bytes = Buffer.from('EmpID,Name,DateofHire,DateofTermination\n1,A B,4/5/2012,3/31/2019\n');
    expect(await parseBytes(bytes, { dateOrder: 'mdy' })).toMatchObject([
      { row: { joinedOn: '2012-04-05', leftOn: '2019-03-31' } },
    ]);
  });

  it('whose header is not the one recognised is not read', async () => {
    const recognition = recognise(file(row('1')));
    if (!recognition.ok) throw new Error(recognition.code);
    const other = Buffer.from('社員番号,名,入社日,退職日\n1,x,2012/04/01,2019/03/31\n');
    const results = await parseBytes(other, {
      recognition,
      mapping: proposeMapping(recognition.headers).mapping,
    });
    expect(results).toMatchObject([
      { outcome: 'refused', ends: true, problems: [{ code: 'header-changed' }] },
    ]);
  });

  it('is not read at all with a mapping that is refused', async () => {
    await expect(parseBytes(file(row('1')), { mapping: {} })).rejects.toThrow(MappingRefused);
  });
});

describe('comparing rows', () => {
  it('sees the number as the identity and the values as the content', async () => {
    const one = (await parseRow({ 社員番号: 'ab-1', 姓カナ: 'ﾀｶﾊｼ' })).row;
    const same = (await parseRow({ 社員番号: ' ＡＢ-1 ', 姓カナ: 'タカハシ' })).row;
    const other = (await parseRow({ 部署: '開発部' })).row;
    if (!one || !same || !other) throw new Error('no row');
    expect(identityKey(one)).toBe('AB-1');
    expect(JSON.stringify(rowDigestInput(one))).toBe(JSON.stringify(rowDigestInput(same)));
    expect(JSON.stringify(rowDigestInput(one))).not.toBe(
      JSON.stringify(rowDigestInput({ ...one, ...other })),
    );
  });
});
