import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordedEvent } from '@enishi/event-store';
import { dropVersion, readVersions, transaction } from '@enishi/projections/engine';
import { Client, Pool, type QueryResultRow } from 'pg';
import { stageLeavers } from '../../bench/bench-process';
import { Desk, type PublishedPurpose } from '../../bench/desk';
import type { Ground, Place } from '../../bench/ground';
import { openRoom } from '../../bench/room';
import { readEverything } from '../../contract/event-store.contract';
import { dump } from '../../projections/support/laws';
import { NOT_OPENED, type Acknowledged, type Order } from './order';
import type { Fault, Step } from './fault';

/** What went wrong with a process: it died at a step or at a moment, or its connections were cut. */
export type Trouble =
  | { readonly kind: 'step'; readonly fault: Fault }
  | { readonly kind: 'moment'; readonly afterMs: number }
  | { readonly kind: 'cut'; readonly everyMs: number }
  | { readonly kind: 'postgres'; readonly afterMs: number }
  | { readonly kind: 'frozen'; readonly afterMs: number; readonly forMs: number };

/** One ledger that went through many troubles, and what the oracle found. */
export interface Survived {
  /** Troubles that came about, by class. */
  readonly troubles: Readonly<Record<string, number>>;
  readonly acknowledged: number;
  /** Acknowledged commands whose events are not in the ledger exactly once. */
  readonly lost: readonly number[];
  /** Commands that have more events than their first answer said, or another answer when repeated. */
  readonly twice: readonly number[];
  /** Views that differ from a rebuild. */
  readonly differing: readonly string[];
  readonly people: number;
}

const CLASSES: readonly (readonly [Step, 'before' | 'after'])[] = (
  ['claim', 'append', 'answer', 'key', 'rows', 'checkpoint', 'commit', 'job', 'identity'] as const
).flatMap((step) => [[step, 'before'] as const, [step, 'after'] as const]);

const PEOPLE = 24;
const COMMANDS = 560;
/** Acknowledged commands that are sent again by the next process, as an impatient client does. */
const REPEATS = 6;

/** Numbers from a seed: the same campaign has the same troubles. */
function seeded(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * The troubles of a ledger: every durable step in turn, at a passage drawn from the seed, and others among them.
 * @param seed the ledger's number
 */
export function troublesOf(seed: number, count: number): readonly Trouble[] {
  const below = seeded(seed + 1);
  let steps = seed * 7;
  return Array.from({ length: count }, (_, at): Trouble => {
    switch (at % 8) {
      case 1:
        return { kind: 'cut', everyMs: 80 + below(150) };
      case 3:
        return { kind: 'postgres', afterMs: 900 + below(500) };
      case 5:
        return { kind: 'moment', afterMs: 700 + below(900) };
      case 7:
        return { kind: 'frozen', afterMs: 900 + below(400), forMs: 1500 };
      default: {
        const [step, when] = CLASSES[steps++ % CLASSES.length]!;
        // Keys are made, identities reserved and imports moved few times only.
        const often = ['key', 'identity', 'job'].includes(step) ? 2 : 18;
        return { kind: 'step', fault: { step, when, nth: 1 + below(often) } };
      }
    }
  });
}

/**
 * Takes one ledger through troubles, one process after the other: each does commands and follows the ledger with all
 * views until its trouble comes; the next sends again what was not acknowledged, and some of what was.
 */
export async function survive(ground: Ground, name: string, troubles: readonly Trouble[]): Promise<Survived> {
  const place = await ground.place(name);
  try {
    const purposes = await furnish(place);
    const importId = await stageLeavers({ place, rows: PEOPLE });
    const happened: Record<string, number> = {};
    const answers = new Map<number, readonly string[]>();
    const twice = new Set<number>();
    for (const trouble of [...troubles, undefined]) {
      const open = Array.from({ length: COMMANDS }, (_, at) => at).filter((at) => !answers.has(at));
      const known = [...answers.keys()].slice(-REPEATS);
      // Each process has so much to do that its trouble finds it at work; the last one does the rest.
      const commands = [...known, ...(trouble === undefined ? open : open.slice(0, 24))];
      const order: Order = { place, importId, purposes, commands, untilCaughtUp: trouble === undefined };
      const ended = await run(order, trouble, ({ command, eventIds }) => {
        const before = answers.get(command);
        if (before !== undefined && before.join() !== eventIds.join()) twice.add(command);
        answers.set(command, before ?? eventIds);
      });
      if (trouble !== undefined && ended === 'troubled') {
        const label = labelOf(trouble);
        happened[label] = (happened[label] ?? 0) + 1;
      }
    }
    return await judge(place, happened, answers, twice);
  } finally {
    await ground.drop(name);
  }
}

function labelOf(trouble: Trouble): string {
  return trouble.kind === 'step' ? `${trouble.fault.when} ${trouble.fault.step}` : trouble.kind;
}

async function furnish(place: Place): Promise<readonly PublishedPurpose[]> {
  const room = await openRoom(place);
  try {
    return await new Desk(room.ledger).publishPurposes();
  } finally {
    await room.close();
  }
}

/** Runs a process into its trouble. @throws Error when it ends otherwise than by it or by having done everything */
async function run(
  order: Order,
  trouble: Trouble | undefined,
  onAcknowledged: (one: Acknowledged) => void,
): Promise<'troubled' | 'done'> {
  const child = fork(path.join(__dirname, 'child.cjs'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  child.on('message', (message) => onAcknowledged(message as Acknowledged));
  child.send(trouble?.kind === 'step' ? { ...order, fault: trouble.fault } : order);
  const over = new AbortController();
  const troubled = trouble === undefined ? undefined : make(trouble, order.place, child.pid!, over.signal);
  const [code, signal] = await ended;
  over.abort();
  const came = (await troubled) ?? false;
  if (code === 0 || (code === NOT_OPENED && trouble !== undefined)) return came ? 'troubled' : 'done';
  if (signal === 'SIGKILL' && trouble !== undefined) return 'troubled';
  throw new Error(`a process of the campaign ended with ${code ?? signal}`);
}

/** Makes trouble from outside. @returns whether it came before the process had ended */
async function make(trouble: Trouble, { appUrl }: Place, pid: number, over: AbortSignal): Promise<boolean> {
  const wait = (ms: number) =>
    sleep(ms, undefined, { signal: over }).then(
      () => true,
      () => false,
    );
  switch (trouble.kind) {
    case 'step':
      return false;
    case 'moment':
      if (await wait(trouble.afterMs)) process.kill(pid, 'SIGKILL');
      return !over.aborted;
    case 'frozen': {
      if (!(await wait(trouble.afterMs))) return false;
      process.kill(pid, 'SIGSTOP');
      await sleep(trouble.forMs);
      process.kill(pid, 'SIGCONT');
      return true;
    }
    case 'postgres':
      // One of its processes dies: PostgreSQL ends all others and recovers from its log.
      return (await wait(trouble.afterMs)) && (await killBackend(appUrl));
    case 'cut': {
      let cuts = 0;
      // A little after the start: a process that cannot open its ledger ends, and says why.
      for (await wait(900); await wait(trouble.everyMs);) cuts += await cutSessions(appUrl);
      return cuts > 0;
    }
  }
}

const OTHERS = `FROM pg_stat_activity
  WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()`;

/** Ends every session of the ledger's processes. @returns how many */
async function cutSessions(url: string): Promise<number> {
  return (await ask(url, `SELECT pg_terminate_backend(pid) ${OTHERS}`)).length;
}

async function killBackend(url: string): Promise<boolean> {
  const [backend] = await ask<{ pid: number }>(url, `SELECT pid ${OTHERS} LIMIT 1`);
  if (backend) process.kill(backend.pid, 'SIGKILL');
  return backend !== undefined;
}

/** Asks on a connection of its own; nothing where PostgreSQL cannot be reached just now. */
async function ask<R extends QueryResultRow>(url: string, text: string): Promise<readonly R[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<R>(text)).rows;
  } catch {
    return [];
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function judge(
  place: Place,
  troubles: Survived['troubles'],
  answers: ReadonlyMap<number, readonly string[]>,
  twice: Set<number>,
): Promise<Survived> {
  const pool = new Pool({ connectionString: place.appUrl, max: 2 });
  pool.on('error', () => undefined);
  try {
    const events = await everything(place);
    const counted = new Map<string, number>();
    for (const { id } of events) counted.set(id, (counted.get(id) ?? 0) + 1);
    const lost = [...answers].filter(([, ids]) => ids.some((id) => counted.get(id) !== 1));
    // A command about a consent writes one event.
    const commands = new Set<string>();
    for (const { stream, metadata } of events) {
      if (!stream.startsWith('consent-')) continue;
      const { commandId } = metadata as { commandId: string };
      if (commands.has(commandId)) twice.add(Number.NaN);
      commands.add(commandId);
    }
    const people = events.filter(({ type }) => type === 'AlumnusRegistered').length;
    return {
      troubles,
      acknowledged: answers.size,
      lost: [
        ...Array.from({ length: COMMANDS }, (_, at) => at).filter((at) => !answers.has(at)),
        ...lost.map(([at]) => at),
      ],
      twice: [...twice],
      differing: await differing(place, pool),
      people,
    };
  } finally {
    await pool.end();
  }
}

async function everything(place: Place): Promise<readonly RecordedEvent[]> {
  const room = await openRoom(place);
  try {
    return await readEverything(room.store);
  } finally {
    await room.close();
  }
}

/** The names of views whose rows are not those that a build from nothing makes. */
async function differing(place: Place, pool: Pool): Promise<readonly string[]> {
  const stood = await rows(pool);
  const db = await pool.connect();
  try {
    await transaction(db, async () => {
      for (const { name, slot } of await readVersions(db)) await dropVersion(db, name, slot);
    });
  } finally {
    db.release();
  }
  await run({ place, commands: [], purposes: [], untilCaughtUp: true }, undefined, () => undefined);
  const built = await rows(pool);
  return [...built].filter(([name, text]) => stood.get(name) !== text).map(([name]) => name);
}

async function rows(pool: Pool): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const version of await readVersions(pool)) {
    if (version.slot === 'serving') found.set(version.name, await dump(pool, version));
  }
  return found;
}
