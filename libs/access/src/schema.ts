/**
 * Schema `access`, as ordered migrations: each runs once, in its own transaction, and is never edited after
 * release. Statements run as the owner; what the serving role may do is granted in `migrate.ts`.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE access.accounts (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('staff', 'machine')),
    issuer text NOT NULL,
    subject text NOT NULL,
    -- what the operator calls it; shown to those who manage accounts only
    label text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_by text NOT NULL,
    UNIQUE (issuer, subject)
  );

  CREATE TABLE access.grants (
    id uuid PRIMARY KEY,
    account uuid NOT NULL REFERENCES access.accounts,
    role text NOT NULL,
    -- null means all
    programmes uuid[],
    departments text[],
    purposes uuid[],
    fields text[] NOT NULL DEFAULT '{}',
    valid_until timestamptz,
    granted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    granted_by text NOT NULL,
    revoked_at timestamptz,
    revoked_by text,
    CHECK (role <> 'auditor' OR valid_until IS NOT NULL),
    CHECK (role <> 'hiring-manager' OR coalesce(cardinality(purposes), 0) = 1)
  );
  CREATE INDEX grants_account ON access.grants (account) WHERE revoked_at IS NULL;

  CREATE TABLE access.tokens (
    id uuid PRIMARY KEY,
    account uuid NOT NULL REFERENCES access.accounts,
    sha256 bytea NOT NULL UNIQUE CHECK (octet_length(sha256) = 32),
    valid_until timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_by text NOT NULL,
    revoked_at timestamptz,
    revoked_by text,
    last_used timestamptz
  );

  CREATE TABLE access.sessions (
    sha256 bytea PRIMARY KEY CHECK (octet_length(sha256) = 32),
    account uuid NOT NULL REFERENCES access.accounts,
    -- name and ID token, under a key that only the cookie yields
    sealed bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    last_seen timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL
  );
  CREATE INDEX sessions_expiry ON access.sessions (expires_at);

  -- a sign-in between /auth/login and /auth/callback
  CREATE TABLE access.sign_ins (
    state_sha256 bytea PRIMARY KEY,
    browser_sha256 bytea NOT NULL,
    nonce text NOT NULL,
    verifier text NOT NULL,
    return_path text NOT NULL,
    expires_at timestamptz NOT NULL
  );
  CREATE INDEX sign_ins_expiry ON access.sign_ins (expires_at);

  CREATE TABLE access.settings (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    reads_retention_months integer NOT NULL CHECK (reads_retention_months BETWEEN 1 AND 240)
  );

  CREATE TABLE access.reads (
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    id uuid NOT NULL,
    account uuid NOT NULL,
    actor text NOT NULL,
    route text NOT NULL,
    view text NOT NULL,
    fields text[] NOT NULL,
    person_ids text[] NOT NULL,
    reason text,
    correlation_id text NOT NULL,
    PRIMARY KEY (at, id)
  ) PARTITION BY RANGE (at);
  CREATE INDEX reads_persons ON access.reads USING gin (person_ids);

  -- Partitions belong to the owner: the serving role gets them made and dropped by these functions only.
  CREATE FUNCTION access.ensure_read_partitions(ahead integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $body$
  DECLARE
    month timestamptz;
    partition text;
    made integer := 0;
  BEGIN
    IF ahead NOT BETWEEN 0 AND 24 THEN
      RAISE EXCEPTION 'between 0 and 24 months ahead, not %', ahead USING ERRCODE = '22023';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('access.reads', 0));
    FOR i IN 0..ahead LOOP
      month := date_trunc('month', clock_timestamp()) + make_interval(months => i);
      partition := 'reads_' || to_char(month, 'YYYY_MM');
      IF to_regclass('access.' || partition) IS NULL THEN
        EXECUTE format('CREATE TABLE access.%I PARTITION OF access.reads FOR VALUES FROM (%L) TO (%L)',
          partition, month, month + interval '1 month');
        made := made + 1;
      END IF;
    END LOOP;
    RETURN made;
  END $body$;

  -- How long is the owner's setting, not the caller's: the serving role cannot empty the log.
  CREATE FUNCTION access.drop_expired_reads() RETURNS text[]
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $body$
  DECLARE
    horizon timestamptz;
    partition text;
    dropped text[] := '{}';
  BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('access.reads', 0));
    SELECT clock_timestamp() - make_interval(months => reads_retention_months) INTO STRICT horizon
      FROM access.settings;
    FOR partition IN
      SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = 'access.reads'::regclass
        AND to_timestamp(substr(c.relname, 7), 'YYYY_MM') + interval '1 month' <= horizon
      ORDER BY c.relname
    LOOP
      EXECUTE format('DROP TABLE access.%I', partition);
      dropped := dropped || partition;
    END LOOP;
    RETURN dropped;
  END $body$;

  -- Returns once every entry begun before the call is committed or gone: SHARE waits for writers.
  CREATE FUNCTION access.settle_reads() RETURNS timestamptz
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
  BEGIN
    LOCK TABLE access.reads IN SHARE MODE;
    RETURN clock_timestamp();
  END $body$;
  `,
  `
  -- A sign-in that failed has no account; whom an act is about, 'account:<id>', stands in about.
  ALTER TABLE access.reads ALTER COLUMN account DROP NOT NULL;
  ALTER TABLE access.reads ADD COLUMN about text;
  CREATE INDEX reads_about ON access.reads (about, at) WHERE about IS NOT NULL;
  -- to the minute
  ALTER TABLE access.accounts ADD COLUMN last_used timestamptz;
  `,
  `
  CREATE TABLE access.reviews (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    signed_by text NOT NULL,
    -- keeps the digest, which stands in clear in the ledger, from being tried with values
    salt text NOT NULL,
    standing text NOT NULL,
    -- JSON: [[account, decision, reason], …], as the digest has it
    decisions text NOT NULL,
    kept integer NOT NULL,
    revoked integer NOT NULL,
    digest text NOT NULL,
    recorded boolean NOT NULL DEFAULT false
  );
  `,
];

/**
 * What the serving role may do. On `reads`, INSERT leaves out `at`: nobody backdates an entry, and nobody
 * changes or removes one.
 */
export const SERVING_GRANTS = `
  REVOKE ALL ON ALL TABLES IN SCHEMA access FROM PUBLIC, %ROLE%;
  REVOKE ALL ON ALL FUNCTIONS IN SCHEMA access FROM PUBLIC;
  GRANT USAGE ON SCHEMA access TO %ROLE%;
  GRANT SELECT, INSERT, UPDATE ON access.accounts, access.grants, access.tokens TO %ROLE%;
  GRANT SELECT, INSERT, UPDATE, DELETE ON access.sessions, access.sign_ins TO %ROLE%;
  GRANT SELECT ON access.reads, access.settings, access.migrations TO %ROLE%;
  GRANT SELECT, INSERT, UPDATE (recorded) ON access.reviews TO %ROLE%;
  GRANT INSERT (id, account, actor, route, view, fields, person_ids, reason, correlation_id, about)
    ON access.reads TO %ROLE%;
  GRANT EXECUTE ON FUNCTION access.ensure_read_partitions(integer), access.drop_expired_reads(),
    access.settle_reads() TO %ROLE%;
`;
