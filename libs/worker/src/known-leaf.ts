import type { Instant } from '@enishi/domain';
import type { Pool } from 'pg';

/** A place in the ledger. */
export interface KnownLeaf {
  /** The n of "the first n leaves"; 0 before the first. */
  readonly number: bigint;
  readonly position: bigint;
}

const NOTHING: KnownLeaf = { number: 0n, position: -1n };

/**
 * What was known at an instant: the last leaf recorded by then. Recorded times never go back from leaf to leaf, so
 * it is found by halving, in as many look-ups as the number of leaves has binary digits.
 *
 * @param at absent: the last leaf there is
 */
export async function leafKnownAt(pool: Pool, at?: Instant): Promise<KnownLeaf> {
  const { rows } = await pool.query<{ number: string; position: string }>(
    'SELECT number, position FROM leaves.leaf ORDER BY number DESC LIMIT 1',
  );
  const [last] = rows;
  if (last === undefined) return NOTHING;
  if (at === undefined) return { number: BigInt(last.number), position: BigInt(last.position) };
  let known = NOTHING;
  let low = 1n;
  let high = BigInt(last.number);
  while (low <= high) {
    const middle = (low + high) / 2n;
    const leaf = await pool.query<{ position: string; known: boolean }>(
      'SELECT position, recorded_at <= $2::timestamptz AS known FROM leaves.leaf WHERE number = $1',
      [middle.toString(), at],
    );
    const { position, known: isKnown } = leaf.rows[0]!;
    if (isKnown) {
      known = { number: middle, position: BigInt(position) };
      low = middle + 1n;
    } else high = middle - 1n;
  }
  return known;
}
