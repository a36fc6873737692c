import type { Pool } from 'pg';
import { IdempotencyKeyReused, type Outcome } from './outcome';

/** Answers to commands that came under an Idempotency-Key; kept 30 days, never with personal data. */
export interface Answers {
  /** @throws IdempotencyKeyReused when the key came with another body before. */
  find(commandId: string, requestTag: string): Promise<Outcome | undefined>;
  save(commandId: string, requestTag: string, outcome: Outcome): Promise<void>;
}

const toText = (outcome: Outcome): string =>
  JSON.stringify(outcome, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
const fromText = (text: string): Outcome =>
  JSON.parse(text, (key, value: unknown) =>
    key === 'position' && typeof value === 'string' ? BigInt(value.slice(0, -1)) : value,
  ) as Outcome;

/** {@link Answers} in the table `app.idempotency_answers`. */
export function answersIn(pool: Pool): Answers {
  return {
    async find(commandId, requestTag) {
      const { rows } = await pool.query<{ request_tag: string; outcome: string }>({
        name: 'answers-find',
        text: 'select request_tag, outcome from app.idempotency_answers where command_id = $1',
        values: [commandId],
      });
      const row = rows[0];
      if (row === undefined) return undefined;
      if (row.request_tag !== requestTag) throw new IdempotencyKeyReused();
      const outcome = fromText(row.outcome);
      return outcome.kind === 'done' ? { ...outcome, repeated: true } : outcome;
    },
    async save(commandId, requestTag, outcome) {
      // The no-op update gives back the row that won, where two requests raced under one key.
      const { rows } = await pool.query<{ request_tag: string }>({
        name: 'answers-save',
        text: `insert into app.idempotency_answers as a (command_id, request_tag, outcome) values ($1, $2, $3)
               on conflict (command_id) do update set command_id = a.command_id returning request_tag`,
        values: [commandId, requestTag, toText(outcome)],
      });
      if (rows[0]?.request_tag !== requestTag) throw new IdempotencyKeyReused();
    },
  };
}

/** Drops answers older than `days`; the caller runs it from a timer. Answers how many. */
export async function purgeAnswers(pool: Pool, days = 30): Promise<number> {
  const { rowCount } = await pool.query(
    `delete from app.idempotency_answers where created_at < now() - make_interval(days => $1)`,
    [days],
  );
  return rowCount ?? 0;
}
