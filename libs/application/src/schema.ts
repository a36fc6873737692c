/** Tables of the application room: answers, imports under way, saved mappings. No row holds an opened value. */
export const APP_SCHEMA = `
create schema if not exists app;
create table if not exists app.idempotency_answers (
  command_id uuid primary key,
  request_tag text not null,
  outcome text not null,
  created_at timestamptz not null default now()
);
create index if not exists idempotency_answers_age on app.idempotency_answers (created_at);
create table if not exists app.imports (
  import_id uuid primary key,
  state text not null check (state in ('staged','checking','checked','running','done','failed','interrupted','cancelled')),
  source text not null,
  recognition jsonb not null,
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
create table if not exists app.import_mappings (
  name text primary key,
  mapping jsonb not null,
  options jsonb not null,
  saved_at timestamptz not null default now()
);
`;
