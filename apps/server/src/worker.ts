import { setMaxListeners } from 'node:events';
import { purgeAnswers } from '@enishi/application/ledger';
import { raiseMarks } from '@enishi/backup';
import { POLICIES } from '@enishi/domain';
import {
  LeafMismatch,
  projectionsOf,
  runClock,
  runErasures,
  runOutbox,
  runProjectors,
  runReactor,
  runReceivers,
  runSealer,
  TreeMismatch,
  type Mailbox,
  type PrintLetter,
} from '@enishi/worker';
import { Pool } from 'pg';
import { Accounts, Reviews, Tokens, type Role } from '@enishi/access/tables';
import { recordReviews } from './accounts/record-review';
import { anchorAccessLog } from './access-digest';
import { checkpointReceivers, mailedKeepersOf } from './checkpoint-receivers';
import { exportsPurger } from './exports/exports-purger';
import type { Infrastructure } from './infrastructure';
import { caughtMailPurger } from './mail/catcher';
import { mailDoor } from './mail/mail';
import { describe } from './described-error';
import { ReportPrinter } from './reports/report-printer';
import { readMailboxes } from './work/mailboxes';
import { waitingWork } from './work/work-list';
import { rebuildOpened } from './operations/rebuild-opened';
import { inSpan } from './tracing/spans';

/** An upload under way is younger than this. */
const STAGED_FOR_AT_LEAST_MS = 3_600_000;

/**
 * Background work of this process: projections, leaf rows, checkpoints and who receives them, policies, the clock, mail, erasures, the hourly access digest, purging.
 * @param onFatal told when a projection or the sealer ended for good: nothing may be served from then on
 */
export function startWorker(
  infrastructure: Infrastructure,
  onFatal: (projection: string, mismatch: LeafMismatch | TreeMismatch | undefined) => void,
): { readonly pool: Pool; stop(): Promise<void> } {
  const ending = new AbortController();
  // Everything that runs in the background listens.
  setMaxListeners(0, ending.signal);
  const { store, vault, views, logger, identity, databaseUrl, instruments, ledger, config } = infrastructure;
  // Runners keep connections for their locks; requests must not wait for those.
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 2 * projectionsOf(identity.ledgerId).length + POLICIES.length + 14,
    // A network that was cut is noticed, and not waited for.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  pool.on('error', (error) => {
    // A pool has ended before its connections have left: their end is then nothing to warn of.
    if (!pool.ending) logger.warn({ name: error.name }, 'idle database connection lost');
  });
  // One that breaks while it is lent out tells whoever uses it; unheard, its event would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const projectors = runProjectors({
    store,
    vault,
    pool,
    ledgerId: identity.ledgerId,
    signal: ending.signal,
    around: (batch, work) =>
      inSpan(`project ${batch.projection}`, { 'enishi.events': batch.events }, () =>
        instruments.timeBatch(batch, work),
      ),
    onProgress: (name, position, slot) => {
      if (slot === 'serving') views.advanced(name, position);
    },
    onEnded: (name, error) => {
      const fields = { projection: name, ...(error instanceof Error ? describe(error) : {}) };
      logger.error(fields, 'projection ended');
      // A view that stands still would go on showing people who have withdrawn.
      onFatal(name, error instanceof LeafMismatch ? error : undefined);
    },
    logger,
  });
  const sealer = runSealer({
    ledger,
    pool,
    intervalSeconds: config.ENISHI_CHECKPOINT_SECONDS,
    signal: ending.signal,
    logger,
  }).catch((error: unknown) => {
    if (ending.signal.aborted) return;
    logger.error(error instanceof Error ? describe(error) : {}, 'sealer ended');
    // Nothing is signed that does not go on from what was signed before.
    onFatal('sealer', error instanceof TreeMismatch ? error : undefined);
  });
  // What a policy cannot do stands in its own tables; nothing shown depends on it.
  const { signal } = ending;
  const mailboxes = readMailboxes(config.ENISHI_DIGEST_TO ?? '') ?? new Map<Role, Mailbox>();
  const digest = { hour: config.ENISHI_DIGEST_HOUR, roles: [...mailboxes.keys()] };
  const reactor = runReactor({ ledger, pool, policies: POLICIES, digest, signal, logger });
  const clock = runClock({ ledger, pool, signal, logger });
  const receivers = runReceivers({ receivers: checkpointReceivers(config, pool), pool, signal, logger });
  const erasures = runErasures({
    ledger,
    pool,
    purgers: [exportsPurger(infrastructure), caughtMailPurger(config.ENISHI_HOME)],
    rebuildViews: () => rebuildOpened(infrastructure),
    blockDays: config.ENISHI_ERASURE_BLOCK_DAYS,
    signal,
    logger,
  });
  const door = mailDoor(config);
  const publicUrl = config.ENISHI_PUBLIC_URL;
  const printer = new ReportPrinter();
  const print: PrintLetter = (letter, language) => printer.print({ letter, language, address: '' });
  const work = () => waitingWork(infrastructure, config.ENISHI_ESCALATION_DAYS);
  const keepers = mailedKeepersOf(config);
  const options = { ledger, pool, publicUrl, keepers, print, work, mailboxes, signal, logger };
  const letters = door && runOutbox({ ...options, door });
  const timer = setInterval(() => {
    everyMinute(infrastructure).catch((error: unknown) => {
      logger.error(
        error instanceof Error ? describe(error) : {},
        'work of this minute failed; the next one tries again',
      );
    });
  }, 60_000);
  return {
    pool,
    async stop() {
      clearInterval(timer);
      ending.abort();
      await Promise.all([projectors, sealer, reactor, clock, receivers, erasures, letters]);
      await pool.end();
    },
  };
}

/** Runs every minute; the digest is due once per hour, and only when something was read. */
async function everyMinute(infrastructure: Infrastructure): Promise<void> {
  const { pool, jobs, undos, staging, config, identity } = infrastructure;
  await purgeAnswers(pool);
  await jobs.interruptAbandoned();
  await undos.interruptAbandoned();
  for (const importId of await jobs.cancelForgotten()) await staging.drop(importId);
  await staging.sweep(await jobs.openIds(), STAGED_FOR_AT_LEAST_MS);
  await anchorAccessLog(infrastructure, new Date());
  await recordReviews(infrastructure, new Reviews(pool, new Accounts(pool), new Tokens(pool)));
  await raiseMarks(pool, { directory: config.ENISHI_SHREDS, ledgerId: identity.ledgerId });
}
