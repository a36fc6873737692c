import type { Pool } from 'pg';

const POSITION = /"position":"(\d+)n"/;

/** The place in the ledger that a kept outcome names. */
export function positionOf(outcome: string): bigint | undefined {
  const [, position] = POSITION.exec(outcome) ?? [];
  return position === undefined ? undefined : BigInt(position);
}

/** A kept outcome with another place in it. */
export function movedOutcome(outcome: string, place: bigint): string {
  return outcome.replace(POSITION, `"position":"${place}n"`);
}

/**
 * Puts the answers kept for repeated commands in the places of another event store.
 * @param moved from the old position to the new one
 * @returns how many answers were changed
 */
export async function moveAnswers(
  pool: Pool,
  moved: (position: bigint) => bigint | undefined,
): Promise<number> {
  const { rows } = await pool.query<{ command_id: string; outcome: string }>(
    `select command_id, outcome from app.idempotency_answers where outcome like '%"position":%'`,
  );
  let changed = 0;
  for (const { command_id, outcome } of rows) {
    const position = positionOf(outcome);
    const place = position === undefined ? undefined : moved(position);
    if (place === undefined || place === position) continue;
    const text = movedOutcome(outcome, place);
    await pool.query('update app.idempotency_answers set outcome = $2 where command_id = $1', [
      command_id,
      text,
    ]);
    changed += 1;
  }
  return changed;
}

/** The positions that {@link moveAnswers} will ask for. */
export async function answeredPositions(pool: Pool): Promise<ReadonlySet<bigint>> {
  const { rows } = await pool.query<{ position: string }>(
    `select distinct substring(outcome from '"position":"(\\d+)n"') as position
       from app.idempotency_answers where outcome like '%"position":%'`,
  );
  return new Set(rows.filter(({ position }) => position !== null).map(({ position }) => BigInt(position)));
}
