import { plain } from './plain';
import { pad, widthOf } from './width';

/** A column: its heading and how its cells stand. */
export interface Column {
  readonly heading: string;
  readonly align?: 'left' | 'right';
}

/**
 * A table as lines, columns two spaces apart, the heading first.
 *
 * @param paint colours a cell after it was filled up, so that colour does not count as width
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly unknown[])[],
  paint: (text: string, row: number, column: number) => string = (text) => text,
): string {
  const cells = rows.map((row) => columns.map((_, at) => plain(row[at])));
  const widths = columns.map(({ heading }, at) =>
    cells.reduce((most, row) => Math.max(most, widthOf(row[at] ?? '')), widthOf(heading)),
  );
  const line = (row: readonly string[], number: number): string =>
    row
      .map((cell, at) => {
        const { align = 'left' } = columns[at]!;
        const last = at === columns.length - 1 && align === 'left';
        return paint(last ? cell : pad(cell, widths[at]!, align), number, at);
      })
      .join('  ')
      .trimEnd();
  const heading = line(
    columns.map((column) => column.heading),
    -1,
  );
  return `${[heading, ...cells.map(line)].join('\n')}\n`;
}

/** Names and values under each other, the values aligned; absent ones are left out. */
export function facts(pairs: readonly (readonly [name: string, value: unknown])[]): string {
  const present = pairs.filter(([, value]) => value !== undefined && value !== null && value !== '');
  const width = present.reduce((most, [name]) => Math.max(most, widthOf(name)), 0);
  return present.map(([name, value]) => `${pad(name, width)}  ${plain(value)}\n`).join('');
}
