import { openPostgresStore, type EventStore, type RecordedEvent } from '@enishi/event-store';
import { importLeavers } from './bench-process';
import { answers, Desk, peopleOf } from './desk';
import type { Ground } from './ground';
import { inParallel, median, now, perSecond } from './measure';
import { appendsOf, RawGroups } from './raw-group';
import type { Result } from './result';
import { openRoom } from './room';

const CALLERS = [1, 8, 64, 256] as const;

/** Commands a second: raw group commit, the store's append, and `handle` with all that it does. */
interface Rates {
  readonly raw: number[];
  readonly append: number[];
  readonly handle: number[];
}

/**
 * Durable commands in process. Consent is asked, given and withdrawn through `handle` (read, open, decide, seal,
 * append); then exactly the events that this wrote are appended to two other ledgers: by as many callers of the
 * store's `append`, and as prepared groups of as many. Round by round, so that all three meet the same machine.
 */
export async function commandBench(ground: Ground): Promise<readonly Result[]> {
  const { quick } = ground.options;
  const place = await ground.place('commands');
  await importLeavers({ place, rows: quick ? 1500 : 6000 });
  const room = await openRoom(place);
  const store = await openPostgresStore({ url: (await ground.place('appended')).appUrl, embedded: true });
  const raw = await RawGroups.open(await ground.place('grouped'));
  try {
    const desk = new Desk(room.ledger);
    const people = await peopleOf(room.ledger);
    const [first, ...purposes] = await desk.publishPurposes();
    const remaining = [...people];
    const firstAnswers = await inParallel(64, async () => {
      const person = remaining.pop();
      if (person === undefined) return false;
      await desk.grant(person, first!);
      return true;
    });
    const stream = answers(desk, people, purposes);
    const results: Result[] = [];
    for (const callers of CALLERS) {
      const rates: Rates = { raw: [], append: [], handle: [] };
      for (let round = 0; round < (quick ? 2 : 5); round += 1) {
        await ground.settle();
        const after = await room.store.head();
        const until = now() + (quick ? 400 : 1000);
        const handled = await inParallel(callers, async () => {
          if (now() >= until) return false;
          await stream.next().value();
          return true;
        });
        rates.handle.push(perSecond(handled));
        const appends = appendsOf(await eventsAfter(room.store, after));
        rates.raw.push((appends.length * 1000) / (await raw.append(appends, callers)));
        const waiting = appends.toReversed();
        const appended = await inParallel(callers, async () => {
          const append = waiting.pop();
          if (append === undefined) return false;
          await store.append(append);
          return true;
        });
        rates.append.push(perSecond(appended));
      }
      results.push(...linesOf(callers, rates));
    }
    const note = 'each makes a key first, durable before the event';
    const line = "a person's first sealed evidence, 64 callers";
    return [...results, { bench: 'command', line, unit: 'events/s', ours: perSecond(firstAnswers), note }];
  } finally {
    await Promise.all([room.close(), store.close(), raw.close()]);
    for (const name of ['commands', 'appended', 'grouped']) await ground.drop(name);
  }
}

function linesOf(callers: number, rates: Rates): readonly Result[] {
  const who = callers === 1 ? '1 caller' : `${callers} callers`;
  const shared = { bench: 'command', unit: 'events/s', raw: median(rates.raw) } as const;
  const target = { kind: 'ratio', atLeast: 0.55 } as const;
  return [
    { ...shared, line: `durable append, ${who} / prepared groups`, ours: median(rates.append), target },
    {
      ...shared,
      line: `durable command by handle(), ${who} / prepared groups`,
      ours: median(rates.handle),
      target,
    },
  ];
}

async function eventsAfter(store: EventStore, after: bigint | undefined): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (let from = after; ; from = events.at(-1)?.position) {
    const page = await store.readAll({ limit: 5000, ...(from !== undefined && { after: from }) });
    if (page.length === 0) return events;
    events.push(...page);
  }
}
