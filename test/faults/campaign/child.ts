import { createHash } from 'node:crypto';
import { runImport, systemContext, uuidFromDigest, type CommandContext } from '@enishi/application';
import { isConnectionFault } from '@enishi/event-store';
import { runProjectors } from '@enishi/worker';
import { Desk, peopleOf, type PublishedPurpose } from '../../bench/desk';
import { openRoom } from '../../bench/room';
import type { Infrastructure } from '../../../apps/server/src/infrastructure';
import { arm } from './fault';
import { NOT_OPENED, type Acknowledged, type Order } from './order';

const CALLERS = 4;

process.once('message', (order: Order) => {
  void carryOut(order).then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});

async function carryOut(order: Order): Promise<void> {
  if (order.fault) arm(order.fault);
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
  const { importId } = order;
  if (importId !== undefined) await persistently(() => importFile(room, importId));
  await answerAll(room, order);
  if (order.untilCaughtUp) await caughtUp(room);
  stop.abort();
  await following;
  await room.close();
}

async function importFile(room: Infrastructure, importId: string): Promise<void> {
  const { ledger, jobs, staging } = room;
  const job = (await jobs.find(importId))!;
  if (job.state === 'done') return;
  await jobs.move(importId, ['staged', 'interrupted', 'failed', 'running'], 'running');
  const signal = new AbortController().signal;
  const context = systemContext('faults', importId);
  await runImport({ ledger, jobs, staging, signal }, (await jobs.find(importId))!, context, false);
}

async function answerAll({ ledger }: Infrastructure, { commands, purposes }: Order): Promise<void> {
  const people = await peopleOf(ledger);
  const waiting = [...commands].reverse();
  const caller = async (): Promise<void> => {
    for (let command = waiting.pop(); command !== undefined; command = waiting.pop()) {
      const eventIds = await stormed(command, () => answer(ledger, people, purposes, command!));
      process.send!({ command, eventIds } satisfies Acknowledged);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
}

/** Every tenth command comes many times at once: all must get one answer. */
async function stormed(
  command: number,
  work: () => Promise<{ readonly eventIds: readonly string[] }>,
): Promise<readonly string[]> {
  const senders = Array.from({ length: command % 10 === 0 ? 6 : 1 }, () => persistently(work));
  const [first, ...others] = (await Promise.all(senders)).map(({ eventIds }) => eventIds);
  if (others.some((ids) => ids.join() !== first!.join()))
    throw new Error(`command ${command} has two answers`);
  return first!;
}

/** As a client does that was told to come back: the same command again, under the same id. */
async function persistently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const away = ['StoreUnavailable', 'VaultUnavailable'].includes((error as Error).name);
      if ((!away && !isConnectionFault(error)) || attempt === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Each person is asked about each purpose, then everybody consents, then everybody withdraws. */
function answer(
  ledger: Infrastructure['ledger'],
  people: readonly string[],
  purposes: readonly PublishedPurpose[],
  command: number,
) {
  const pairs = people.length * purposes.length;
  const pair = command % pairs;
  const person = people[pair % people.length]!;
  const purpose = purposes[Math.floor(pair / people.length)]!;
  const desk = new Desk(ledger, () => contextOf(command));
  switch (Math.floor(command / pairs)) {
    case 0:
      return desk.request(person, purpose);
    case 1:
      return desk.grant(person, purpose);
    default:
      return desk.withdraw(person, purpose);
  }
}

/** The same command has the same id and the same request in every process, as under an Idempotency-Key. */
function contextOf(command: number): CommandContext {
  const id = uuidFromDigest(createHash('sha256').update(`command ${command}`).digest('hex'));
  return { ...systemContext('faults', id), requestTag: `request ${command}` };
}

async function caughtUp({ views }: Infrastructure): Promise<void> {
  for (;;) {
    const statuses = await views.status();
    if (statuses.every(({ lag, servingVersion, version }) => lag === 0 && servingVersion === version)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
