import { AccessLog } from '@enishi/access/tables';
import { ACCESS_LOG_STREAM, createdId, handle, systemContext } from '@enishi/application/ledger';
import { accessLogDecider } from '@enishi/domain';
import type { Infrastructure } from './infrastructure';

const HOUR_MS = 3_600_000;

/**
 * Anchors the access log in the ledger: one event for each full hour in which something was read, also for
 * hours that passed while no worker ran. Two workers record an hour once: its command id comes from the hour.
 * @param now the end of the last hour considered is at or before it
 */
export async function anchorAccessLog(
  { pool, ledger }: Pick<Infrastructure, 'pool' | 'ledger'>,
  now: Date,
): Promise<number> {
  const log = new AccessLog(pool);
  const end = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  let from = await lastAnchored(ledger);
  let anchored = 0;
  for (;;) {
    const { rows } = await pool.query<{ at: Date | null }>(
      'select min(at) as at from access.reads where at >= $1 and at < $2',
      [new Date(from), new Date(end)],
    );
    const first = rows[0]?.at;
    if (!first) return anchored;
    const hour = Math.floor(first.getTime() / HOUR_MS) * HOUR_MS;
    const span = { from: new Date(hour), to: new Date(hour + HOUR_MS) };
    const { entries, sha256 } = await log.digestReads(span.from, span.to);
    const command = {
      kind: 'RecordAccessDigest',
      from: span.from.toISOString(),
      to: span.to.toISOString(),
      entries,
      digest: sha256,
    } as const;
    const context = systemContext(
      'access-digest',
      createdId(ledger.vault.ledgerId, `access-digest/${command.from}`),
    );
    await handle(ledger, accessLogDecider, ACCESS_LOG_STREAM, command, context);
    anchored += 1;
    from = span.to.getTime();
  }
}

/** End of the last hour that the ledger holds; the beginning of time where there is none. */
async function lastAnchored({ store }: Infrastructure['ledger']): Promise<number> {
  const [last] = await store.readStream(ACCESS_LOG_STREAM, { direction: 'backwards', limit: 1 });
  const to = last?.data.to;
  return typeof to === 'string' ? Date.parse(to) : 0;
}
