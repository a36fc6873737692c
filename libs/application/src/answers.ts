import type { Pool } from 'pg';
import { throughOutages } from './outage';
import { IdempotencyKeyReused, type Answered, type Outcome } from './outcome';

/** Answers to commands and orders that came under an Idempotency-Key; kept 30 days, never with personal data. */
export interface Answers {
  /**
   * Takes the key for this request before anything is done, so that another body under it is refused whatever
   * happens in between. Answers the outcome where the request was carried out before.
   * @throws IdempotencyKeyReused when the key came with another body
   */
  claim<O extends Outcome | Answered = Outcome>(
    commandId: string,
    requestTag: string,
  ): Promise<O | undefined>;
  /** Keeps the outcome of a claimed command; the first one stands. Answers whether this is the first. */
  save(commandId: string, outcome: Outcome | Answered): Promise<boolean>;
}

const toText = (outcome: Outcome | Answered): string =>
  JSON.stringify(outcome, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
const fromText = (text: string): Outcome | Answered =>
  JSON.parse(text, (key, value: unknown) =>
    key === 'position' && typeof value === 'string' ? BigInt(value.slice(0, -1)) : value,
  ) as Outcome | Answered;

/** {@link Answers} in the table `app.idempotency_answers`. */
export function answersIn(pool: Pool): Answers {
  return {
    async claim<O extends Outcome | Answered>(commandId: string, requestTag: string) {
      // The no-op update gives back the row that was first, where two requests race under one key.
      const { rows } = await throughOutages(() =>
        pool.query<{ request_tag: string; outcome: string | null }>({
          name: 'answers-claim',
          text: `insert into app.idempotency_answers as a (command_id, request_tag) values ($1, $2)
               on conflict (command_id) do update set command_id = a.command_id returning request_tag, outcome`,
          values: [commandId, requestTag],
        }),
      );
      const row = rows[0];
      if (row?.request_tag !== requestTag) throw new IdempotencyKeyReused();
      if (row.outcome === null) return undefined;
      const outcome = fromText(row.outcome);
      return (outcome.kind === 'done' ? { ...outcome, repeated: true } : outcome) as O;
    },
    async save(commandId, outcome) {
      const { rowCount } = await throughOutages(() =>
        pool.query({
          name: 'answers-save',
          text: `update app.idempotency_answers set outcome = $2 where command_id = $1 and outcome is null`,
          values: [commandId, toText(outcome)],
        }),
      );
      return rowCount === 1;
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
