import { TextDecoder } from 'node:util';
import type { SheetCell, SheetRow } from './workbook/sheet';

/**
 * The form in which the rows of a sheet are staged: JSON Lines, each the number of the row and its cells. A cell is
 * what {@link SheetCell} says, or null.
 */
export interface StagedRow {
  /** Row as Excel shows it. */
  readonly line: number;
  readonly cells: readonly (SheetCell | null)[];
}

/** One row as a line, with its line feed. */
export function lineOf({ number, cells }: SheetRow): string {
  return `${JSON.stringify([number, ...cells])}\n`;
}

/** Puts the lines together again from pieces cut anywhere. */
export async function* stagedRows(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<readonly StagedRow[], void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield lines.map(rowOf);
  }
}

function rowOf(text: string): StagedRow {
  const [line, ...cells] = JSON.parse(text) as [number, ...(SheetCell | null)[]];
  return { line, cells };
}
