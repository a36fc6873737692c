import { Client } from 'pg';

/**
 * The vault's tables. Rows of `vault.keys` are never deleted and only go live → closing → destroyed: the
 * serving role has no DELETE there, and the trigger holds for the owner too.
 *
 * `keys.epoch` has no foreign key: its check would cost a lookup per row in bulk creation, and creating and
 * re-wrapping lock the epoch's row anyway.
 */
const VERSIONS: readonly string[] = [
  `
  CREATE TABLE vault.ledger (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    ledger_id text NOT NULL,
    wrapped_secret bytea NOT NULL,
    created_at timestamptz NOT NULL
  );

  CREATE TABLE vault.epochs (
    epoch integer PRIMARY KEY CHECK (epoch > 0),
    state text NOT NULL CHECK (state IN ('current', 'retiring', 'destroyed')),
    opened_at timestamptz NOT NULL,
    retiring_at timestamptz,
    destroyed_at timestamptz
  );
  CREATE UNIQUE INDEX epochs_one_of_each ON vault.epochs (state) WHERE state <> 'destroyed';

  CREATE TABLE vault.keys (
    subject text NOT NULL,
    category text NOT NULL,
    generation integer NOT NULL CHECK (generation > 0),
    state text NOT NULL CHECK (state IN ('live', 'closing', 'destroyed')),
    wrapped bytea,
    epoch integer,
    number bigint GENERATED ALWAYS AS IDENTITY,
    created_at timestamptz NOT NULL,
    closing_number bigint,
    closed_at timestamptz,
    closed_by text,
    closed_why text,
    destroyed_at timestamptz,
    destroyed_by text,
    destroyed_why text,
    plan_event_id text,
    PRIMARY KEY (subject, category, generation),
    CHECK (wrapped IS NULL OR epoch IS NOT NULL),
    CHECK (CASE state
      WHEN 'live' THEN wrapped IS NOT NULL AND closing_number IS NULL
      WHEN 'closing' THEN closing_number IS NOT NULL
      ELSE wrapped IS NULL AND closing_number IS NOT NULL AND destroyed_at IS NOT NULL AND plan_event_id IS NOT NULL
    END)
  );
  CREATE INDEX keys_closing ON vault.keys (closing_number) WHERE closing_number IS NOT NULL;

  CREATE FUNCTION vault.guard_key() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF old.state = 'destroyed'
      OR (old.state = 'closing' AND new.state = 'live')
      OR (old.state = 'live' AND new.state = 'destroyed')
      OR (new.subject, new.category, new.generation, new.number)
         IS DISTINCT FROM (old.subject, old.category, old.generation, old.number)
    THEN
      RAISE EXCEPTION 'a key only goes from live to closing to destroyed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN new;
  END $$;
  CREATE TRIGGER guard_key BEFORE UPDATE ON vault.keys FOR EACH ROW EXECUTE FUNCTION vault.guard_key();

  -- A counter row, not a sequence: its row lock makes closing numbers become visible in order.
  CREATE TABLE vault.closings (one boolean PRIMARY KEY DEFAULT true CHECK (one), last bigint NOT NULL);
  INSERT INTO vault.closings (last) VALUES (0);

  CREATE SEQUENCE vault.process_numbers AS integer CYCLE;
  CREATE TABLE vault.processes (
    number integer PRIMARY KEY,
    acknowledged bigint NOT NULL,
    since timestamptz NOT NULL
  );

  CREATE TABLE vault.identities (
    tag bytea PRIMARY KEY,
    alumnus_id uuid NOT NULL UNIQUE,
    state text NOT NULL CHECK (state IN ('reserved', 'registered', 'blocked')),
    reserved_at timestamptz NOT NULL,
    blocked_until timestamptz,
    CHECK ((state = 'blocked') = (blocked_until IS NOT NULL))
  );
  `,
  // Since when this ledger keeps a list of destroyed keys and marks outside the databases, without which it is not
  // served; and the restore that is under way.
  `
  ALTER TABLE vault.ledger ADD COLUMN outside_since timestamptz, ADD COLUMN restoring text;
  `,
  // The key that signs checkpoints (Ed25519); its seed is wrapped by the master key.
  `
  CREATE TABLE vault.signing_key (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    public_key bytea NOT NULL CHECK (octet_length(public_key) = 32),
    wrapped_seed bytea NOT NULL,
    created_at timestamptz NOT NULL
  );
  `,
  // More than one key that signs, one after the other; of those that were replaced, the public half stays. The column
  // `one` says nothing any more: backups from before have it.
  `
  ALTER TABLE vault.signing_key DROP CONSTRAINT signing_key_pkey;
  ALTER TABLE vault.signing_key DROP CONSTRAINT signing_key_one_check;
  ALTER TABLE vault.signing_key ALTER COLUMN one DROP NOT NULL;
  ALTER TABLE vault.signing_key ALTER COLUMN one DROP DEFAULT;
  ALTER TABLE vault.signing_key ADD COLUMN number integer PRIMARY KEY DEFAULT 1 CHECK (number > 0);
  ALTER TABLE vault.signing_key ADD COLUMN destroyed_at timestamptz;
  ALTER TABLE vault.signing_key ALTER COLUMN wrapped_seed DROP NOT NULL;
  ALTER TABLE vault.signing_key ADD CHECK ((wrapped_seed IS NULL) = (destroyed_at IS NOT NULL));
  ALTER TABLE vault.signing_key ADD UNIQUE (public_key);
  `,
  // What stayed of a sealed group when items of it were erased, sealed under a later generation; the event stays as it is.
  `
  CREATE TABLE vault.resealed (
    event_id text NOT NULL,
    category text NOT NULL,
    subject text NOT NULL,
    generation integer NOT NULL CHECK (generation > 1),
    ciphertext bytea NOT NULL,
    PRIMARY KEY (event_id, category)
  );
  `,
];

/** What the serving role may do; nothing else. Stated anew by each migration. */
const grants = (role: string): string => `
  REVOKE ALL ON ALL TABLES IN SCHEMA vault FROM ${role};
  GRANT USAGE ON SCHEMA vault TO ${role};
  GRANT SELECT ON vault.migrations TO ${role};
  GRANT SELECT, INSERT, UPDATE (outside_since, restoring) ON vault.ledger TO ${role};
  GRANT SELECT, INSERT, UPDATE (state, retiring_at, destroyed_at) ON vault.epochs TO ${role};
  GRANT SELECT, INSERT, UPDATE (state, wrapped, epoch, closing_number, closed_at, closed_by, closed_why,
    destroyed_at, destroyed_by, destroyed_why, plan_event_id) ON vault.keys TO ${role};
  GRANT SELECT, INSERT, UPDATE (generation, ciphertext) ON vault.resealed TO ${role};
  GRANT SELECT, UPDATE ON vault.closings TO ${role};
  GRANT SELECT, INSERT, UPDATE (wrapped_seed, destroyed_at) ON vault.signing_key TO ${role};
  GRANT USAGE ON SEQUENCE vault.process_numbers TO ${role};
  GRANT SELECT ON SEQUENCE vault.keys_number_seq TO ${role};
  GRANT SELECT, INSERT, UPDATE (acknowledged), DELETE ON vault.processes TO ${role};
  GRANT SELECT, INSERT, UPDATE (alumnus_id, state, reserved_at, blocked_until) ON vault.identities TO ${role};
`;

/** Two migrations at once wait for each other. */
const MIGRATION_LOCK = 0x7661_756c;

/**
 * Brings schema `vault` to the current version and gives the serving role its rights. Safe to repeat.
 * @param ownerUrl connection string of the role that owns the database; never the serving role's.
 * @param options.servingRole the role that servers connect as.
 * @throws Error where the role name is not plain, or the schema is newer than this program.
 */
export async function migrateVault(
  ownerUrl: string,
  { servingRole }: { readonly servingRole: string },
): Promise<void> {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(servingRole)) throw new Error('not a plain role name: servingRole');
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await client.query('CREATE SCHEMA IF NOT EXISTS vault');
    await client.query(`CREATE TABLE IF NOT EXISTS vault.migrations (
      version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())`);
    const { rows } = await client.query<{ at: number }>(
      'SELECT coalesce(max(version), 0) AS at FROM vault.migrations',
    );
    const at = rows[0]!.at;
    if (at > VERSIONS.length) {
      throw new Error(
        `schema vault is at version ${at}, this program knows ${VERSIONS.length}: upgrade the program`,
      );
    }
    for (let version = at + 1; version <= VERSIONS.length; version++) {
      await client.query(VERSIONS[version - 1]!);
      await client.query('INSERT INTO vault.migrations (version) VALUES ($1)', [version]);
    }
    await client.query(grants(`"${servingRole}"`));
    await client.query('COMMIT');
  } finally {
    // Ends an open transaction too.
    await client.end();
  }
}
