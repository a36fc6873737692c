import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger } from '@enishi/application/ledger';
import type { Policy } from '@enishi/domain';
import type { Position, RecordedEvent } from '@enishi/event-store';
import { CheckpointMoved, codeOf, isTransient } from '@enishi/projections/engine';
import type { Pool } from 'pg';
import { Outbox } from './outbox';
import { find, PolicyRun, type PolicyStep } from './policy-run';
import type { DigestSettings } from './policy-commands';
import { nameOf, PolicyRows, type EventName } from './policy-rows';
import type { RunnerLog } from './runner-log';
import { RunnerSession } from './runner-session';

export interface ReactorOptions {
  readonly ledger: Ledger;
  readonly pool: Pool;
  readonly policies: readonly Policy[];
  readonly signal: AbortSignal;
  readonly logger?: RunnerLog;
  /** When the daily mail is sent (at 8), and to whom beside the officer (nobody). */
  readonly digest?: DigestSettings;
  /** How often it looks for what operators have released, and for a lock held elsewhere (1,000). */
  readonly pollMs?: number;
  /** Told of each step that is done. What it throws stops the policy's runner there, as a crash would. */
  readonly onStep?: (step: PolicyStep) => void;
}

const LONGEST_PAUSE_MS = 30_000;
const PAGE = 250;
const AT_EIGHT: DigestSettings = { hour: 8, roles: [] };

/** The lock under which a policy has one runner. */
export function policyLock(name: string): string {
  return `policy-${name}`;
}

/**
 * Runs policies until the signal, each by itself: it reads the ledger in order and gives its commands to `handle`. At least
 * once: what was interrupted is done again, under the same command ids. One runner for each policy at a time, in whichever
 * process takes its lock first.
 *
 * An outage is waited for, with back-off, and the order stays. What rules refuse is kept as an event. What no waiting
 * cures parks the target and holds up no other. Never throws.
 */
export async function runReactor(options: ReactorOptions): Promise<void> {
  const session = new RunnerSession(options.pool);
  try {
    await Promise.all(options.policies.map((policy) => persist(options, session, policy)));
  } finally {
    await session.close();
  }
}

/** Runs one policy again and again, with back-off after faults. */
async function persist(options: ReactorOptions, session: RunnerSession, policy: Policy): Promise<void> {
  const { signal, logger, pollMs = 1000 } = options;
  let faults = 0;
  while (!signal.aborted) {
    let pause = pollMs;
    try {
      const held = await session.hold(policyLock(policy.name), 'serving', signal, pollMs);
      try {
        const until = held && AbortSignal.any([signal, held.lost]);
        if (until) await follow({ ...options, signal: until }, policy, () => (faults = 0));
      } finally {
        await held?.release();
      }
    } catch (error) {
      if (signal.aborted) return;
      pause = Math.min(50 * 2 ** faults++, LONGEST_PAUSE_MS);
      const fields = { policy: policy.name, code: codeOf(error), pause };
      if (isTransient(error) || error instanceof CheckpointMoved) logger?.warn(fields, 'policy retries');
      else logger?.error(fields, 'policy cannot go on; it is tried again');
    }
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** Follows the ledger from where the policy is, and looks now and then for what was released. */
async function follow(options: ReactorOptions, policy: Policy, onProgress: () => void): Promise<void> {
  const { ledger, pool, logger, onStep, pollMs = 1000, digest = AT_EIGHT } = options;
  const { store } = ledger;
  const rows = new PolicyRows(pool, policy.name);
  const outbox = new Outbox(pool);
  const run = new PolicyRun({
    ...{ ledger, policy, rows, outbox, digest },
    ...(logger && { logger }),
    ...(onStep && { onStep }),
  });
  await run.open();
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
  let { last, after } = await placeOf(store, rows, policy);

  async function pages(): Promise<void> {
    const dataOf = [...policy.handles, 'DayBegan'];
    const reading = { limit: PAGE, dataOf, signal, ...(after !== undefined && { after }) };
    for await (const records of store.subscribe(reading)) {
      if (signal.aborted) return;
      await inTurn(async () => {
        await run.take(records);
        const to = nameOf(records[records.length - 1]!);
        await rows.move(last, to);
        onStep?.('moved');
        last = to;
        after = records[records.length - 1]!.position;
      });
      onProgress();
    }
  }
  async function releases(): Promise<void> {
    while (!signal.aborted) {
      await inTurn(() => run.release());
      await sleep(pollMs, undefined, { signal }).catch(() => undefined);
    }
  }
  try {
    await Promise.all([pages(), releases()].map((work) => work.finally(() => ended.abort())));
  } finally {
    await turn;
  }
}

interface Place {
  readonly last: EventName | undefined;
  /** Where it stands in this event store. */
  readonly after: Position | undefined;
}

/** Where a policy goes on. One that is new, or whose place a restored ledger lacks, begins where it declares. */
async function placeOf(store: Ledger['store'], rows: PolicyRows, { start }: Policy): Promise<Place> {
  const known = await rows.checkpoint();
  if (known?.length === 0) return { last: undefined, after: undefined };
  const record = known && (await find(store, known[0]!));
  if (record) return { last: nameOf(record), after: record.position };
  const head: readonly RecordedEvent[] =
    start === 'head' ? await store.readAll({ direction: 'backwards', limit: 1, dataOf: [] }) : [];
  const last = head[0] && nameOf(head[0]);
  await rows.begin(last);
  return { last, after: head[0]?.position };
}
