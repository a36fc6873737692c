import type { Instant, Mailed } from '@enishi/domain';
import type { Pool } from 'pg';

export const LETTER_STATES = ['waiting', 'sending', 'sent', 'unknown', 'failed', 'dropped'] as const;
export type LetterState = (typeof LETTER_STATES)[number];

/**
 * A letter that is to be sent. Neither address nor text stands in its row: both are looked up when it is sent, so that
 * nothing here needs to be erased, and nothing is sent that was true yesterday.
 */
export interface QueuedLetter {
  /** Of the command that ordered it, so that it is ordered once. Its Message-ID is made of it. */
  readonly id: string;
  readonly notice: Mailed;
  /** What a notice is about, an import say; of a letter its id. */
  readonly aboutId: string;
  readonly state: LetterState;
  readonly attempts: number;
  /** Why it is not sent; never an address, nor a server's words. */
  readonly code?: string;
  readonly createdAt: Instant;
  /** Of one that waits: not before. */
  readonly nextAt: Instant;
}

/** So often a letter is tried, over some five days. */
const ATTEMPTS = 16;
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 24 * 3_600_000;

const COLUMNS = 'id, notice, about_id, state, attempts, code, created_at, next_at';

interface Row {
  id: string;
  notice: Mailed;
  about_id: string;
  state: LetterState;
  attempts: number;
  code: string | null;
  created_at: Date;
  next_at: Date;
}

/** The letters that are to be sent, were, or could not be. */
export class Outbox {
  constructor(private readonly pool: Pool) {}

  /**
   * Puts a letter in, once.
   * @param afterMs how long it waits at least
   */
  async put(
    { id, notice, aboutId }: Pick<QueuedLetter, 'id' | 'notice' | 'aboutId'>,
    afterMs = 0,
  ): Promise<void> {
    await this.pool.query(
      `INSERT INTO app.outbox (id, notice, about_id, next_at)
       VALUES ($1, $2, $3, clock_timestamp() + make_interval(secs => $4)) ON CONFLICT DO NOTHING`,
      [id, notice, aboutId, afterMs / 1000],
    );
  }

  /** The letter that has waited longest, of those whose time has come; it counts as being sent from here on. */
  async take(): Promise<QueuedLetter | undefined> {
    const { rows } = await this.pool.query<Row>(
      `UPDATE app.outbox SET state = 'sending', attempts = attempts + 1, changed_at = clock_timestamp()
        WHERE id = (SELECT id FROM app.outbox WHERE state = 'waiting' AND next_at <= clock_timestamp()
          ORDER BY next_at, id LIMIT 1 FOR UPDATE) RETURNING ${COLUMNS}`,
    );
    return rows[0] && letterOf(rows[0]);
  }

  async settle({ id }: QueuedLetter, state: LetterState, code?: string): Promise<void> {
    await this.pool.query(
      `UPDATE app.outbox SET state = $2, code = $3, changed_at = clock_timestamp()
        WHERE id = $1 AND state = 'sending'`,
      [id, state, code ?? null],
    );
  }

  /**
   * It was not sent, and is tried again later; in the end it has failed.
   * @returns whether it will be tried again
   */
  async postpone(letter: QueuedLetter, code: string): Promise<boolean> {
    if (letter.attempts >= ATTEMPTS) {
      await this.settle(letter, 'failed', code);
      return false;
    }
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (letter.attempts - 1), LONGEST_PAUSE_MS);
    await this.pool.query(
      `UPDATE app.outbox SET state = 'waiting', code = $2, changed_at = clock_timestamp(),
          next_at = clock_timestamp() + make_interval(secs => $3)
        WHERE id = $1 AND state = 'sending'`,
      [letter.id, code, pause / 1000],
    );
    return true;
  }

  /** Of what a sender before was sending nobody knows whether it went. */
  async interrupted(): Promise<number> {
    const { rowCount } = await this.pool.query(
      `UPDATE app.outbox SET state = 'unknown', code = 'interrupted', changed_at = clock_timestamp()
        WHERE state = 'sending'`,
    );
    return rowCount ?? 0;
  }

  /** Has letters tried again from the first attempt on. @returns how many */
  async retry(state: 'failed' | 'unknown'): Promise<number> {
    const { rowCount } = await this.pool.query(
      `UPDATE app.outbox SET state = 'waiting', attempts = 0, code = NULL, next_at = clock_timestamp(),
          changed_at = clock_timestamp() WHERE state = $1`,
      [state],
    );
    return rowCount ?? 0;
  }

  /** How many there are in each state. */
  async counts(): Promise<Readonly<Record<LetterState, number>>> {
    const { rows } = await this.pool.query<{ state: LetterState; n: number }>(
      'SELECT state, count(*)::integer AS n FROM app.outbox GROUP BY state',
    );
    const found = Object.fromEntries(rows.map(({ state, n }) => [state, n]));
    return Object.fromEntries(LETTER_STATES.map((state) => [state, found[state] ?? 0])) as Record<
      LetterState,
      number
    >;
  }

  /** The newest. */
  async newest(limit: number): Promise<readonly QueuedLetter[]> {
    const { rows } = await this.pool.query<Row>(
      `SELECT ${COLUMNS} FROM app.outbox ORDER BY created_at DESC, id LIMIT $1`,
      [limit],
    );
    return rows.map(letterOf);
  }
}

/** Mail that failed, or of which nobody knows whether it went: how much, and since when. */
export async function stuckLetters(
  pool: Pool,
): Promise<{ readonly count: number; readonly oldest?: Instant }> {
  const { rows } = await pool.query<{ count: number; oldest: Date | null }>(
    `SELECT count(*)::integer AS count, min(changed_at) AS oldest FROM app.outbox
      WHERE state IN ('failed', 'unknown')`,
  );
  const { count, oldest } = rows[0]!;
  return { count, ...(oldest && { oldest: oldest.toISOString() }) };
}

function letterOf(row: Row): QueuedLetter {
  return {
    id: row.id,
    notice: row.notice,
    aboutId: row.about_id,
    state: row.state,
    attempts: row.attempts,
    ...(row.code !== null && { code: row.code }),
    createdAt: row.created_at.toISOString(),
    nextAt: row.next_at.toISOString(),
  };
}
