/** What the command line asks for. */
export interface Options {
  readonly benches: readonly string[];
  /** Leavers imported. */
  readonly rows: number;
  /** Fewer rounds of smaller size: says whether it runs, not how fast. */
  readonly quick: boolean;
  /** Put the table into `docs/performance.md`. */
  readonly write: boolean;
}

/** Leavers where no other number is asked for. */
export const USUAL_ROWS = 100_000;

/** @throws RangeError for what is not understood; its message says what is. */
export function readOptions(args: readonly string[], known: readonly string[]): Options {
  const benches: string[] = [];
  let rows: number | undefined;
  let quick = false;
  let write = false;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at]!;
    if (arg === '--quick') quick = true;
    else if (arg === '--write') write = true;
    else if (arg === '--rows') rows = rowsOf(args[++at]);
    else if (known.includes(arg)) benches.push(arg);
    else throw new RangeError(`npm run bench [${known.join('|')}]… [--rows 100000] [--quick] [--write]`);
  }
  return {
    benches: benches.length === 0 ? known : known.filter((name) => benches.includes(name)),
    rows: rows ?? (quick ? 5_000 : USUAL_ROWS),
    quick,
    write,
  };
}

function rowsOf(text: string | undefined): number {
  const rows = Number(text);
  if (!Number.isInteger(rows) || rows < 1000 || rows > 1_000_000) {
    throw new RangeError('--rows takes a number from 1000 to 1000000');
  }
  return rows;
}
