import type { Book } from './book';
import { columnOf } from './sheet';

/** Merged cells: rows from 1, columns from 0, all of them inside. */
export interface Merge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

const MERGE = /<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g;
/** A tag of a merge is shorter; so much is looked at again with the next piece. */
const OVERLAP = 200;

/**
 * The merged cells that begin in the first rows of a sheet. A workbook lists them behind all rows, so the part is
 * run through for them alone, which costs a tenth of reading it.
 *
 * @param untilRow the last row that is of interest
 */
export async function readMerges(book: Book, part: string, untilRow: number): Promise<readonly Merge[]> {
  const found = new Map<string, Merge>();
  let rest = '';
  for await (const chunk of book.parts.read(part, book.parts.bounds.sheet)) {
    const text = rest + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
    rest = text.slice(-OVERLAP);
    if (!text.includes('mergeCell')) continue;
    for (const [whole, fromColumn = '', fromRow, toColumn = '', toRow] of text.matchAll(MERGE)) {
      const top = Number(fromRow);
      if (top > untilRow) continue;
      found.set(whole, { top, left: columnOf(fromColumn), bottom: Number(toRow), right: columnOf(toColumn) });
    }
  }
  return [...found.values()];
}
