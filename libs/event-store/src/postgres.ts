import { Pool, type PoolConfig, type QueryArrayConfig } from 'pg';
import type { JsonObject } from '@enishi/domain';
import {
  type EventStore,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  RevisionConflict,
  StoreUnavailable,
} from './port';
import { backOff, connectionConfig, isConnectionFault, type StoreLogger } from './postgres-connection';
import { asText, instant } from './postgres-group';
import { LEDGER_SCHEMA_VERSION } from './postgres-schema';
import { follow, HeadWatch } from './postgres-subscription';
import { GroupWriter } from './postgres-writer';
import { prepareAppend } from './prepared-append';
import { asStored, RECORDED_AT, recorded, withoutData } from './recorded';
import { StoreMisconfigured } from './store-misconfigured';
import { StreamReader } from './stream-reader';

/** How to reach the ledger's database, as the serving role. One of `url` and `poolConfig` is needed. */
export interface PostgresStoreOptions {
  /** `postgres://…` */
  readonly url?: string;
  readonly poolConfig?: PoolConfig;
  /** The database belongs to this program's own embedded cluster: the role is not checked for privileges. */
  readonly embedded: boolean;
  /** Called with the server's own notices (`NOTICE`, `WARNING`). */
  readonly onNotice?: (message: string) => void;
  readonly logger?: StoreLogger;
  /** How long reads and appends are repeated while the database does not answer, in ms (default 30,000). */
  readonly retryForMs?: number;
  /** A connection that owes an answer for so long is taken for lost, in ms (default a third of `retryForMs`). */
  readonly answerWithinMs?: number;
  /** For a move from another store: events may say when they were first recorded. */
  readonly restoring?: boolean;
}

const COLUMNS = 'position, stream, revision, id, type, data, metadata, recorded_at';
/** The same, with the texts of the types in $3 alone. */
const SOME_COLUMNS = COLUMNS.replace(
  'data, metadata',
  'CASE WHEN type = ANY ($3::text[]) THEN data END, CASE WHEN type = ANY ($3::text[]) THEN metadata END',
);
/** The columns; the ninth, where streams are read together, says which of them. */
type Row = [string, string, string, string, string, string | null, string | null, string, string?];

/**
 * Opens the ledger in PostgreSQL. Positions are dense and begin at 1: position n is the n-th event and leaf n.
 * Uses one connection to append, one to LISTEN (from the first subscription on) and a pool to read.
 *
 * @throws StoreMisconfigured when the role, a setting or the schema's version is not what the ledger needs.
 * @throws StoreUnavailable when the database could not be reached within `retryForMs`.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<EventStore> {
  const { retryForMs = 30_000, answerWithinMs = Math.ceil(retryForMs / 3), logger, restoring } = options;
  const config = connectionConfig({ ...options, connectWithinMs: Math.min(5_000, answerWithinMs) });
  const pool = new Pool({ query_timeout: answerWithinMs, ...config });
  // An idle connection that breaks is replaced at the next read; unheard, this event would end the process.
  pool.on('error', (error) => logger?.warn({ err: error }, 'idle database connection lost'));
  // One that breaks while it is lent out tells whoever uses it; unheard, its event would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const { onNotice } = options;
  if (onNotice)
    pool.on('connect', (client) => client.on('notice', (notice) => onNotice(notice.message ?? '')));

  /** One try; lost connections surface as they are. */
  const query = async (statement: QueryArrayConfig): Promise<Row[]> =>
    (await pool.query<Row>({ ...statement, types: asText })).rows;

  let closing: Promise<void> | undefined;

  /** Reads are repeated while the database does not answer. */
  const patiently = async <T>(read: () => Promise<T>): Promise<T> => {
    const begin = Date.now();
    for (let attempt = 0; ; attempt += 1) {
      if (closing) throw new StoreUnavailable('the event store is closed', false);
      try {
        return await read();
      } catch (error) {
        if (!isConnectionFault(error)) throw error;
        if (Date.now() - begin >= retryForMs) {
          throw new StoreUnavailable('PostgreSQL does not answer', false, { cause: error });
        }
        logger?.warn({ err: error, attempt }, 'read not answered, repeating');
        await backOff(attempt);
      }
    }
  };

  try {
    await patiently(() => checkDatabase(pool, options.embedded));
  } catch (error) {
    await pool.end();
    throw error;
  }

  const readHead = async (): Promise<Position> => {
    const [row] = await query({
      name: 'ledger-head',
      text: 'SELECT position FROM ledger.head',
      rowMode: 'array',
    });
    return BigInt(row![0]);
  };
  const watch = new HeadWatch(config, logger, readHead);
  const onHead = (head: Position): void => watch.advance(head);
  const writer = new GroupWriter(config, { retryForMs, answerWithinMs, onHead, logger });

  const readPage = async (readOptions: ReadAllOptions): Promise<readonly RecordedEvent[]> => {
    const { after, direction = 'forwards', limit = 1000, dataOf } = readOptions;
    if (dataOf !== undefined && direction === 'forwards') {
      const some = await query({
        name: 'ledger-read-some',
        text: `SELECT ${SOME_COLUMNS} FROM ledger.events WHERE position > $1 ORDER BY position LIMIT $2`,
        values: [after ?? 0n, limit, dataOf],
        rowMode: 'array',
      });
      return some.map(recordedEvent);
    }
    const rows = await query(
      direction === 'forwards'
        ? {
            name: 'ledger-read-all-forwards',
            text: `SELECT ${COLUMNS} FROM ledger.events WHERE position > $1 ORDER BY position LIMIT $2`,
            values: [after ?? 0n, limit],
            rowMode: 'array',
          }
        : {
            name: 'ledger-read-all-backwards',
            text: `SELECT ${COLUMNS} FROM ledger.events WHERE position < $1 ORDER BY position DESC LIMIT $2`,
            values: [after ?? MAX_BIGINT, limit],
            rowMode: 'array',
          },
    );
    return rows.map(recordedEvent);
  };

  const readStreamPage = async (
    stream: string,
    readOptions: ReadStreamOptions,
  ): Promise<readonly RecordedEvent[]> => {
    const { from, direction = 'forwards', limit = null } = readOptions;
    const rows = await query(
      direction === 'forwards'
        ? {
            name: 'ledger-read-stream-forwards',
            text: `SELECT ${COLUMNS} FROM ledger.events WHERE stream = $1 AND revision >= $2 ORDER BY revision LIMIT $3`,
            values: [stream, from ?? 0, limit],
            rowMode: 'array',
          }
        : {
            name: 'ledger-read-stream-backwards',
            text: `SELECT ${COLUMNS} FROM ledger.events WHERE stream = $1 AND revision <= $2 ORDER BY revision DESC LIMIT $3`,
            values: [stream, from ?? MAX_BIGINT, limit],
            rowMode: 'array',
          },
    );
    return rows.map(recordedEvent);
  };

  const readStreams = async (streams: readonly string[]): Promise<readonly (readonly RecordedEvent[])[]> => {
    const [only, ...others] = streams;
    if (only !== undefined && others.length === 0) return [await readStreamPage(only, {})];
    const rows = await query({
      name: 'ledger-read-streams',
      // OFFSET 0 keeps it one index probe per stream, whatever the planner thinks of the size of `unnest`.
      text: `SELECT ${COLUMNS}, wanted FROM unnest($1::text[]) WITH ORDINALITY AS w (name, wanted)
        CROSS JOIN LATERAL (SELECT * FROM ledger.events WHERE stream = w.name OFFSET 0) e
        ORDER BY wanted, revision`,
      values: [streams],
      rowMode: 'array',
    });
    const answers = streams.map((): RecordedEvent[] => []);
    for (const row of rows) answers[Number(row[8]) - 1]!.push(recordedEvent(row));
    return answers;
  };
  const wholeStreams = new StreamReader((streams) => patiently(() => readStreams(streams)));

  return {
    async append(append) {
      const outcome = await writer.submit(prepareAppend(append, restoring), 'single');
      if (outcome instanceof RevisionConflict) throw outcome;
      return outcome;
    },
    async appendMany(appends) {
      // All are checked before any is sent.
      const prepared = appends.map((append) => prepareAppend(append, restoring));
      return Promise.all(prepared.map((append) => writer.submit(append, 'bulk')));
    },
    readStream: (stream, readOptions) =>
      readOptions === undefined
        ? wholeStreams.read(stream)
        : patiently(() => readStreamPage(stream, readOptions)),
    readAll: (readOptions = {}) => patiently(() => readPage(readOptions)),
    async head() {
      const head = await patiently(readHead);
      return head === 0n ? undefined : head;
    },
    subscribe: (subscription) =>
      follow(
        watch,
        (after, limit) =>
          readPage({ after, limit, ...(subscription.dataOf && { dataOf: subscription.dataOf }) }),
        subscription,
      ),
    close() {
      closing ??= writer
        .close()
        .then(() => watch.close())
        .then(() => pool.end());
      return closing;
    },
  };
}

const MAX_BIGINT = 9_223_372_036_854_775_807n;

function recordedEvent(row: Row): RecordedEvent {
  const [position, stream, revision, id, type, dataText, metadataText, recordedAt] = row;
  const envelope = { stream, revision: Number(revision), position: BigInt(position), id, type };
  const time = instant(recordedAt);
  if (dataText === null || metadataText === null) return withoutData(envelope, time);
  // Rare, and the only case where the text is not what the port gives.
  if (metadataText.includes(RECORDED_AT)) {
    return recorded(envelope, parsed(dataText), parsed(metadataText), time);
  }
  return asStored(envelope, dataText, metadataText, time);
}

function parsed(text: string): JsonObject {
  return JSON.parse(text) as JsonObject;
}

interface Setup {
  readonly version: number | null;
  readonly commit: string;
  readonly isolation: string;
  readonly privileged: boolean;
}

async function checkDatabase(pool: Pool, embedded: boolean): Promise<void> {
  const schema = await pool.query<{ known: boolean }>(
    `SELECT coalesce(has_table_privilege(to_regclass('ledger.schema_version'), 'SELECT'), false) AS known`,
  );
  if (!schema.rows[0]!.known) {
    throw new StoreMisconfigured(
      'schema-version',
      'schema ledger is missing, or this role may not read it: run `enishi migrate`',
    );
  }
  const { rows } = await pool.query<Setup>(`
    SELECT (SELECT max(version) FROM ledger.schema_version) AS version,
      current_setting('synchronous_commit') AS commit,
      current_setting('default_transaction_isolation') AS isolation,
      (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
        OR (SELECT pg_has_role(nspowner, 'MEMBER') FROM pg_namespace WHERE nspname = 'ledger')
        OR has_table_privilege('ledger.events', 'INSERT, UPDATE, DELETE, TRUNCATE')
        OR has_table_privilege('ledger.append_lock', 'INSERT, UPDATE, DELETE, TRUNCATE') AS privileged`);
  const setup = rows[0]!;
  if (setup.version !== LEDGER_SCHEMA_VERSION) {
    throw new StoreMisconfigured(
      'schema-version',
      `schema ledger has version ${setup.version}, this program needs ${LEDGER_SCHEMA_VERSION}: run \`enishi migrate\``,
    );
  }
  if (setup.commit !== 'on' && setup.commit !== 'remote_apply') {
    throw new StoreMisconfigured(
      'synchronous-commit',
      `synchronous_commit is ${setup.commit}: an acknowledged event could be lost; set it to on`,
    );
  }
  if (setup.isolation !== 'read committed') {
    throw new StoreMisconfigured(
      'transaction-isolation',
      `default_transaction_isolation is ${setup.isolation}: set it to read committed`,
    );
  }
  if (setup.privileged && !embedded) {
    throw new StoreMisconfigured(
      'serving-role-privileged',
      'the serving role is a superuser, owns schema ledger or may write its tables: connect as the role given to `enishi migrate`',
    );
  }
}
