import ExcelJS from 'exceljs';
import fc from 'fast-check';
import type { Table } from './table-export';
import { workbook } from './workbook';

type Row = readonly [string, number | undefined];

const table: Table<Row> = {
  columns: [
    ['本人 alumnus', ([text]) => text],
    ['版 version', ([, number]) => number],
  ],
  json: () => ({}),
};

async function* pagesOf(...pages: readonly (readonly Row[])[]): AsyncGenerator<readonly Row[]> {
  for (const page of pages) yield await Promise.resolve(page);
}

/** What a library that reads workbooks finds: the lines of each sheet, without the header. */
async function read(chunks: AsyncIterable<Buffer>): Promise<readonly (readonly Row[])[]> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.concat(parts) as unknown as ArrayBuffer);
  return book.worksheets.map((sheet) => {
    expect([sheet.getCell('A1').value, sheet.getCell('B1').value]).toEqual(['本人 alumnus', '版 version']);
    const lines = Array.from({ length: sheet.rowCount - 1 }, (_, index) => sheet.getRow(index + 2));
    return lines.map((line): Row => {
      const [text, number] = [line.getCell(1).value, line.getCell(2).value];
      return [unescaped((text ?? '') as string), (number ?? undefined) as number | undefined];
    });
  });
}

/** What a spreadsheet does, and this library leaves (ECMA-376, 22.4.2.4). */
function unescaped(text: string): string {
  return text.replace(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

describe('a workbook', () => {
  it('gives back every text and number', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    const row = fc.tuple(text, fc.option(fc.integer(), { nil: undefined }));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
        // A line of nothing at the end is no line to a spreadsheet.
        const marked = rows.map(([one, number]): Row => [`${one}.`, number]);
        expect(await read(workbook(table, pagesOf(marked)))).toEqual([marked]);
      }),
      { numRuns: 12 },
    );
  });

  it('has text where a formula would be, and rare characters', async () => {
    const rows: readonly Row[] = [
      ['=1+1', 1],
      ['髙﨑 𠮷野', undefined],
      ['@a_x0041_&<b>', -3],
    ];
    expect(await read(workbook(table, pagesOf(rows)))).toEqual([rows]);
  });

  it('goes on in another sheet where one is full', async () => {
    const page = (name: string): readonly Row[] => [
      [name, 1],
      [name, 2],
    ];
    const found = await read(workbook(table, pagesOf(page('a'), page('b'), page('c')), 5));
    expect(found).toEqual([[...page('a'), ...page('b')], page('c')]);
  });

  it('of nothing has its header', async () => {
    expect(await read(workbook(table, pagesOf()))).toEqual([[]]);
  });

  it('says so where a cell cannot hold a text', async () => {
    const [[[text]]] = (await read(workbook(table, pagesOf([['𠮷'.repeat(40_000), 1]])))) as [[Row]];
    expect(text.length).toBeLessThanOrEqual(32_767);
    expect(text).toMatch(/𠮷… \[80000\]$/);
  });

  it('is sent while it is made, and its source is let go where nobody reads on', async () => {
    let made = 0;
    let closed = false;
    const endless = async function* (): AsyncGenerator<readonly Row[]> {
      try {
        for (;;) {
          made += 1;
          yield await Promise.resolve(Array.from({ length: 500 }, (): Row => [String(Math.sin(made)), made]));
        }
      } finally {
        closed = true;
      }
    };
    let bytes = 0;
    for await (const chunk of workbook(table, endless())) {
      bytes += chunk.length;
      if (bytes > 100_000) break;
    }
    expect(closed).toBe(true);
    expect(made).toBeLessThan(2000);
  });
});
