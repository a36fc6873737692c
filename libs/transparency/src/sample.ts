import type { Hash } from './leaf';

/** What is to be drawn: how many, under which seed. */
export interface Draw {
  /** Any text without a line break; whoever has it draws the same sample. */
  readonly seed: string;
  /** At most so many. */
  readonly size: number;
}

/** An item that was drawn, with the hash by which it was. */
export interface Drawn {
  readonly id: string;
  /** Hex. */
  readonly rank: string;
}

/**
 * Draws a sample: each item's rank is SHA-256 over the UTF-8 bytes of the seed, a line feed, and the item's id; the
 * items of the lowest ranks are the sample, in the order of their ranks, taken as hex text. Nothing but the seed and
 * the ids counts: no order of the population, no engine, no clock. By hand, for one item:
 *
 *     printf '%s\n%s' "$seed" "$id" | sha256sum
 *
 * @param ids of the population, or of one page of it, each once
 * @param before what the pages before gave: a population may be drawn from page by page, and the result is the same
 * @example const drawn = drawFrom(eventIds, { seed: '2026-Q3', size: 25 }, sha256);
 */
export function drawFrom(
  ids: readonly string[],
  { seed, size }: Draw,
  sha256: Hash,
  before: readonly Drawn[] = [],
): readonly Drawn[] {
  const ranked = ids.map((id) => ({ id, rank: hexOf(sha256(UTF8.encode(`${seed}\n${id}`))) }));
  return [...before, ...ranked].sort(byRank).slice(0, size);
}

const UTF8 = new TextEncoder();

function byRank(a: Drawn, b: Drawn): number {
  return a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0;
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
