/** Milliseconds of the monotonic clock. */
export function now(): number {
  return performance.now();
}

/** The middle one; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** The value that a share of all values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** What a piece of work came to. */
export interface Pace {
  readonly count: number;
  readonly milliseconds: number;
}

/** How many in a second. */
export function perSecond({ count, milliseconds }: Pace): number {
  return (count * 1000) / milliseconds;
}

/** So many callers, each beginning its next piece of work when the last is done, until `work` says `false`. */
export async function inParallel(callers: number, work: () => Promise<boolean>): Promise<Pace> {
  let count = 0;
  const began = now();
  const caller = async (): Promise<void> => {
    while (await work()) count += 1;
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return { count, milliseconds: now() - began };
}

/** The time of one piece of work. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = now();
  await work();
  return now() - began;
}

/** The times of repeated work, after some runs that do not count. */
export async function times(
  runs: number,
  work: (run: number) => Promise<unknown>,
): Promise<readonly number[]> {
  const warmUp = Math.min(30, runs);
  for (let run = 0; run < warmUp; run += 1) await work(run);
  const taken: number[] = [];
  for (let run = 0; run < runs; run += 1) taken.push(await timed(() => work(run)));
  return taken;
}
