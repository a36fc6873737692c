import type { LoggerOptions } from 'pino';

type LogMethod = NonNullable<NonNullable<LoggerOptions['hooks']>['logMethod']>;

/** pino's number for warnings; errors and what is worse are always written, and so is what is less. */
const WARN = 40;
/** So many of the same warning are written in a minute; how many more there were is written when it is over. */
const AT_MOST = 5;
const WINDOW_MS = 60_000;
/** What tells one warning from another, besides its words. */
const TELLING = ['alarm', 'projection', 'slot', 'code', 'name'];

/**
 * Keeps a warning that repeats (a database that is away, asked by everything) from filling the disk: at most five of
 * a kind a minute, then one line that counts the rest.
 */
export function limited(windowMs = WINDOW_MS): LogMethod {
  const seen = new Map<string, number>();
  return function log(args, method, level) {
    if (level !== WARN) return method.apply(this, args);
    const kind = kindOf(args);
    const times = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, times);
    if (times === 1) {
      setTimeout(() => {
        const left = (seen.get(kind) ?? 0) - AT_MOST;
        seen.delete(kind);
        const [details, message] = args as unknown as [object, string?];
        if (left > 0) method.call(this, { ...details, suppressed: left }, message ?? 'repeated');
      }, windowMs).unref();
    }
    if (times <= AT_MOST) method.apply(this, args);
  };
}

function kindOf([details, message]: readonly unknown[]): string {
  const fields = typeof details === 'object' && details !== null ? (details as Record<string, unknown>) : {};
  const error = fields['err'] instanceof Error ? fields['err'].name : undefined;
  return JSON.stringify([message, error, ...TELLING.map((name) => fields[name])]);
}
