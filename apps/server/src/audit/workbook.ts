import type { Table } from './table-export';
import { ZipStream } from './zip-stream';

/** Lines of a sheet at most, its header among them, as spreadsheets have it. */
const MOST_LINES = 1_048_576;
/** Characters of a cell at most. */
const MOST_CHARACTERS = 32_767;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/**
 * Rows as an Excel workbook (ECMA-376), made while it is sent: page after page is written and forgotten. A sheet that
 * is full is followed by another. Every cell is text or a number and never a formula, whatever it begins with.
 *
 * @param most lines of a sheet, its header among them
 */
export async function* workbook<Row>(
  table: Table<Row>,
  pages: AsyncIterable<readonly Row[]>,
  most = MOST_LINES,
): AsyncGenerator<Buffer> {
  const zip = new ZipStream();
  const source = pages[Symbol.asyncIterator]();
  try {
    let page = await source.next();
    const sheet = async function* (): AsyncGenerator<string> {
      yield sheetHead(table);
      let lines = 1;
      while (page.done !== true && (lines === 1 || lines + page.value.length <= most)) {
        const first = lines + 1;
        yield page.value
          .map((row, index) =>
            line(
              first + index,
              table.columns.map(([, value]) => value(row)),
            ),
          )
          .join('');
        lines += page.value.length;
        page = await source.next();
      }
      yield '</sheetData></worksheet>';
    };
    let sheets = 0;
    do {
      sheets += 1;
      yield* zip.entry(`xl/worksheets/sheet${sheets}.xml`, sheet());
    } while (page.done !== true);
    for (const [name, text] of frame(sheets)) yield* zip.entry(name, [text]);
    yield zip.end();
  } finally {
    await source.return?.();
  }
}

function sheetHead<Row>({ columns }: Table<Row>): string {
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
  const views = `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>`;
  const header = line(
    1,
    columns.map(([heading]) => heading),
  );
  return `${XML}<worksheet xmlns="${MAIN}">${views}<sheetData>${header}`;
}

function line(number: number, values: readonly (string | number | undefined)[]): string {
  return `<row r="${number}">${values.map((value, index) => cell(`${letters(index)}${number}`, value)).join('')}</row>`;
}

function cell(at: string, value: string | number | undefined): string {
  if (value === undefined || value === '') return '';
  if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`;
  return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(held(value))}</t></is></c>`;
}

/** A column as spreadsheets count them: A, B, …, Z, AA. */
function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

/** What a cell can hold; what is cut says so. */
function held(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const note = `… [${text.length}]`;
  return text.slice(0, MOST_CHARACTERS - note.length).replace(/[\ud800-\udbff]$/, '') + note;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** XML text; what XML cannot hold stands as `_xHHHH_`, as spreadsheets write it (ECMA-376, 22.4.2.4). */
function escaped(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>]/g, (character) => ENTITIES[character]!)
    .replace(
      UNFIT,
      (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    );
}

const UNFIT = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g;

/** Everything of a workbook beside its sheets. */
function frame(sheets: number): readonly (readonly [string, string])[] {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  const part = (name: string, type: string) =>
    `<Override PartName="/${name}" ContentType="${TYPE}.${type}+xml"/>`;
  const target = (number: number) =>
    `<Relationship Id="rId${number}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${number}.xml"/>`;
  const sheet = (number: number) => `<sheet name="${number}" sheetId="${number}" r:id="rId${number}"/>`;
  const parts = numbers.map((number) => part(`xl/worksheets/sheet${number}.xml`, 'worksheet')).join('');
  const relations = (content: string) =>
    `${XML}<Relationships xmlns="${PACKAGE}/relationships">${content}</Relationships>`;
  const main = `<Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/>`;
  const kinds = `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`;
  return [
    [
      'xl/workbook.xml',
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${numbers.map(sheet).join('')}</sheets></workbook>`,
    ],
    ['xl/_rels/workbook.xml.rels', relations(numbers.map(target).join(''))],
    ['_rels/.rels', relations(main)],
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="${PACKAGE}/content-types">${kinds}${part('xl/workbook.xml', 'sheet.main')}${parts}</Types>`,
    ],
  ];
}
