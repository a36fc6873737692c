import { Desk, type PublishedPurpose } from '../../bench/desk';
import type { Ground, Place } from '../../bench/ground';
import { openRoom } from '../../bench/room';
import { troubledProxy } from '../../event-store/troubled-proxy';
import { judge, type Judged } from './oracle';
import { CROWD_FROM, DAY, DRAFTS_FROM, PEOPLE, type Chore, type Done, type Order, type Told } from './order';
import { reachable } from './outside';
import { dismissSpare, runProcess } from './process';
import { choreFor, labelOf, type Trouble } from './trouble';

/** One ledger that went through many troubles, and what the oracle found. */
export interface Survived extends Judged {
  /** Troubles by class: how many were made, and how many came about. */
  readonly troubles: Readonly<Record<string, { readonly made: number; readonly came: number }>>;
  readonly acknowledged: number;
  /** People of all files that were imported. */
  readonly expected: number;
}

/** Commands about people's consents: each is asked about each purpose, consents and withdraws. */
const COMMANDS = 560;
const PER_PROCESS = 20;
/** Acknowledged commands that are sent again by the next process, as an impatient client does. */
const REPEATS = 6;
const CALLERS = 4;
const CROWD = 64;
/** Numbers of further commands for each process. */
const FURTHER = 10_000;

export interface SurviveOptions {
  /** The ledger's own time against the machine's, in milliseconds. */
  readonly era?: number;
  /** Commands for each process before its further ones. */
  readonly perProcess?: number;
  /** Called when a process has ended. */
  readonly afterEach?: (place: Place) => Promise<void>;
}

/**
 * Takes one ledger through troubles, one process after the other: each carries out commands and chores and follows
 * the ledger with all views until its trouble comes; the next takes up what was not acknowledged, and sends some of
 * what was again.
 */
export async function survive(
  ground: Ground,
  name: string,
  troubles: readonly Trouble[],
  { era = 0, perProcess = PER_PROCESS, afterEach }: SurviveOptions = {},
): Promise<Survived> {
  const place = await ground.place(name);
  const proxy = await troubledProxy(Number(new URL(place.appUrl).port));
  const seen = new Memory(troubles, perProcess);
  try {
    const through = { ...place, appUrl: withPort(place.appUrl, proxy.port) };
    const base = { place: through, purposes: await furnish(place, era), era };
    for (const [at, trouble] of [...troubles, undefined].entries()) {
      const order: Order = { ...base, ...seen.next(at, trouble) };
      const ended = await runProcess(order, place, proxy, trouble, (told) => seen.note(told));
      if (trouble !== undefined && ended === 'troubled') seen.came(trouble);
      await afterEach?.(place);
    }
    const nothing = { ...base, chores: [], commands: [], callers: 1, untilCaughtUp: true };
    const rebuild = async () => void (await runProcess(nothing, place, proxy, undefined, () => undefined));
    const { troubles: happened, answers, expected } = seen;
    return {
      troubles: happened,
      acknowledged: answers.size,
      expected,
      ...(await judge(place, seen, rebuild)),
    };
  } finally {
    dismissSpare();
    await proxy.close();
    await reachable(place.appUrl);
    await ground.drop(name);
  }
}

/** What was sent to a ledger and what was told of it: the one thing that outlives all its processes. */
class Memory {
  readonly answers = new Map<number, readonly string[]>();
  readonly sent = new Set<number>();
  readonly contradicted: number[] = [];
  readonly done: Done[] = [];
  readonly troubles: Record<string, { made: number; came: number }> = {};
  /** The first file's people are those of the commands. */
  private open: Chore[] = [{ kind: 'import', id: 'people', rows: PEOPLE }];
  private crowd = CROWD_FROM;
  expected = PEOPLE;

  constructor(
    troubles: readonly Trouble[],
    private readonly perProcess: number,
  ) {
    for (let command = 0; command < COMMANDS; command += 1) this.sent.add(command);
    for (const trouble of troubles) this.count(trouble).made += 1;
  }

  /** What the next process has to do. The last one does all that is left. */
  next(at: number, trouble: Trouble | undefined): Omit<Order, 'place' | 'purposes' | 'era'> {
    const last = trouble === undefined;
    const chores = last ? [] : choreFor(trouble, `chore-${at}`);
    for (const chore of chores) if (chore.kind === 'import') this.expected += chore.rows;
    this.open.push(...chores);
    const crowd = trouble?.kind === 'crowd';
    if (crowd) for (let one = 0; one < CROWD; one += 1) this.sent.add(this.crowd++);
    if (at > 0) this.sent.add(this.firstUnanswered(DRAFTS_FROM + (at - 1) * FURTHER));
    const waiting = [...this.sent].filter((command) => !this.answers.has(command));
    const crowded = waiting.filter((command) => command >= CROWD_FROM);
    const others = waiting.filter((command) => command < CROWD_FROM).sort((a, b) => b - a);
    const commands = [
      ...(crowd ? [] : [...this.answers.keys()].slice(-REPEATS)),
      ...crowded,
      // The draft that the last process was at comes first.
      ...(last ? others : others.filter((one) => one >= DRAFTS_FROM)),
      ...(last
        ? []
        : others
            .filter((one) => one < DRAFTS_FROM)
            .reverse()
            .slice(0, this.perProcess)),
    ];
    if (last) commands.sort((a, b) => a - b);
    const fault = trouble && 'fault' in trouble ? trouble.fault : undefined;
    return {
      chores: [...this.open],
      commands,
      callers: crowd ? CROWD : CALLERS,
      untilCaughtUp: last,
      ...(!last && { further: DRAFTS_FROM + at * FURTHER }),
      ...(fault && { fault }),
      ...(trouble?.kind === 'clock' && { jumps: trouble.jumps }),
    };
  }

  note(told: Told): void {
    if ('begun' in told) return;
    if ('chore' in told) {
      this.done.push(told);
      this.open = this.open.filter(({ id }) => id !== told.chore);
      return;
    }
    const { command, eventIds } = told;
    this.sent.add(command);
    const before = this.answers.get(command);
    if (before !== undefined && before.join() !== eventIds.join()) this.contradicted.push(command);
    this.answers.set(command, before ?? eventIds);
  }

  /** Of the further commands of a process, the one that it was at. */
  private firstUnanswered(from: number): number {
    let command = from;
    while (this.answers.has(command)) command += 1;
    return command;
  }

  came(trouble: Trouble): void {
    this.count(trouble).came += 1;
  }

  private count(trouble: Trouble): { made: number; came: number } {
    return (this.troubles[labelOf(trouble)] ??= { made: 0, came: 0 });
  }
}

/** Purposes of two days ago, so that no clock that is a day late finds them unpublished. */
async function furnish(place: Place, era: number): Promise<readonly PublishedPurpose[]> {
  const room = await openRoom(place);
  try {
    const clock = { now: () => new Date(Date.now() + era - 2 * DAY).toISOString() };
    return await new Desk({ ...room.ledger, clock }).publishPurposes();
  } finally {
    await room.close();
  }
}

function withPort(url: string, port: number): string {
  const other = new URL(url);
  other.host = `127.0.0.1:${port}`;
  return other.href;
}
