import { Client, type ClientBase } from 'pg';

/** Channel on which each group's new head is announced, as text. */
export const LEDGER_CHANNEL = 'enishi_ledger';

/**
 * Schema changes, oldest first: version n is the n-th entry. A released entry is never edited, a new one is
 * added. Kept in TypeScript rather than .sql so that the compiled program carries it.
 */
const MIGRATIONS: readonly string[] = [
  /* sql */ `
CREATE TABLE ledger.events (
  -- Dense, from 1: the n-th event of the ledger has position n, which is also its leaf number.
  position    bigint PRIMARY KEY CHECK (position >= 1),
  stream      text COLLATE "C" NOT NULL CHECK (stream <> '' AND left(stream, 1) <> '$'),
  revision    bigint NOT NULL CHECK (revision >= 0),
  id          uuid NOT NULL,
  type        text COLLATE "C" NOT NULL,
  -- Canonical JSON (RFC 8785) as text: jsonb would drop the exact bytes that leaves are hashed over.
  data        text COLLATE "C" NOT NULL,
  metadata    text COLLATE "C" NOT NULL,
  recorded_at timestamptz NOT NULL,
  CONSTRAINT events_stream_revision UNIQUE (stream, revision)
);

-- One row, whose lock makes one writer at a time. It is never updated: a row rewritten by every group would
-- leave a trail of dead versions for each of them to walk while some old snapshot (a backup) stays open.
CREATE TABLE ledger.append_lock (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row));
INSERT INTO ledger.append_lock DEFAULT VALUES;

-- One row: the last position given (0 in an empty ledger) and its time. Read from the end of an index.
CREATE VIEW ledger.head AS
  SELECT coalesce(max(e.position), 0) AS position, coalesce(max(e.recorded_at), 'epoch') AS recorded_at
  FROM (SELECT position, recorded_at FROM ledger.events ORDER BY position DESC LIMIT 1) e;

-- Appends a group. Append i goes to streams[i], its first event wants revision firsts[i], and it has counts[i]
-- events, which stand in the event arrays one after another in the order of the appends.
--
-- Answers one row with ordinal 0 (the head before the group, the group's time), then one row per append that
-- was not written: the stream's last revision when its turn came (-1: no stream) and, where exactly these
-- events already stood there, the position and time of the last of them. All other appends were written, in
-- the order given, on dense positions.
CREATE FUNCTION ledger.append(
  streams text[], firsts bigint[], counts integer[],
  event_ids uuid[], event_types text[], event_data text[], event_metadata text[]
) RETURNS TABLE (ordinal integer, last_revision bigint, last_position bigint, last_recorded_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $function$
#variable_conflict use_column
DECLARE
  appends constant integer := cardinality(streams);
  total constant integer := cardinality(event_ids);
  before bigint;
  last_time timestamptz;
  now_ms timestamptz;
  nexts bigint[];        -- by append: the revision its stream gives next
  leaders bigint[];      -- by append: the first append of the group to the same stream
  distinct_streams boolean;
  single boolean;        -- every append has one event
  all_fit boolean;
  turns bigint[];        -- by append: next revision of its stream when its turn came
  offsets integer[];     -- by append: events of the group before it
  accepted boolean[];
  event_streams text[];
  event_revisions bigint[];
  event_appends integer[];
  so_far integer := 0;
  leader integer;
  written bigint;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'ledger.append runs in READ COMMITTED only'
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  IF current_setting('synchronous_commit') NOT IN ('on', 'remote_apply') THEN
    RAISE EXCEPTION 'ledger.append needs synchronous_commit on'
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  single := coalesce(total = appends AND 1 = ALL (counts), false);
  IF appends IS NULL OR appends = 0 OR cardinality(firsts) <> appends OR cardinality(counts) <> appends
    OR NOT single AND (total <> (SELECT sum(c) FROM unnest(counts) c) OR 1 > ANY (counts)) IS NOT FALSE THEN
    RAISE EXCEPTION 'ledger.append: arrays do not fit together' USING ERRCODE = 'invalid_parameter_value';
  END IF;

  -- The lock in one statement, what it protects in the next: within one statement the snapshot is older than
  -- the lock.
  PERFORM 1 FROM ledger.append_lock FOR UPDATE;
  SELECT position, recorded_at INTO before, last_time FROM ledger.events ORDER BY position DESC LIMIT 1;
  before := coalesce(before, 0);
  now_ms := greatest(last_time, date_trunc('milliseconds', clock_timestamp()));

  IF appends = 1 THEN
    -- The lone caller's case: the general statement below costs 0.1 ms more.
    nexts := ARRAY[coalesce((SELECT e.revision FROM ledger.events e WHERE e.stream = streams[1]
                             ORDER BY e.revision DESC LIMIT 1), -1) + 1];
    leaders := ARRAY[1];
    distinct_streams := true;
  ELSE
    SELECT array_agg(s.next ORDER BY s.ord), array_agg(s.leader ORDER BY s.ord), bool_and(s.leader = s.ord)
      INTO nexts, leaders, distinct_streams
      FROM (
        SELECT a.ord, min(a.ord) OVER (PARTITION BY a.stream COLLATE "C") AS leader,
          coalesce((SELECT e.revision FROM ledger.events e WHERE e.stream = a.stream
                    ORDER BY e.revision DESC LIMIT 1), -1) + 1 AS next
        FROM unnest(streams) WITH ORDINALITY AS a(stream, ord)
      ) s;
  END IF;
  all_fit := distinct_streams AND nexts = firsts;

  IF single THEN
    event_streams := streams;
    event_revisions := firsts;
  ELSE
    SELECT array_agg(a.stream ORDER BY a.ord, k), array_agg(a.first + k ORDER BY a.ord, k),
           array_agg(a.ord::integer ORDER BY a.ord, k)
      INTO event_streams, event_revisions, event_appends
      FROM unnest(streams, firsts, counts) WITH ORDINALITY AS a(stream, first, n, ord),
           generate_series(0, a.n - 1) k;
  END IF;

  IF all_fit THEN
    INSERT INTO ledger.events (position, stream, revision, id, type, data, metadata, recorded_at)
      SELECT before + e.ord, e.stream, e.revision, e.id, e.type, e.data, e.metadata, now_ms
      FROM unnest(event_streams, event_revisions, event_ids, event_types, event_data, event_metadata)
        WITH ORDINALITY AS e(stream, revision, id, type, data, metadata, ord);
    written := total;
  ELSE
    -- Each append on its own, in the order of arrival; the stream's next revision is kept at its leader.
    turns := nexts;
    offsets := array_fill(0, ARRAY[appends]);
    accepted := array_fill(false, ARRAY[appends]);
    FOR i IN 1 .. appends LOOP
      leader := leaders[i];
      turns[i] := nexts[leader];
      offsets[i] := so_far;
      so_far := so_far + counts[i];
      IF nexts[leader] = firsts[i] THEN
        accepted[i] := true;
        nexts[leader] := nexts[leader] + counts[i];
      END IF;
    END LOOP;
    IF single THEN
      SELECT array_agg(i ORDER BY i) INTO event_appends FROM generate_series(1, appends) i;
    END IF;
    INSERT INTO ledger.events (position, stream, revision, id, type, data, metadata, recorded_at)
      SELECT before + row_number() OVER (ORDER BY e.ord), e.stream, e.revision, e.id, e.type, e.data, e.metadata,
             now_ms
      FROM unnest(event_streams, event_revisions, event_appends, event_ids, event_types, event_data, event_metadata)
        WITH ORDINALITY AS e(stream, revision, append, id, type, data, metadata, ord)
      WHERE accepted[e.append];
    GET DIAGNOSTICS written = ROW_COUNT;
  END IF;

  IF written > 0 THEN
    PERFORM pg_notify('${LEDGER_CHANNEL}', (before + written)::text);
  END IF;

  ordinal := 0;
  last_position := before;
  last_recorded_at := now_ms;
  RETURN NEXT;
  IF NOT all_fit THEN
    -- A repeat: its events stood there when its turn came, the same ids in the same order, no more, no fewer.
    RETURN QUERY
      SELECT a.ord::integer, turns[a.ord] - 1, r.position, r.recorded_at
      FROM unnest(streams, firsts, counts) WITH ORDINALITY AS a(stream, first, n, ord)
      LEFT JOIN LATERAL (
        SELECT e.position, e.recorded_at
        FROM ledger.events e
        WHERE turns[a.ord] >= a.first + a.n AND e.stream = a.stream AND e.revision = a.first + a.n - 1
          AND event_ids[offsets[a.ord] + 1 : offsets[a.ord] + a.n] = (
            SELECT array_agg(s.id ORDER BY s.revision) FROM ledger.events s
            WHERE s.stream = a.stream AND s.revision >= a.first AND s.revision < a.first + a.n)
      ) r ON true
      WHERE NOT accepted[a.ord]
      ORDER BY a.ord;
  END IF;
END
$function$;
`,
];

/** The schema version this program needs. */
export const LEDGER_SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Creates the schema `ledger` or brings it up to date, and grants the serving role what it may do: read the
 * tables and call the append function. Idempotent; concurrent calls wait for each other.
 *
 * @param owner connection string, or a connected client, of the role that shall own the schema. It needs
 *   CREATE on the database, and must not be the role that serves.
 * @param options.servingRole existing role that the server connects as.
 * @throws Error when the database was migrated by a newer program.
 */
export async function migrateLedger(
  owner: string | ClientBase,
  options: { readonly servingRole: string },
): Promise<void> {
  if (typeof owner !== 'string') return migrate(owner, options.servingRole);
  const client = new Client({ connectionString: owner });
  await client.connect();
  try {
    await migrate(client, options.servingRole);
  } finally {
    await client.end();
  }
}

async function migrate(client: ClientBase, servingRole: string): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('enishi ledger schema'))`);
    await client.query(`
      CREATE SCHEMA IF NOT EXISTS ledger;
      CREATE TABLE IF NOT EXISTS ledger.schema_version (
        version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());
    `);
    const { rows } = await client.query<{ version: number }>(
      'SELECT coalesce(max(version), 0) AS version FROM ledger.schema_version',
    );
    const current = rows[0]!.version;
    if (current > LEDGER_SCHEMA_VERSION) {
      throw new Error(`schema ledger has version ${current}, this program knows ${LEDGER_SCHEMA_VERSION}`);
    }
    for (let version = current + 1; version <= LEDGER_SCHEMA_VERSION; version += 1) {
      await client.query(MIGRATIONS[version - 1]!);
      await client.query('INSERT INTO ledger.schema_version (version) VALUES ($1)', [version]);
    }
    await client.query(grants(client.escapeIdentifier(servingRole)));
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

function grants(role: string): string {
  return `
    REVOKE ALL ON SCHEMA ledger FROM PUBLIC;
    REVOKE ALL ON ALL TABLES IN SCHEMA ledger FROM PUBLIC, ${role};
    REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
    GRANT USAGE ON SCHEMA ledger TO ${role};
    GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO ${role};
    GRANT EXECUTE ON FUNCTION ledger.append(text[], bigint[], integer[], uuid[], text[], text[], text[]) TO ${role};
  `;
}
