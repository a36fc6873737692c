import { AccessLog, type ReadsDigest } from '@enishi/access/tables';
import { ACCESS_LOG_STREAM } from '@enishi/application/ledger';
import type { Infrastructure } from './infrastructure';

const HOUR_MS = 3_600_000;
const NOTHING = { from: -Infinity, until: Infinity };

/** Count and digest of an hour. */
interface HourDigest {
  readonly entries: number;
  /** Hex. */
  readonly digest: string;
}

/** An hour whose entries are not those that the ledger knows. */
interface WrongHour {
  readonly from: string;
  readonly to: string;
  readonly kind: 'differs' | 'without-event';
  readonly recorded?: HourDigest;
  readonly found: HourDigest;
}

/** The access log compared with the ledger. */
export interface AccessLogCheck {
  readonly agreeing: number;
  readonly retired: number;
  readonly pending: number;
  readonly wrong: readonly WrongHour[];
}

/**
 * Computes count and digest of every hour of the access log anew, and compares them with the events in which they were
 * anchored. An hour whose month was dropped by retention is counted, not compared; one after the last anchored hour is
 * not due yet.
 *
 * @param period milliseconds since the epoch; hours that begin in it, all where absent
 */
export async function checkAccessLog(
  { pool, store }: Pick<Infrastructure, 'pool' | 'store'>,
  { from, until }: { readonly from: number; readonly until: number } = NOTHING,
): Promise<AccessLogCheck> {
  const log = new AccessLog(pool);
  const within = (hour: number) => hour >= from && hour < until;
  const anchored = await anchoredHours(store);
  const horizon = await retentionHorizon(pool);
  const lastEnd = Math.max(0, ...[...anchored.keys()].map((hour) => hour + HOUR_MS));
  const withEntries = (await hoursWithEntries(pool)).filter(within);
  const counts = { agreeing: 0, retired: 0, pending: 0 };
  const wrong: WrongHour[] = [];
  const hours = new Set([...[...anchored.keys()].filter(within), ...withEntries]);
  for (const hour of [...hours].sort((a, b) => a - b)) {
    const recorded = anchored.get(hour);
    if (recorded === undefined && hour >= lastEnd) {
      counts.pending += 1;
      continue;
    }
    const found = digestOf(await log.digestReads(new Date(hour), new Date(hour + HOUR_MS)));
    if (recorded?.digest === found.digest && recorded.entries === found.entries) counts.agreeing += 1;
    else if (recorded && found.entries === 0 && monthEnd(hour) <= horizon) counts.retired += 1;
    else wrong.push(wrongHour(hour, recorded, found));
  }
  return { ...counts, wrong };
}

function wrongHour(hour: number, recorded: HourDigest | undefined, found: HourDigest): WrongHour {
  return {
    from: new Date(hour).toISOString(),
    to: new Date(hour + HOUR_MS).toISOString(),
    kind: recorded === undefined ? 'without-event' : 'differs',
    ...(recorded && { recorded }),
    found,
  };
}

const digestOf = ({ entries, sha256 }: ReadsDigest): HourDigest => ({ entries, digest: sha256 });

/** What the ledger knows, by the beginning of the hour. */
async function anchoredHours(store: Infrastructure['store']): Promise<ReadonlyMap<number, HourDigest>> {
  const events = await store.readStream(ACCESS_LOG_STREAM);
  return new Map(
    events.map(({ data }) => {
      const { from, entries, digest } = data as { from: string; entries: number; digest: string };
      return [Date.parse(from), { entries, digest }];
    }),
  );
}

async function hoursWithEntries(pool: Infrastructure['pool']): Promise<readonly number[]> {
  const { rows } = await pool.query<{ hour: Date }>(
    `SELECT DISTINCT date_trunc('hour', at, 'UTC') AS hour FROM access.reads`,
  );
  return rows.map(({ hour }) => hour.getTime());
}

/** Months that ended by then may have been dropped. */
async function retentionHorizon(pool: Infrastructure['pool']): Promise<number> {
  const { rows } = await pool.query<{ horizon: Date }>(
    `SELECT clock_timestamp() - make_interval(months => reads_retention_months) AS horizon FROM access.settings`,
  );
  return rows[0]!.horizon.getTime();
}

/** End of the month (UTC), as the log is partitioned. */
function monthEnd(hour: number): number {
  const day = new Date(hour);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1);
}
