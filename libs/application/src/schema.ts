import { Client } from 'pg';
import { CHECKPOINT_SCHEMA, RECEIVERS_SCHEMA } from './checkpoint-schema';

/** Key of the advisory lock under which tables are made. */
const MIGRATION_LOCK = 7_301_001;

/** Tables of the application room: answers, imports under way, saved mappings. No row holds an opened value. */
export const APP_SCHEMA = `
create schema if not exists app;
create table if not exists app.ledger (
  only_one boolean primary key default true check (only_one),
  ledger_id uuid not null,
  company_id uuid not null,
  mode text not null check (mode in ('development', 'production')),
  opened boolean not null default false
);
-- Whether the links of a ledger from before app.linked_pairs have been noted there.
alter table app.ledger add column if not exists pairs_noted boolean not null default false;
create table if not exists app.linked_pairs (
  alumnus_id uuid not null,
  other_id uuid not null,
  primary key (alumnus_id, other_id)
);
create index if not exists linked_pairs_other on app.linked_pairs (other_id);
create table if not exists app.idempotency_answers (
  command_id uuid primary key,
  request_tag text not null,
  -- Absent while the command is being carried out.
  outcome text,
  created_at timestamptz not null default now()
);
create index if not exists idempotency_answers_age on app.idempotency_answers (created_at);
create table if not exists app.imports (
  import_id uuid primary key,
  state text not null check (state in ('staged','checking','checked','running','done','failed','interrupted','cancelled')),
  recognition jsonb not null,
  columns jsonb not null,
  mapping jsonb not null,
  options jsonb not null,
  file_tag text not null,
  bytes bigint not null,
  counts jsonb not null default '{}',
  failure text,
  actor text not null,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
);
-- How far a run is settled, for one that goes on.
alter table app.imports add column if not exists resume jsonb;
create table if not exists app.import_problems (
  import_id uuid not null references app.imports on delete cascade,
  number integer not null,
  line integer not null,
  "column" text,
  field text,
  severity text not null,
  code text not null,
  params jsonb not null default '{}',
  primary key (import_id, number)
);
create table if not exists app.import_scans (
  import_id uuid not null references app.imports on delete cascade,
  number integer not null check (number > 0),
  scan_id uuid not null unique,
  name_tag text not null,
  file_tag text not null,
  bytes bigint not null,
  type text not null,
  used boolean,
  primary key (import_id, number),
  unique (import_id, name_tag)
);
-- How many rows name it, and the lines of the first of them.
alter table app.import_scans add column if not exists rows integer, add column if not exists lines integer[];
create table if not exists app.import_undos (
  import_id uuid primary key,
  state text not null check (state in ('running','done','failed','interrupted')),
  counts jsonb not null,
  failure text,
  actor text not null,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
);
-- What stays of an import that was undone, and why.
create table if not exists app.import_undo_left (
  number bigint generated always as identity unique,
  import_id uuid not null references app.import_undos on delete cascade,
  alumnus_id uuid not null,
  code text not null,
  field text not null,
  primary key (import_id, alumnus_id, code, field)
);
create table if not exists app.import_mappings (
  name text primary key,
  mapping jsonb not null,
  options jsonb not null,
  saved_at timestamptz not null default now()
);
-- Exports with personal data that have not ended: there is a file, or there may yet be one. What they are is in the ledger.
create table if not exists app.open_exports (
  export_id uuid primary key,
  lines bigint not null default 0,
  failure text,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
);
-- Plans of erasure that are to be carried out to their end. Who is in them is in the ledger.
create table if not exists app.open_erasures (
  erasure_id uuid primary key,
  failure text,
  created_at timestamptz not null default now()
);
`;

/** The Merkle tree over the leaves and its checkpoints. Rows are added, and for the serving role stay as they are. */
const TREE_SCHEMA = `
-- Roots of complete subtrees of 256^level leaves; those of level 0 are the leaves.
create table if not exists app.tree_nodes (
  level smallint not null check (level between 1 and 7),
  number bigint not null check (number >= 0),
  hash bytea not null check (octet_length(hash) = 32),
  primary key (level, number)
);
-- Each head but the first grows out of one other, and out of each only one: a tree does not fork.
create table if not exists app.tree_heads (
  size bigint primary key check (size > 0),
  root bytea not null check (octet_length(root) = 32),
  previous bigint check (previous < size),
  previous_root bytea,
  unique (size, root),
  unique nulls not distinct (previous),
  foreign key (previous, previous_root) references app.tree_heads (size, root),
  check ((previous is null) = (previous_root is null))
);
create table if not exists app.checkpoints (
  size bigint primary key references app.tree_heads,
  note text not null,
  event_id text not null unique,
  signed_at timestamptz not null default clock_timestamp()
);
-- Those whose event is in the ledger: they are shown.
create table if not exists app.published_checkpoints (
  size bigint primary key references app.checkpoints,
  published_at timestamptz not null default clock_timestamp()
);
`;

/**
 * The reactor, the clock and the outbox. Events are named by stream, revision and id, since positions are of one event store. No row
 * holds anything of a person but opaque ids.
 */
const REACTOR_SCHEMA = `
create table if not exists app.policies (
  name text primary key,
  -- The last event looked at; absent before the first.
  event_id uuid,
  stream text,
  revision integer,
  started_at timestamptz not null default clock_timestamp(),
  check (num_nulls(event_id, stream, revision) in (0, 3))
);
-- Events that wait for their day.
create table if not exists app.policy_alarms (
  policy text not null,
  event_id uuid not null,
  stream text not null,
  revision integer not null,
  due_at timestamptz not null,
  primary key (policy, event_id)
);
create index if not exists policy_alarms_due on app.policy_alarms (due_at);
-- What a bug has stopped, with its code, and behind it what came later for the same target. A target whose rows
-- have no code was released.
create table if not exists app.policy_parked (
  number bigint generated always as identity primary key,
  policy text not null,
  target text not null,
  event_id uuid not null,
  stream text not null,
  revision integer not null,
  code text,
  since timestamptz not null default clock_timestamp(),
  unique (policy, target, event_id)
);
-- Letters that leave by mail. Address and text are looked up when one is sent.
create table if not exists app.outbox (
  -- Of the command that ordered it.
  id uuid primary key,
  notice text not null,
  about_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting','sending','sent','unknown','failed','dropped')),
  attempts integer not null default 0,
  code text,
  next_at timestamptz not null default clock_timestamp(),
  created_at timestamptz not null default clock_timestamp(),
  changed_at timestamptz not null default clock_timestamp()
);
create index if not exists outbox_next on app.outbox (next_at) where state = 'waiting';
create table if not exists app.clock (
  only_one boolean primary key default true check (only_one),
  -- The latest time that was believed.
  seen timestamptz not null,
  -- Since when the clock is too far ahead of it to be believed.
  asks_since timestamptz,
  -- The last confirmation that was taken.
  confirmed_by uuid
);
`;

/**
 * Makes the tables of the application room; may be called again.
 * @param ownerUrl connection string of the role that owns the database
 */
export async function migrateApplication(
  ownerUrl: string,
  options: { readonly servingRole: string },
): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    // Several servers may start at once; "if not exists" alone races.
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(APP_SCHEMA);
    await client.query(TREE_SCHEMA);
    await client.query(REACTOR_SCHEMA);
    await client.query(CHECKPOINT_SCHEMA);
    await client.query(RECEIVERS_SCHEMA);
    const role = client.escapeIdentifier(options.servingRole);
    await client.query(`grant usage on schema app to ${role};
      grant select, insert, update, delete on all tables in schema app to ${role};
      revoke update, delete on app.tree_nodes, app.tree_heads, app.checkpoints, app.published_checkpoints,
        app.key_changes, app.cosignatures, app.checkpoint_timestamps from ${role}`);
  } finally {
    await client.end();
  }
}
