import { setTimeout as sleep } from 'node:timers/promises';
import { PROJECTIONS } from '@enishi/projections/all';
import { startWorker } from '../../apps/server/src/worker';
import { answers, Desk } from './desk';
import type { Ground } from './ground';
import { now } from './measure';
import type { People } from './people';
import { latencies, type Result } from './result';

/** A projection that ends for good ends the measurement. */
const end = (): void => void process.exit(1);

const RATE = 2000;
const TICK_MS = 5;

/** Times from an acknowledged commit to the moment a view has passed it. */
class Watch {
  private readonly waiting: { readonly position: bigint; readonly at: number }[] = [];
  private reached = 0n;
  readonly taken: number[] = [];

  committed(position: bigint, at: number): void {
    if (position <= this.reached) this.taken.push(0);
    else this.waiting.push({ position, at });
  }

  passed(position: bigint, at: number): void {
    this.reached = position;
    while (this.waiting.length > 0 && this.waiting[0]!.position <= position) {
      this.taken.push(at - this.waiting.shift()!.at);
    }
  }
}

/**
 * Commands at a steady rate, with every projection running in the same process as by default; from the moment a
 * command is acknowledged until each view has it.
 */
export async function visibleBench(ground: Ground, people: People): Promise<readonly Result[]> {
  const { room, people: ids, purposes } = await people.open();
  const watches = new Map(PROJECTIONS.map(({ name }) => [name, new Watch()]));
  const advanced = (name: string, position: bigint): void => {
    watches.get(name)?.passed(position, now());
    room.views.advanced(name, position);
  };
  const worker = startWorker({ ...room, views: { ...room.views, advanced } }, end);
  const head = (await room.store.head())!;
  await Promise.all(PROJECTIONS.map(({ name }) => room.views.waitFor(name, head, 60_000)));
  const acknowledged = (position: bigint): void => {
    const at = now();
    for (const watch of watches.values()) watch.committed(position, at);
  };
  const store: typeof room.store = {
    ...room.store,
    async append(append) {
      const answer = await room.store.append(append);
      acknowledged(answer.position);
      return answer;
    },
  };
  const desk = new Desk({ ...room.ledger, store });
  const stream = answers(desk, ids, purposes.slice(1));
  const pace = await steadily(ground.options.quick ? 2000 : 10_000, () => stream.next().value());
  const last = (await room.store.head())!;
  await Promise.all(PROJECTIONS.map(({ name }) => room.views.waitFor(name, last, 60_000)));
  await worker.stop();
  const note = `${Math.round(pace)} events/s`;
  return [...watches].map(([name, { taken }]) =>
    latencies('visible', `commit to visible in ${name}`, taken, 100, note),
  );
}

/** Starts work at {@link RATE} for so long, whatever becomes of it; answers what was reached, a second. */
async function steadily(milliseconds: number, work: () => Promise<unknown>): Promise<number> {
  const began = now();
  const all: Promise<unknown>[] = [];
  while (now() - began < milliseconds) {
    const due = Math.floor(((now() - began) * RATE) / 1000);
    while (all.length < due) all.push(work());
    await sleep(TICK_MS);
  }
  await Promise.all(all);
  return (all.length * 1000) / (now() - began);
}
