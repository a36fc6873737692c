import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type QueryResultRow } from 'pg';
import type { Place } from '../../bench/ground';
import type { TroubledProxy } from '../../event-store/troubled-proxy';
import type { Held, Trouble } from './trouble';

/** A process of the campaign, as its troublemaker knows it. */
export interface Victim {
  readonly pid: number;
  /** Its place, not by way of the proxy. */
  readonly place: Place;
  readonly proxy: TroubledProxy;
  /** Resolves when it has told `count` more things: true, or false when it ended before. */
  told(count: number): Promise<boolean>;
}

/** Cuts and resets in a row. */
const TIMES = 3;

/** What comes from outside, at a moment that is waited for. */
type Outer = Exclude<Trouble, { readonly kind: 'step' | 'clock' }>;

/**
 * Makes trouble from outside as soon as the process is at work, and ends it. A step's trouble is made inside.
 * @returns whether it came while the process worked.
 */
export async function makeTrouble(trouble: Trouble, victim: Victim): Promise<boolean> {
  if (trouble.kind === 'step' || trouble.kind === 'clock') return false;
  const stays =
    trouble.kind === 'open transaction' ? await beginAndStay(victim.place, trouble.holds) : undefined;
  try {
    return (await victim.told(trouble.nth)) && (await strike(trouble, victim, stays));
  } finally {
    victim.proxy.carry();
    await stays?.end();
  }
}

async function strike(trouble: Outer, victim: Victim, stays: Staying | undefined): Promise<boolean> {
  const { pid, place, proxy } = victim;
  switch (trouble.kind) {
    case 'moment':
      await sleep(trouble.afterMs);
      process.kill(pid, 'SIGKILL');
      return true;
    case 'crowd':
      // Half of them die at an append, by a fault inside.
      if (trouble.fault === undefined) process.kill(pid, 'SIGKILL');
      return true;
    case 'frozen':
      process.kill(pid, 'SIGSTOP');
      await sleep(trouble.forMs);
      process.kill(pid, 'SIGCONT');
      return true;
    case 'postgres':
      return killBackend(place.appUrl);
    case 'cut':
      return again(trouble.everyMs, async () => (await cutSessions(place.appUrl)) > 0);
    case 'reset':
      return again(trouble.everyMs, () => Promise.resolve(proxy.cut() > 0));
    case 'black hole':
      proxy.swallow();
      await sleep(trouble.forMs);
      return true;
    case 'latency':
      proxy.slow(trouble.byMs);
      await sleep(trouble.forMs);
      return true;
    case 'open transaction':
      await stays!.hold();
      await sleep(trouble.forMs);
      return true;
  }
}

async function again(everyMs: number, once: () => Promise<boolean>): Promise<boolean> {
  let came = false;
  for (let time = 0; time < TIMES; time += 1) {
    came = (await once()) || came;
    await sleep(everyMs);
  }
  return came;
}

const OTHERS = `FROM pg_stat_activity
  WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()`;

/** Ends every session of the ledger's processes. @returns how many */
async function cutSessions(url: string): Promise<number> {
  return (await ask(url, `SELECT pg_terminate_backend(pid) ${OTHERS}`)).length;
}

/** One of PostgreSQL's processes dies: it ends all others and recovers from its log. */
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

/** Waits, a minute at most, until PostgreSQL takes connections again. */
export async function reachable(url: string): Promise<void> {
  for (let waited = 0; waited < 60_000 && (await ask(url, 'SELECT 1')).length === 0; waited += 200)
    await sleep(200);
}

const LOCKS: Readonly<Record<Held, string>> = {
  'a snapshot': 'SELECT count(*) FROM ledger.events',
  'the checkpoints': 'SELECT name FROM views.projection FOR UPDATE',
  'the ledger': 'SELECT FROM ledger.append_lock FOR UPDATE',
};

interface Staying {
  hold(): Promise<void>;
  end(): Promise<void>;
}

/** A transaction with an id and a snapshot from before the process began, which then takes what it holds and stays. */
async function beginAndStay({ ownerUrl }: Place, holds: Held): Promise<Staying> {
  const client = new Client({ connectionString: ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  const level = holds === 'a snapshot' ? 'REPEATABLE READ' : 'READ COMMITTED';
  await client.query(`BEGIN ISOLATION LEVEL ${level}; SELECT pg_current_xact_id()`);
  return {
    hold: async () => void (await client.query(LOCKS[holds])),
    end: async () => {
      await client.query('ROLLBACK').catch(() => undefined);
      await client.end().catch(() => undefined);
    },
  };
}
