import { runnersAmong } from '@enishi/projections/engine';
import { projectionsOf } from '@enishi/worker';
import type { Infrastructure } from '../infrastructure';

/** Whether this process can serve, and what is amiss. Names of parts only: anybody may ask. */
export interface Readiness {
  readonly status: 'ready' | 'not-ready' | 'leaving';
  readonly database: 'up' | 'down';
  /** Views that cannot be asked: not built, or built by the rules of another version. */
  readonly missing: readonly string[];
  /** Views that no worker carries on. They can be asked, and show what was; a person who withdraws now stays in them. */
  readonly unattended: readonly string[];
  /** Views of which some part is parked. */
  readonly parked: readonly string[];
}

/**
 * Asks whether this process can serve. One that is on its way out cannot: the load balancer must go elsewhere while
 * it still answers. Views that no worker carries on do not make it unready, since to take commands (a withdrawal
 * above all) is better than to take none.
 */
export async function readinessOf({
  views,
  pool,
  standing,
  identity,
}: Pick<Infrastructure, 'views' | 'pool' | 'standing' | 'identity'>): Promise<Readiness> {
  const names = projectionsOf(identity.ledgerId).map(({ name }) => name);
  // First, and the views only then: their store would wait half a minute for a database that is away.
  const attended = await runnersAmong(pool, names).then(
    ({ serving }) => serving,
    () => undefined,
  );
  const statuses = attended === undefined ? [] : await views.status().catch(() => []);
  const missing = statuses
    .filter(({ position, servingVersion, version }) => position === undefined || servingVersion !== version)
    .map(({ name }) => name);
  const ready = statuses.length > 0 && missing.length === 0;
  return {
    status: standing.leaving ? 'leaving' : ready ? 'ready' : 'not-ready',
    database: attended === undefined ? 'down' : 'up',
    missing,
    unattended: names.filter((name) => attended?.has(name) === false),
    parked: statuses.filter(({ parked }) => parked.length > 0).map(({ name }) => name),
  };
}
