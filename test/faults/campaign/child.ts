import { setTimeout as sleep } from 'node:timers/promises';
import { isConnectionFault } from '@enishi/event-store';
import { runProjectors } from '@enishi/worker';
import type { Infrastructure } from '../../../apps/server/src/infrastructure';
import { peopleOf } from '../../bench/desk';
import { openRoom } from '../../bench/room';
import { doChore } from './chores';
import { setClock } from './clock.cjs';
import { carryOut } from './commands';
import { arm } from './fault';
import { NOT_OPENED, PEOPLE, UNTROUBLED, type Chore, type Order, type Told } from './order';

/** Acknowledgements before a clock jumps. */
const JUMPS_AFTER = 4;
/** How long a process goes on when its trouble does not come. */
const WAITS_MS = 15_000;

/** How long a client insists, and whoever does a chore: PostgreSQL may take a while to recover on a busy machine. */
const INSISTS_MS = 60_000;

let enough = false;
process.on('message', (message: Order | 'enough') => {
  if (message === 'enough') enough = true;
  else void work(message).then(process.exit, fail);
});

function fail(error: unknown): never {
  console.error(error);
  process.exit(1);
}

let acknowledged = 0;

function tell(told: Told): void {
  process.send!(told);
}

async function work(order: Order): Promise<number> {
  const { era, jumps, fault } = order;
  setClock(era + (jumps?.at ?? 0));
  if (fault) arm(fault);
  const room = await openRoom(order.place).catch((error: unknown) => {
    // A server that cannot open its ledger says so and ends; that is no promise broken.
    process.stderr.write(`not opened: ${(error as Error).message}\n`);
    return process.exit(NOT_OPENED);
  });
  const stop = new AbortController();
  const following = runProjectors({
    store: room.store,
    vault: room.vault,
    pool: room.pool,
    ledgerId: room.identity.ledgerId,
    signal: stop.signal,
    batchSize: 20,
    onEnded: (_, error) => {
      throw error;
    },
  });
  const [people, ...chores] = order.chores;
  // Commands are about the people of the first file; everything else goes on at the same time.
  if (people) await doAll(room, order, [people]);
  await Promise.all([doAll(room, order, chores), answerAll(room, order)]);
  const waited = order.further !== undefined && !enough && !(await keepAtIt(room, order));
  if (order.untilCaughtUp) await caughtUp(room);
  stop.abort();
  await following;
  await room.close();
  return waited ? UNTROUBLED : 0;
}

async function doAll(room: Infrastructure, { place }: Order, chores: readonly Chore[]): Promise<void> {
  for (const chore of chores) {
    tell({ begun: chore.id });
    const done = await persistently(
      () => doChore(room, place, chore),
      () => true,
    );
    tell(done);
  }
}

async function answerAll(room: Infrastructure, order: Order): Promise<void> {
  const people = (await persistently(() => peopleOf(room.ledger))).slice(0, PEOPLE);
  const waiting = [...order.commands].reverse();
  const caller = async (): Promise<void> => {
    for (let command = waiting.pop(); command !== undefined; command = waiting.pop()) {
      await acknowledge(room, people, order, command);
    }
  };
  await Promise.all(Array.from({ length: order.callers }, caller));
}

async function acknowledge(
  { ledger }: Infrastructure,
  people: readonly string[],
  { purposes, era, jumps }: Order,
  command: number,
): Promise<void> {
  const eventIds = await stormed(command, async () => {
    const outcome = await carryOut(ledger, people, purposes, command);
    if (outcome.kind === 'refused') throw new Error(`command ${command} was refused: ${outcome.code}`);
    return outcome;
  });
  tell({ command, eventIds });
  acknowledged += 1;
  if (jumps && acknowledged === JUMPS_AFTER) setClock(era + jumps.then);
}

/** Goes on with further commands until the trouble has come. @returns whether it did in time. */
async function keepAtIt(room: Infrastructure, order: Order): Promise<boolean> {
  const begin = performance.now();
  for (let command = order.further!; performance.now() - begin < WAITS_MS; command += 1) {
    await acknowledge(room, [], order, command);
    if (enough) return true;
    await sleep(5);
  }
  return false;
}

/** Every tenth command comes many times at once: all must get one answer. */
async function stormed(
  command: number,
  send: () => Promise<{ readonly eventIds: readonly string[] }>,
): Promise<readonly string[]> {
  const senders = Array.from({ length: command % 10 === 0 ? 6 : 1 }, () => persistently(send));
  const [first, ...others] = (await Promise.all(senders)).map(({ eventIds }) => eventIds);
  if (others.some((ids) => ids.join() !== first!.join()))
    throw new Error(`command ${command} has two answers`);
  return first!;
}

const AWAY = ['StoreUnavailable', 'VaultUnavailable', 'TooContended'];
const toldToComeBack = (error: unknown): boolean =>
  AWAY.includes((error as Error).name) || isConnectionFault(error);

/** As a client does that was told to come back: the same again, under the same id. */
async function persistently<T>(send: () => Promise<T>, mayPass = toldToComeBack): Promise<T> {
  const begin = performance.now();
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!mayPass(error) || performance.now() - begin > INSISTS_MS) throw error;
      await sleep(50);
    }
  }
}

async function caughtUp({ views }: Infrastructure): Promise<void> {
  for (;;) {
    const statuses = await views.status();
    if (statuses.every(({ lag, servingVersion, version }) => lag === 0 && servingVersion === version)) return;
    await sleep(20);
  }
}
