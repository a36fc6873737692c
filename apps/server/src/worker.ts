import { ACCESS_LOG_STREAM, createdId, handle, purgeAnswers, systemContext } from '@enishi/application';
import { AccessLog } from '@enishi/access';
import { accessLogDecider } from '@enishi/domain';
import { runProjectors } from '@enishi/worker';
import type { Infrastructure } from './infrastructure';
import { describe } from './problem.filter';

const HOUR_MS = 3_600_000;

/** Background work of this process: projections, leaf rows, the hourly access digest, purging. */
export function startWorker(infrastructure: Infrastructure): { stop(): Promise<void> } {
  const ending = new AbortController();
  const { store, vault, pool, views, logger, identity } = infrastructure;
  const projectors = runProjectors({
    store,
    vault,
    pool,
    ledgerId: identity.ledgerId,
    signal: ending.signal,
    onProgress: (name, position) => views.advanced(name, position),
    onEnded: (name, error) =>
      logger.error(
        { projection: name, ...(error instanceof Error ? describe(error) : {}) },
        'projection ended',
      ),
    logger,
  });
  const timer = setInterval(() => {
    hourly(infrastructure).catch((error: unknown) => {
      logger.error(error instanceof Error ? describe(error) : {}, 'hourly work failed; it is tried again');
    });
  }, 60_000);
  return {
    async stop() {
      clearInterval(timer);
      ending.abort();
      await projectors;
    },
  };
}

/** Runs every minute; does something once per hour, and only when something was read. */
async function hourly({ pool, ledger }: Infrastructure): Promise<void> {
  await purgeAnswers(pool);
  const to = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS);
  const from = new Date(to.getTime() - HOUR_MS);
  const { entries, sha256 } = await new AccessLog(pool).digestReads(from, to);
  if (entries === 0) return;
  const command = {
    kind: 'RecordAccessDigest',
    from: from.toISOString(),
    to: to.toISOString(),
    entries,
    digest: sha256,
  } as const;
  // The id comes from the hour, so that two workers record it once.
  const context = systemContext(
    'access-digest',
    createdId(ledger.vault.ledgerId, `access-digest/${command.from}`),
  );
  await handle(ledger, accessLogDecider, ACCESS_LOG_STREAM, command, context);
}
