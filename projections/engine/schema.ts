import { Client, type ClientBase } from 'pg';
import { schemaOf, type Projection, type Slot } from './definition';

const VIEWS = `
CREATE SCHEMA IF NOT EXISTS views;
CREATE TABLE IF NOT EXISTS views.projection (
  name text NOT NULL,
  slot text NOT NULL CHECK (slot IN ('serving', 'building')),
  version integer NOT NULL,
  -- The last event applied; both absent before the first.
  position bigint,
  event_id text,
  state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'stopped')),
  handled bigint NOT NULL DEFAULT 0,
  -- Of a rebuild: the head when it started, and where and why it stopped.
  goal bigint,
  stopped_at bigint,
  stopped_code text,
  started timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (name, slot)
);
CREATE TABLE IF NOT EXISTS views.parked (
  projection text NOT NULL,
  slot text NOT NULL,
  scope_kind text NOT NULL CHECK (scope_kind IN ('alumnus', 'purpose', 'programme', 'all')),
  scope_id text NOT NULL,
  position bigint NOT NULL,
  event_id text NOT NULL,
  code text NOT NULL,
  since timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (projection, slot, scope_kind, scope_id)
);`;

/**
 * Makes the engine's own tables and lets the serving role use them, create a schema per projection and temporary tables.
 * Safe to repeat.
 *
 * @param ownerUrl a role that owns the database (or may create schemas in it and grant that right).
 * @example await migrateViews(ownerUrl, { servingRole: 'enishi_app' });
 */
export async function migrateViews(
  ownerUrl: string,
  options: { readonly servingRole: string },
): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const role = client.escapeIdentifier(options.servingRole);
    await client.query(
      `BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('enishi:migrate-views', 0)); ${VIEWS}`,
    );
    await client.query(`GRANT USAGE ON SCHEMA views TO ${role};
      GRANT SELECT, INSERT, UPDATE, DELETE ON views.projection, views.parked TO ${role}`);
    // Temporary tables are for a self-check, which builds the views once more.
    const { rows } = await client.query<{ database: string; privilege: string }>(
      `SELECT current_database() AS database, privilege FROM unnest(ARRAY['CREATE', 'TEMPORARY']) AS privilege
        WHERE NOT has_database_privilege($1, current_database(), privilege)`,
      [options.servingRole],
    );
    for (const { database, privilege } of rows) {
      await client.query(`GRANT ${privilege} ON DATABASE ${client.escapeIdentifier(database)} TO ${role}`);
    }
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

/** Makes an empty version: its schema, tables, and checkpoint row. Runs in the caller's transaction. */
export async function createVersion(
  db: ClientBase,
  projection: Projection,
  slot: Slot,
  goal?: bigint,
): Promise<void> {
  const schema = schemaOf(projection.name, slot);
  await db.query(
    `DROP SCHEMA IF EXISTS ${schema} CASCADE; CREATE SCHEMA ${schema}; SET LOCAL search_path TO ${schema}`,
  );
  await db.query(projection.tables);
  if (slot === 'serving' && projection.indexes) await db.query(projection.indexes);
  await db.query(`INSERT INTO views.projection (name, slot, version, goal) VALUES ($1, $2, $3, $4)`, [
    projection.name,
    slot,
    projection.version,
    goal?.toString() ?? null,
  ]);
}

/** Removes a version with its checkpoint and its parked scopes. Runs in the caller's transaction. */
export async function dropVersion(db: ClientBase, name: string, slot: Slot): Promise<void> {
  // The row first: its lock waits for a batch that is being written, whose runner then finds no checkpoint.
  await db.query('DELETE FROM views.projection WHERE name = $1 AND slot = $2', [name, slot]);
  await db.query('DELETE FROM views.parked WHERE projection = $1 AND slot = $2', [name, slot]);
  await db.query(`DROP SCHEMA IF EXISTS ${schemaOf(name, slot)} CASCADE`);
}

/** Runs `work` in one READ COMMITTED transaction on this connection. */
export async function transaction<T>(db: ClientBase, work: () => Promise<T>): Promise<T> {
  await db.query('BEGIN');
  try {
    const result = await work();
    await db.query('COMMIT');
    return result;
  } catch (error) {
    // On a dead connection there is nothing left to roll back.
    await db.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
