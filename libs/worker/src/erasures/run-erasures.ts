import { setTimeout as sleep } from 'node:timers/promises';
import { OpenErasures, readErasure } from '@enishi/application/ledger';
import { codeOf } from '@enishi/projections/engine';
import type { RunnerLog } from '../runner-log';
import { RunnerSession } from '../runner-session';
import { executeErasure, type ErasingOptions } from './execute-erasure';

/** The lock under which plans of erasure have one executor. */
const ERASURES_LOCK = 'erasures';

/** A plan that is not approved by then is forgotten here; it stays in the ledger. */
const FORGOTTEN_MS = 3_600_000;

export interface RunErasuresOptions extends ErasingOptions {
  readonly logger?: RunnerLog;
  readonly pollMs?: number;
}

/**
 * Carries approved plans out, one after the other, until the signal; in one process at a time. What failed is noted and
 * tried again, for ever: an erasure that has begun has no way back. Never throws.
 */
export async function runErasures(options: RunErasuresOptions): Promise<void> {
  const { pool, signal, logger, pollMs = 1000 } = options;
  const session = new RunnerSession(pool);
  while (!signal.aborted) {
    try {
      const held = await session.hold(ERASURES_LOCK, 'serving', signal, pollMs);
      if (held) {
        try {
          const until = AbortSignal.any([signal, held.lost]);
          while (!until.aborted) {
            await executeAll({ ...options, signal: until });
            await sleep(pollMs, undefined, { signal: until }).catch(() => undefined);
          }
        } finally {
          await held.release();
        }
      }
    } catch (error) {
      if (!signal.aborted) logger?.warn({ code: codeOf(error) }, 'erasures are tried again');
    }
    await sleep(pollMs, undefined, { signal }).catch(() => undefined);
  }
  await session.close();
}

async function executeAll(options: RunErasuresOptions): Promise<void> {
  const { ledger, pool, signal, logger } = options;
  const open = new OpenErasures(pool);
  for (const { erasureId, createdAt } of await open.all()) {
    const { standing } = await readErasure(ledger, erasureId);
    const isEnded = standing === 'refused' || standing === 'executed';
    if (standing === 'approved' || standing === 'running') {
      try {
        await executeErasure(options, erasureId);
        await open.remove(erasureId);
      } catch (error) {
        if (signal.aborted) return;
        logger?.warn({ erasureId, code: codeOf(error) }, 'an erasure stopped, and is tried again');
        await open.note(erasureId, codeOf(error));
      }
    } else if (isEnded || Date.now() - createdAt.getTime() > FORGOTTEN_MS) {
      await open.remove(erasureId);
    }
  }
}
