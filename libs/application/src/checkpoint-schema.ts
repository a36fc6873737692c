/** What is said of checkpoints beside the tree. Rows are added, and for the serving role stay as they are. */
export const CHECKPOINT_SCHEMA = `
-- Each key but the first, with the checkpoint that it and the key before signed. The note stands here too: it must
-- lead from one key to the next also where a backup brings back fewer leaves than it covers.
create table if not exists app.key_changes (
  number integer primary key check (number > 1),
  size bigint not null unique,
  note text not null
);
-- What witnesses signed, as lines of the checkpoint's note.
create table if not exists app.cosignatures (
  size bigint not null references app.checkpoints,
  witness text not null,
  line text not null,
  signed_at timestamptz not null,
  primary key (size, witness)
);
-- What an authority answered (RFC 3161), and the time in it.
create table if not exists app.checkpoint_timestamps (
  size bigint primary key references app.checkpoints,
  authority text not null,
  answer bytea not null,
  stamped_at timestamptz not null
);
`;

/** How far checkpoints were handed to whom outside. Rows change. */
export const RECEIVERS_SCHEMA = `
create table if not exists app.checkpoint_receivers (
  kind text not null check (kind in ('witness')),
  name text not null,
  -- Leaves of the newest checkpoint that was accepted there.
  size bigint not null default 0,
  accepted_at timestamptz,
  -- Since then, one behind the other.
  failures integer not null default 0,
  problem text,
  next_at timestamptz not null default clock_timestamp(),
  primary key (kind, name)
);
-- There are more kinds than there were.
alter table app.checkpoint_receivers drop constraint if exists checkpoint_receivers_kind_check;
`;
