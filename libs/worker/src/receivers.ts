import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from '@enishi/projections/engine';
import type { Pool } from 'pg';
import type { RunnerLog } from './runner-log';
import { RunnerSession } from './runner-session';
import { publishedCheckpoints, type SignedCheckpoint } from './tree-tables';

/** Somebody outside to whom checkpoints are handed. */
export interface Receiver {
  readonly kind: 'witness' | 'keeper' | 'timestamp';
  /** By which operators know it. Holds no secret. */
  readonly name: string;
  /** It is handed a checkpoint at most once in so many seconds. */
  readonly everySeconds: number;
  /**
   * Hands a checkpoint over, and keeps what is answered.
   * @param known how many leaves the last one had that it accepted; 0 before the first
   * @throws NotAccepted; what the database answers
   */
  hand(checkpoint: SignedCheckpoint, known: number, signal: AbortSignal): Promise<void>;
}

/** A receiver did not take a checkpoint, or its answer is not right. `code` is stable, and shown to operators. */
export class NotAccepted extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = 'NotAccepted';
  }
}

/** How far a receiver is. */
export interface ReceiverState {
  readonly kind: Receiver['kind'];
  readonly name: string;
  /** Leaves of the newest checkpoint that it accepted; 0 before the first. */
  readonly size: number;
  readonly acceptedAt?: Date;
  /** Attempts since then that came to nothing, and what the last of them met. */
  readonly failures: number;
  readonly problem?: string;
  /** Not asked again before. */
  readonly nextAt?: Date;
}

interface Row {
  readonly size: string;
  readonly accepted_at: Date | null;
  readonly failures: number;
  readonly problem: string | null;
  readonly next_at: Date;
  readonly due: boolean;
}

/** How a receiver is known, and how often it is due. */
export type KnownReceiver = Pick<Receiver, 'kind' | 'name' | 'everySeconds'>;

async function stateOf(pool: Pool, { kind, name, everySeconds }: KnownReceiver): Promise<Row | undefined> {
  const { rows } = await pool.query<Row>(
    `SELECT size, accepted_at, failures, problem, next_at, next_at <= clock_timestamp() AND
         coalesce(accepted_at <= clock_timestamp() - make_interval(secs => $3), true) AS due
       FROM app.checkpoint_receivers WHERE kind = $1 AND name = $2`,
    [kind, name, everySeconds],
  );
  return rows[0];
}

/** How far each of them is, in the order given. */
export async function receiverStates(
  pool: Pool,
  receivers: readonly KnownReceiver[],
): Promise<readonly ReceiverState[]> {
  const states: ReceiverState[] = [];
  for (const receiver of receivers) {
    const row = await stateOf(pool, receiver);
    const { kind, name } = receiver;
    states.push({
      ...{ kind, name, size: Number(row?.size ?? 0), failures: row?.failures ?? 0 },
      ...(row?.accepted_at && { acceptedAt: row.accepted_at }),
      ...(row?.problem && { problem: row.problem, nextAt: row.next_at }),
    });
  }
  return states;
}

const FIRST_PAUSE_SECONDS = 2;
const LONGEST_PAUSE_SECONDS = 600;

/**
 * Hands the newest checkpoint to a receiver that does not have it yet, and notes what came of it. After a failure it is
 * left alone for two seconds, then for twice as long each time, ten minutes at most.
 *
 * @returns whether something was handed over; a failure is noted and not thrown
 */
export async function handOver(pool: Pool, receiver: Receiver, signal: AbortSignal): Promise<boolean> {
  const { kind, name } = receiver;
  const state = await stateOf(pool, receiver);
  const [newest] = await publishedCheckpoints(pool, { limit: 1 });
  const known = Number(state?.size ?? 0);
  if (!newest || newest.size <= known || state?.due === false) return false;
  try {
    await receiver.hand(newest, known, signal);
  } catch (error) {
    if (signal.aborted) return false;
    if (!(error instanceof NotAccepted)) throw error;
    const pause = Math.min(FIRST_PAUSE_SECONDS * 2 ** (state?.failures ?? 0), LONGEST_PAUSE_SECONDS);
    await pool.query(
      `INSERT INTO app.checkpoint_receivers AS r (kind, name, failures, problem, next_at)
       VALUES ($1, $2, 1, $3, clock_timestamp() + make_interval(secs => $4))
       ON CONFLICT (kind, name) DO UPDATE
         SET failures = r.failures + 1, problem = excluded.problem, next_at = excluded.next_at`,
      [kind, name, error.code, pause],
    );
    return false;
  }
  await pool.query(
    `INSERT INTO app.checkpoint_receivers (kind, name, size, accepted_at)
     VALUES ($1, $2, $3, clock_timestamp())
     ON CONFLICT (kind, name) DO UPDATE
       SET size = excluded.size, accepted_at = excluded.accepted_at, failures = 0, problem = NULL`,
    [kind, name, newest.size],
  );
  return true;
}

const POLL_MS = 1000;

/**
 * Hands checkpoints to all receivers until the signal, in whichever process holds the lock. None waits for another, and
 * the sealer for none of them.
 */
export async function runReceivers(options: {
  readonly receivers: readonly Receiver[];
  readonly pool: Pool;
  readonly signal: AbortSignal;
  readonly logger: RunnerLog;
}): Promise<void> {
  const { receivers, pool, signal, logger } = options;
  if (receivers.length === 0) return;
  const session = new RunnerSession(pool);
  while (!signal.aborted) {
    try {
      const held = await session.hold('receivers', 'serving', signal, POLL_MS);
      if (!held) break;
      const until = AbortSignal.any([signal, held.lost]);
      await Promise.all(receivers.map((receiver) => serve(pool, receiver, until, logger)));
      await held.release();
    } catch (error) {
      logger.warn({ code: codeOf(error) }, 'receivers of checkpoints: the lock is asked for again');
      await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  }
  await session.close();
}

async function serve(pool: Pool, receiver: Receiver, until: AbortSignal, logger: RunnerLog): Promise<void> {
  const { kind, name } = receiver;
  while (!until.aborted) {
    try {
      await handOver(pool, receiver, until);
    } catch (error) {
      logger.warn({ kind, name, code: codeOf(error) }, 'a checkpoint was not handed over');
    }
    await sleep(POLL_MS, undefined, { signal: until }).catch(() => undefined);
  }
}
