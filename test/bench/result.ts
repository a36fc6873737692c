import { percentile } from './measure';

/** What a figure must be. */
export type Target =
  | { readonly kind: 'ratio'; readonly atLeast: number }
  | { readonly kind: 'rate'; readonly atLeast: number }
  | { readonly kind: 'p99'; readonly atMost: number }
  | { readonly kind: 'time'; readonly atMost: number }
  | { readonly kind: 'memory'; readonly atMost: number }
  | { readonly kind: 'none' };

/** One line of the table. A line without a target is told for comparison. */
export interface Result {
  /** Which part of the bench it belongs to. */
  readonly bench: string;
  readonly line: string;
  readonly unit: 'events/s' | 'requests/s' | 'rows/s' | 'ms' | 'MB' | 'events';
  readonly raw?: number;
  readonly ours: number;
  readonly p99?: number;
  readonly target?: Target;
  readonly note?: string;
}

/** Ours as a share of the raw limit. */
export function ratioOf({ raw, ours }: Result): number | undefined {
  return raw === undefined ? undefined : ours / raw;
}

/** Whether the target is met; `undefined` where there is none. */
export function isMet(result: Result): boolean | undefined {
  const { target } = result;
  if (target === undefined) return undefined;
  switch (target.kind) {
    case 'ratio':
      return (ratioOf(result) ?? 0) >= target.atLeast;
    case 'rate':
      return result.ours >= target.atLeast;
    case 'p99':
      return (result.p99 ?? Number.POSITIVE_INFINITY) <= target.atMost;
    case 'time':
    case 'memory':
      return result.ours <= target.atMost;
    case 'none':
      return result.ours === 0;
  }
}

/** A line about times: the median is ours, p99 stands beside it. */
export function latencies(
  bench: string,
  line: string,
  taken: readonly number[],
  atMost?: number,
  note?: string,
): Result {
  return {
    bench,
    line,
    unit: 'ms',
    ours: percentile(taken, 0.5),
    p99: percentile(taken, 0.99),
    ...(atMost !== undefined && { target: { kind: 'p99', atMost } as const }),
    ...(note !== undefined && { note }),
  };
}
