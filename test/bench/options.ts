/** What the command line asks for. */
export interface Options {
  readonly benches: readonly string[];
  /** Leavers imported. */
  readonly rows: number;
  /** Events that the ledger of these people is to have at least: so many more answers are given. */
  readonly events?: number;
  /** Fewer rounds of smaller size: says whether it runs, not how fast. */
  readonly quick: boolean;
  /** Put the table into `docs/performance.md`. */
  readonly write: boolean;
}

/** Leavers where no other number is asked for. */
export const USUAL_ROWS = 100_000;

/** With more people than usual, their answers make so many events of each. */
const EVENTS_EACH = 5;
const MOST_EVENTS = 20_000_000;

/** @throws RangeError for what is not understood; its message says what is. */
export function readOptions(args: readonly string[], known: readonly string[]): Options {
  const benches: string[] = [];
  let rows: number | undefined;
  let events: number | undefined;
  let quick = false;
  let write = false;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at]!;
    if (arg === '--quick') quick = true;
    else if (arg === '--write') write = true;
    else if (arg === '--rows') rows = numberOf(args[++at], '--rows', 1_000_000);
    else if (arg === '--events') events = numberOf(args[++at], '--events', MOST_EVENTS);
    else if (known.includes(arg)) benches.push(arg);
    else
      throw new RangeError(
        `npm run bench [${known.join('|')}]… [--rows 100000] [--events 1000000] [--quick] [--write]`,
      );
  }
  rows ??= quick ? 5_000 : USUAL_ROWS;
  if (rows > USUAL_ROWS) events ??= rows * EVENTS_EACH;
  return {
    benches: benches.length === 0 ? known : known.filter((name) => benches.includes(name)),
    rows,
    ...(events !== undefined && { events }),
    quick,
    write,
  };
}

function numberOf(text: string | undefined, option: string, most: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1000 || number > most) {
    throw new RangeError(`${option} takes a number from 1000 to ${most}`);
  }
  return number;
}
