import type { ClientBase, Pool } from 'pg';
import type { Scope } from './definition';
import { scopeKey } from './scope';

/** A scope that an event could not be applied to; released by a rebuild. */
export interface ParkedScope {
  readonly scope: Scope;
  readonly position: bigint;
  readonly eventId: string;
  readonly code: string;
  readonly since: Date;
}

/** A query over a scope that is parked: it fails closed. The server answers 503 `view-parked`. */
export class ViewParked extends Error {
  readonly code = 'view-parked';
  constructor(
    readonly projection: string,
    readonly scope: Scope,
  ) {
    super(`${projection} cannot answer for ${scopeKey(scope)}: an event of it could not be applied`);
    this.name = 'ViewParked';
  }
}

/** What is parked in the version that serves. */
export async function parkedScopes(
  db: ClientBase | Pool,
  projection: string,
): Promise<readonly ParkedScope[]> {
  const { rows } = await db.query<{
    scope_kind: 'alumnus' | 'all';
    scope_id: string;
    position: string;
    event_id: string;
    code: string;
    since: Date;
  }>(`SELECT * FROM views.parked WHERE projection = $1 AND slot = 'serving' ORDER BY position`, [projection]);
  return rows.map((row) => ({
    scope: row.scope_kind === 'all' ? { kind: 'all' } : { kind: row.scope_kind, id: row.scope_id },
    position: BigInt(row.position),
    eventId: row.event_id,
    code: row.code,
    since: row.since,
  }));
}

/** The parked scope that stands in the way of a question over these scopes, if any: one of them, or all. */
export function parkedAmong(
  parked: readonly ParkedScope[],
  scopes: readonly Exclude<Scope, { kind: 'all' }>[],
): Scope | undefined {
  const asked = new Set(scopes.map(scopeKey));
  return parked.find(({ scope }) => scope.kind === 'all' || asked.has(scopeKey(scope)))?.scope;
}

/** @throws ViewParked when one of the scopes, or everything, is parked. */
export async function refuseParked(
  db: ClientBase | Pool,
  projection: string,
  ...scopes: readonly Exclude<Scope, { kind: 'all' }>[]
): Promise<void> {
  const found = parkedAmong(await parkedScopes(db, projection), scopes);
  if (found) throw new ViewParked(projection, found);
}

/**
 * For lists: one that leaves something out without saying so would be taken for the whole, so it is refused,
 * unless it is about one person who is not concerned.
 *
 * @throws ViewParked
 */
export async function refuseGaps(
  db: ClientBase | Pool,
  projection: string,
  alumnusId: string | undefined,
): Promise<void> {
  for (const { scope } of await parkedScopes(db, projection)) {
    const concerned = scope.kind !== 'alumnus' || alumnusId === undefined || alumnusId === scope.id;
    if (concerned) throw new ViewParked(projection, scope);
  }
}
