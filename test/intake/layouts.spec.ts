import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import {
  openFile,
  parseLeavers,
  proposeMapping,
  type LeaverResult,
  type TextRecognition,
} from '@enishi/intake';
import { fileOf, opened, results, sheetOf, TODAY, workbook } from './support/workbooks';

const LAYOUTS = ['smarthr', 'freee', 'jinjer', 'kaonavi', 'plain'] as const;
const folder = path.join(__dirname, '../fixtures/intake');
const bytesOf = (layout: string): Buffer => readFileSync(path.join(folder, `${layout}.csv`));

async function recognised(layout: string): Promise<TextRecognition> {
  const file = await openFile(fileOf(bytesOf(layout)));
  if (!file.ok || !('recognition' in file)) throw new Error(layout);
  return file.recognition;
}

async function fromCsv(layout: string): Promise<LeaverResult[]> {
  const recognition = await recognised(layout);
  const { mapping } = proposeMapping(recognition.headers, recognition.myNumberColumns);
  const all: LeaverResult[] = [];
  for await (const one of parseLeavers([bytesOf(layout)], { recognition, mapping, today: TODAY }))
    all.push(one);
  return all;
}

/** The cells of a fixture. */
function cellsOf(layout: string): string[][] {
  const text = new TextDecoder(layout === 'jinjer' ? 'shift_jis' : 'utf-8').decode(bytesOf(layout));
  return parse(text);
}

describe.each(LAYOUTS)('an export of %s', (layout) => {
  it('is known by its column names', async () => {
    expect(await recognised(layout)).toMatchObject({ layout });
  });

  it('reads the same from a workbook as from text', async () => {
    const bytes = await sheetOf(cellsOf(layout));
    expect((await opened(bytes)).recognition.layout).toBe(layout);
    expect(await results(bytes)).toEqual(await fromCsv(layout));
  });
});

/** Columns that fill a field, and what every row came to. */
const EXPECTED: Readonly<
  Record<(typeof LAYOUTS)[number], readonly [fields: string, outcomes: readonly unknown[]]>
> = {
  smarthr: [
    '社員番号=employeeNumber 姓=familyName 名=givenName 姓（ヨミガナ）=familyNameKana 名（ヨミガナ）=givenNameKana ' +
      '雇用形態=employmentKind 入社年月日=joinedOn 退職年月日=leftOn 退職事由=leavingKind 部署1 部署=department ' +
      '職種=job メールアドレス=email 電話番号=phone 生年月日=birthDate',
    // A business name is empty for most people; the name in the register never is.
    [['縁野', 'エンノ', 'regular'], ['髙瀬', 'タカセ', 'contract'], 'still-employed', 'date-impossible'],
  ],
  freee: [
    '従業員番号=employeeNumber 姓=familyName 名=givenName 姓（カナ）=familyNameKana 名（カナ）=givenNameKana ' +
      '生年月日=birthDate 入社日=joinedOn 退職日=leftOn 退職理由=leavingReason 雇用形態=employmentKind ' +
      '部門=department メールアドレス=email 電話番号=phone',
    [
      ['花園', 'ハナゾノ', 'regular'],
      ['雨宮', 'アメミヤ', 'part-time'],
      'still-employed',
      'left-before-joined',
    ],
  ],
  jinjer: [
    '*社員番号=employeeNumber *職場氏名(氏)=familyName *職場氏名(名)=givenName カナ(氏)=familyNameKana ' +
      'カナ(名)=givenNameKana 所属=department 職種=job 雇用区分=employmentKind *入社年月日=joinedOn ' +
      '退職年月日=leftOn 退職区分=leavingKind 退職理由=leavingReason 退職理由詳細=leavingDetail ' +
      '個人メールアドレス=email 携帯電話番号=phone',
    [
      ['月岡', 'ツキオカ', 'regular'],
      ['橋立', 'ハシダテ', 'contract'],
      ['星合', 'ホシアイ', 'dispatch'],
      'leaves-later',
    ],
  ],
  kaonavi: [
    '社員番号=employeeNumber 氏名=fullName フリガナ=fullNameKana 所属=department 雇用形態=employmentKind ' +
      '生年月日=birthDate 入社日=joinedOn 退職日=leftOn 退職理由=leavingReason メールアドレス=email',
    [
      ['汐見', 'シオミ', 'regular'],
      ['常盤', 'トキワ', 'regular'],
      ['御影礼', 'ミカゲレイ', 'commissioned'],
      'still-employed',
    ],
  ],
  plain: [
    '社員番号=employeeNumber 姓=familyName 名=givenName 姓カナ=familyNameKana 名カナ=givenNameKana ' +
      '旧姓=formerFamilyName 部署=department 職種=job 雇用形態=employmentKind 入社日=joinedOn 退職日=leftOn ' +
      '退職区分=leavingKind 退職理由=leavingReason 退職理由詳細=leavingDetail メールアドレス=email 電話番号=phone ' +
      '住所=postalAddress LINE ID=lineId 生年月日=birthDate',
    [
      ['野々村', 'ノノムラ', 'regular'],
      ['凪', 'ナギ', 'regular'],
      ['六道', 'ロクドウ', 'regular'],
    ],
  ],
};
/** Columns of the exports above that must not enter. */
const REFUSED = ['家族1 続柄', '家族1 電話番号', '基本給', '国籍', '個人番号', '賞罰', '扶養人数', '評価'];

it.each(LAYOUTS)('%s: columns and rows come to what they should', async (layout) => {
  const { columns } = proposeMapping((await recognised(layout)).headers);
  const fields = columns.flatMap(({ header, target }) =>
    target === 'ignore' ? [] : [`${header}=${target}`],
  );
  const outcomes = (await fromCsv(layout)).map(({ row, reason, problems }) =>
    row ? [row.familyName, row.familyNameKana, row.employmentKind] : (reason ?? problems[0]?.code),
  );
  expect([fields.join(' '), outcomes]).toEqual(EXPECTED[layout]);
  const present = columns.filter(({ header }) => REFUSED.includes(header));
  expect(present.every(({ reason }) => reason === 'refused')).toBe(true);
});

/** The day a cell writes; undefined where there is none. */
function dayOf(cell: string): Date | undefined {
  const [year = 0, month = 0, day = 0] = cell.split(/[-/]/).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCDate() === day ? date : undefined;
}

/** A fixture as HR keeps it: a title above, days as days, telephone numbers as numbers, another sheet beside it. */
function kept(layout: string, days: readonly string[], phone: string): Promise<Buffer> {
  const [headers = [], ...rows] = cellsOf(layout);
  return workbook((book) => {
    const sheet = book.addWorksheet('退職者一覧');
    book.addWorksheet('凡例').addRow(['この一覧は人事部が管理する']);
    sheet.addRows([['退職者一覧', '', '作成日', new Date('2026-11-01')], [], headers]);
    sheet.mergeCells('A1:B1');
    for (const cells of rows) {
      const typed = cells.map((cell, column) => {
        const header = headers[column] ?? '';
        if (days.includes(header)) return dayOf(cell) ?? cell;
        return header === phone && cell !== '' ? Number(cell.replace(/\D/g, '')) : cell;
      });
      const row = sheet.addRow(typed);
      headers.forEach((header, column) => {
        if (days.includes(header)) row.getCell(column + 1).numFmt = 'yyyy"年"m"月"d"日"';
      });
    }
  });
}

it.each([
  ['smarthr', ['入社年月日', '退職年月日', '生年月日'], '電話番号'],
  ['freee', ['入社日', '退職日', '生年月日'], '電話番号'],
  ['kaonavi', ['入社日', '退職日', '生年月日'], ''],
])('%s, as a workbook that people worked on, gives the same people', async (layout, days, phone) => {
  const bytes = await kept(layout, days, phone);
  expect((await opened(bytes)).recognition).toMatchObject({ layout, headerLine: 3, sheet: { number: 1 } });
  const all = await results(bytes);
  const text = await fromCsv(layout);
  expect(all.map(({ line, row }) => [line, row])).toEqual(text.map(({ line, row }) => [line + 2, row]));
  // Zeros that a number cell cannot hold are put back, and that is said.
  const restored = all.filter(({ problems }) => problems.some(({ code }) => code === 'phone-zero-restored'));
  expect(restored.length > 0).toBe(phone !== '');
});
