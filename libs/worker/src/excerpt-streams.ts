import type { BundleScope } from '@enishi/bundle';
import type { EventStore } from '@enishi/event-store';
import { Conditions, refuseGaps } from '@enishi/projections/engine';
import type { PoolClient } from 'pg';

/** A stream of the ledger lacks events in the view that tells where they stand. Nothing is written of it. */
export class StreamIncomplete extends Error {
  readonly code = 'stream-incomplete';
  constructor(stream: string) {
    super(`the audit trail lacks events of the stream ${stream}; see \`enishi projections\``);
    this.name = 'StreamIncomplete';
  }
}

/** Which streams are wanted beside those with an event in scope. */
export interface Wish {
  readonly scope: Exclude<BundleScope, { readonly of: 'ledger' }>;
  /** Leaves of the checkpoint: what is behind them is not looked at. */
  readonly size: number;
  /** Whether the streams that say who the people are come too. */
  readonly withPeople: boolean;
}

/** Whose events the audit trail tells by person; those of all others are read from the store. */
const OF_PEOPLE = "'^(alumnus|consent|lifecycle|link)-'";
const PAGE = 1000;

/** Tables of this connection alone. Their order is that of code units, as a reader sorts them. */
const TABLES = `
DROP TABLE IF EXISTS pg_temp.excerpt_stream, pg_temp.excerpt_leaf;
CREATE TEMPORARY TABLE excerpt_stream (
  stream text COLLATE "C" PRIMARY KEY,
  -- Absent where the audit trail does not find its events by a person.
  alumnus text,
  events integer
);
CREATE TEMPORARY TABLE excerpt_leaf (
  number bigint PRIMARY KEY,
  stream text COLLATE "C" NOT NULL,
  revision integer NOT NULL
);`;

/**
 * Writes into tables of the connection which leaves a bundle has: whole streams, up to the checkpoint.
 *
 * @returns how many leaves
 * @throws StreamIncomplete; ViewParked where events of what is asked for are missing from a view
 */
export async function chooseLeaves(db: PoolClient, store: EventStore, wish: Wish): Promise<number> {
  const { alumni = [] } = wish.scope;
  const one = alumni.length === 1 ? alumni[0] : undefined;
  for (const view of ['audit-trail', 'consent-history']) await refuseGaps(db, view, one);
  await db.query(TABLES);
  await (wish.scope.of === 'consents' ? chooseConsents(db, wish) : chooseTrail(db, wish));
  await db.query('ANALYZE excerpt_stream');
  await db.query(
    `INSERT INTO excerpt_leaf
     SELECT l.number, e.stream, e.revision FROM excerpt_stream s
       JOIN audit_trail.event e ON e.alumnus_id = s.alumnus AND e.stream = s.stream
       JOIN leaves.leaf l ON l.position = e.position WHERE l.number <= $1`,
    [wish.size],
  );
  const { rows } = await db.query<{ stream: string }>(
    'SELECT stream FROM excerpt_stream WHERE alumnus IS NULL ORDER BY stream',
  );
  for (const { stream } of rows) await readStream(db, store, stream, wish.size);
  return count(db);
}

/** Whether something is in scope behind so many leaves. */
export async function isInScopeBehind(
  db: PoolClient,
  { scope, size }: Pick<Wish, 'scope' | 'size'>,
): Promise<boolean> {
  const conditions = new Conditions().add('l.number > ?', size);
  const from = scope.of === 'consents' ? ofConsents(conditions, scope) : ofTrail(conditions, scope);
  const { rows } = await db.query<{ found: boolean }>(
    `SELECT EXISTS (SELECT ${from}) AS found`,
    conditions.params,
  );
  return rows[0]!.found;
}

/** Streams of consents with an event in scope, the purposes that they name, and what is kept of their people. */
async function chooseConsents(db: PoolClient, { scope, size, withPeople }: Wish): Promise<void> {
  const conditions = new Conditions().add('l.number <= ?', size);
  const from = ofConsents(conditions, scope);
  await db.query(
    `WITH chosen AS (SELECT DISTINCT e.alumnus_id, e.purpose_id ${from})
     INSERT INTO excerpt_stream (stream, alumnus)
     SELECT format('consent-%s.%s', alumnus_id, purpose_id), alumnus_id FROM chosen
     UNION ALL SELECT DISTINCT 'lifecycle-' || alumnus_id, alumnus_id FROM chosen
     UNION ALL SELECT DISTINCT 'alumnus-' || alumnus_id, alumnus_id FROM chosen WHERE ${withPeople}
     UNION ALL SELECT DISTINCT 'purpose-' || purpose_id, NULL FROM chosen`,
    conditions.params,
  );
}

/** Every stream with an event in scope; where wanted, what is kept of the people in those events. */
async function chooseTrail(db: PoolClient, { scope, size, withPeople }: Wish): Promise<void> {
  const conditions = new Conditions().add('l.number <= ?', size);
  const from = ofTrail(conditions, scope);
  // An id is 36 characters.
  await db.query(
    `INSERT INTO excerpt_stream (stream, alumnus)
     SELECT stream, CASE WHEN stream ~ ${OF_PEOPLE} THEN substr(stream, strpos(stream, '-') + 1, 36) END
       FROM (SELECT DISTINCT e.stream ${from}) chosen`,
    conditions.params,
  );
  if (!withPeople) return;
  await db.query(
    `INSERT INTO excerpt_stream (stream, alumnus)
     SELECT kind || person, person
       FROM (SELECT DISTINCT unnest(array_remove(ARRAY[e.alumnus_id, e.other_id], NULL)) AS person ${from}) people,
            (VALUES ('alumnus-'), ('lifecycle-')) kinds (kind)
     ON CONFLICT DO NOTHING`,
    conditions.params,
  );
}

/** The part of a query behind its columns, for events `e` with their leaves `l`. */
function ofConsents(conditions: Conditions, scope: Wish['scope']): string {
  conditions
    .add('e.alumnus_id = ANY(?::text[])', scope.alumni)
    .add('e.kind = ?', 'kind' in scope ? scope.kind : undefined);
  return `FROM consent_history.consent_event e JOIN leaves.leaf l USING (position) ${whereOf(conditions, scope)}`;
}

function ofTrail(conditions: Conditions, scope: Wish['scope']): string {
  conditions
    .add('(e.alumnus_id = ANY(?::text[]) OR e.other_id = ANY(?::text[]))', scope.alumni)
    .add('e.actor = ?', 'actor' in scope ? scope.actor : undefined);
  return `FROM audit_trail.event e JOIN leaves.leaf l USING (position) ${whereOf(conditions, scope)}`;
}

/** The conditions that both have; the time is the leaf's, which is what a reader of the bundle sees. */
function whereOf(conditions: Conditions, { purpose, batch, from, to }: Wish['scope']): string {
  return conditions
    .add('e.purpose_id = ?', purpose)
    .add('e.batch_id = ?', batch)
    .add('l.recorded_at >= ?::timestamptz', from)
    .add('l.recorded_at < ?::timestamptz', to).where;
}

/** The leaves of a stream that is about no person, by reading it: such streams are few. */
async function readStream(db: PoolClient, store: EventStore, stream: string, size: number): Promise<void> {
  for (let from = 0; ; from += PAGE) {
    const page = await store.readStream(stream, { from, limit: PAGE });
    const { rowCount } = await db.query(
      `INSERT INTO excerpt_leaf
       SELECT l.number, $1::text, e.revision FROM unnest($2::bigint[], $3::integer[]) AS e (position, revision)
         JOIN leaves.leaf l USING (position) WHERE l.number <= $4`,
      [stream, page.map(({ position }) => String(position)), page.map(({ revision }) => revision), size],
    );
    if (rowCount === null || rowCount < PAGE) return;
  }
}

/** Counts the events of each stream, and makes sure that none is missing between them. */
async function count(db: PoolClient): Promise<number> {
  await db.query('CREATE INDEX ON excerpt_leaf (stream, revision)');
  await db.query('ANALYZE excerpt_leaf');
  const gap = await db.query<{ stream: string }>(
    'SELECT stream FROM excerpt_leaf GROUP BY stream HAVING count(*) <> max(revision) + 1 LIMIT 1',
  );
  if (gap.rows[0]) throw new StreamIncomplete(gap.rows[0].stream);
  await db.query(
    `UPDATE excerpt_stream s SET events = n.events
       FROM (SELECT stream, count(*)::integer AS events FROM excerpt_leaf GROUP BY stream) n
      WHERE s.stream = n.stream`,
  );
  const { rows } = await db.query<{ leaves: string }>('SELECT count(*) AS leaves FROM excerpt_leaf');
  return Number(rows[0]!.leaves);
}
