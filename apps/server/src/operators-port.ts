import path from 'node:path';
import type { Pool } from 'pg';
import { POLICIES } from '@enishi/domain';
import { CLOCK_LOCK, Outbox, policyLock, readClock, readPolicies } from '@enishi/worker';
import type { Infrastructure } from './infrastructure';
import { Exposition } from './metrics/exposition';
import { listenForOperators } from './metrics/listener';
import { readinessOf } from './operations/readiness';

const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * Opens the port of ENISHI_METRICS_PORT: `/metrics`, and `/health` and `/ready` as the API has them, for workers too.
 * @param workerPool where this process is a worker
 */
export async function openOperatorsPort(
  port: number,
  infrastructure: Infrastructure,
  workerPool: Pool | undefined,
): Promise<{ close(): Promise<void> }> {
  const { config, instruments, pool, store, views, vault, logger } = infrastructure;
  const pools = new Map([['requests', pool]]);
  if (workerPool) pools.set('runners', workerPool);
  const folders = new Map([
    ['home', config.ENISHI_HOME],
    ['epochs', path.join(config.ENISHI_EPOCHS, 'current')],
  ]);
  const reactor = async () => ({
    policies: (await readPolicies(pool, store, POLICIES)).map(({ name, parkedTargets: parked }) => {
      return { name, lock: policyLock(name), parked };
    }),
    letters: await new Outbox(pool).counts(),
    clock: { lock: CLOCK_LOCK, asks: (await readClock(pool)).asksSince !== undefined },
  });
  const exposition = new Exposition({ instruments, pool, pools, folders, views, reactor, vault, logger });
  return listenForOperators(port, config.ENISHI_METRICS_BIND, {
    '/metrics': () => exposition.scrape(),
    '/health': async () => ({ type: JSON_TYPE, text: JSON.stringify({ status: 'ok' }) }),
    '/ready': async () => {
      const readiness = await readinessOf(infrastructure);
      const status = readiness.status === 'ready' ? 200 : 503;
      return { status, type: JSON_TYPE, text: JSON.stringify(readiness) };
    },
  });
}
