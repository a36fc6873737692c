import { StoreUnavailable } from '@enishi/event-store';

/** Another runner moved the checkpoint, or a switch or cancel took the version away: stop, read it again. */
export class CheckpointMoved extends Error {
  constructor(readonly projection: string) {
    super(`the checkpoint of ${projection} is not where this runner left it`);
    this.name = 'CheckpointMoved';
  }
}

/** A rebuild cannot go on, by an event or by what it built (its indexes). `code` holds no personal value. */
export class RebuildStopped extends Error {
  constructor(
    readonly projection: string,
    /** The event it cannot apply, or the last one applied: absent before the first. */
    readonly position: bigint,
    readonly eventId: string | undefined,
    readonly code: string,
  ) {
    super(`the rebuild of ${projection} stopped at position ${position}: ${code}`);
    this.name = 'RebuildStopped';
  }
}

const NETWORK = new Set([
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
// Connection, insufficient resources, operator intervention, system error; serialization, deadlock, lock and
// idle timeouts; then what says the whole view is out of reach, not that one event is wrong: schema or table
// missing, permission taken, a server that only reads.
const SQLSTATE = /^(08|53|57|58)|^(40001|40P01|55P03|25P03|3F000|42P01|42501|25006)$/;
// The vault without its database or its keys: every event would fail, and none is wrong.
const VAULT = new Set(['vault-unavailable', 'epoch-key-unavailable', 'master-key-invalid']);
// pg reports a cut connection without a code.
const CUT =
  /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|not queryable/;

/** Whether repeating the same work later can succeed: the database or the store is away, not the event wrong. */
export function isTransient(error: unknown): boolean {
  if (error instanceof StoreUnavailable) return true;
  if (!(error instanceof Error)) return false;
  const code: unknown = 'code' in error ? error.code : undefined;
  if (typeof code === 'string') {
    if (NETWORK.has(code) || VAULT.has(code) || (/^[0-9A-Z]{5}$/.test(code) && SQLSTATE.test(code)))
      return true;
  }
  return CUT.test(error.message);
}

/** A short code of an error. Never its message: that may quote a value. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[\w-]{1,40}$/.test(code) ? code : error.name;
}
