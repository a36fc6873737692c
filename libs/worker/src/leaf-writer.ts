import type { Instant } from '@enishi/domain';
import type { EventStore, RecordedEvent } from '@enishi/event-store';
import { writeRows, type Checkpoint, type Columns, type Projection } from '@enishi/projections/engine';
import { leafHash, LeafSequence } from '@enishi/transparency';
import type { ClientBase, Pool } from 'pg';
import { sha256 } from './tree-tables';

const LEAF = {
  number: 'bigint',
  position: 'bigint',
  event_id: 'text',
  recorded_at: 'timestamptz',
  hash: 'bytea',
} as const satisfies Columns;

const tables = `
CREATE TABLE leaf (
  -- The n-th event of the ledger is leaf n, from 1.
  number bigint PRIMARY KEY,
  position bigint NOT NULL UNIQUE,
  event_id text NOT NULL,
  -- Never before the leaf before it, whatever the store's clocks said.
  recorded_at timestamptz NOT NULL,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32)
);
-- Where the last leaf's event stands, to read it again on any engine.
CREATE TABLE last_leaf (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  number bigint NOT NULL,
  stream text NOT NULL,
  revision integer NOT NULL
);`;

/** A leaf that was written is not the leaf of the ledger's event: one of the two was changed. Nothing is served. */
export class LeafMismatch extends Error {
  readonly code = 'leaf-mismatch';
  constructor(
    readonly number: bigint,
    readonly eventId: string,
  ) {
    super(
      `leaf ${number} is not that of event ${eventId} in the ledger: the ledger or the leaves were changed`,
    );
    this.name = 'LeafMismatch';
  }
}

function hashOf(ledger: string, record: RecordedEvent, recordedAt: Instant): Buffer {
  return Buffer.from(leafHash({ ...record, recordedAt, ledger }, sha256));
}

/**
 * Gives every event its leaf: (number, position, event id, recorded time, hash). Recorded is the store's time, or that
 * of the leaf before where it is later: the clock of a new leader may be behind. A projection that opens nothing, run
 * by the same engine; it stands here because the views may not import the tree's functions.
 *
 * @param ledgerId part of what is hashed.
 */
export function leafWriter(ledgerId: string): Projection {
  return {
    name: 'leaves',
    version: 2,
    tables,
    handles: 'all',
    opens: [],
    // A newer server may write events that this one does not know: they are leaves all the same.
    asStored: true,
    subjects: [],
    // Numbers have no gaps: without one leaf there is none after it.
    scopeOf: () => ({ kind: 'all' }),
    async project(entries, db) {
      const before = await lastLeaf(db);
      const fresh = entries.filter(({ record }) => record.position > before.position);
      const last = fresh[fresh.length - 1]?.record;
      if (!last) return;
      const leaves = new LeafSequence(ledgerId, sha256, before.recordedAt);
      const rows = fresh.map(({ record }, index) => {
        const { recordedAt, hash } = leaves.next(record);
        return {
          number: before.number + BigInt(index) + 1n,
          position: record.position,
          event_id: record.id,
          recorded_at: recordedAt,
          hash: `\\x${Buffer.from(hash).toString('hex')}`,
        };
      });
      await writeRows(db, 'leaf', LEAF, ['number'], 'new', rows);
      await db.query(
        `INSERT INTO last_leaf (number, stream, revision) VALUES ($1, $2, $3)
         ON CONFLICT (one) DO UPDATE SET number = EXCLUDED.number, stream = EXCLUDED.stream, revision = EXCLUDED.revision`,
        [(before.number + BigInt(fresh.length)).toString(), last.stream, last.revision],
      );
    },
  };
}

const TIME = '(extract(epoch FROM recorded_at) * 1000)::bigint AS recorded';
const instantOf = (milliseconds: string): Instant => new Date(Number(milliseconds)).toISOString();

async function lastLeaf(
  db: ClientBase,
): Promise<{ readonly number: bigint; readonly position: bigint; readonly recordedAt: Instant }> {
  const { rows } = await db.query<{ number: string; position: string; recorded: string }>(
    `SELECT number, position, ${TIME} FROM leaf ORDER BY number DESC LIMIT 1`,
  );
  const [row] = rows;
  if (!row) return { number: 0n, position: -1n, recordedAt: '' };
  return {
    number: BigInt(row.number),
    position: BigInt(row.position),
    recordedAt: instantOf(row.recorded),
  };
}

/**
 * Compares the last leaf with the event in the ledger, at each start.
 * @throws LeafMismatch when they differ, or the event is gone: the server must not serve.
 */
export async function verifyLastLeaf(
  db: ClientBase | Pool,
  store: Pick<EventStore, 'readStream'>,
  ledgerId: string,
  checkpoint?: Checkpoint,
): Promise<void> {
  const { rows } = await db.query<{
    number: string;
    event_id: string;
    position: string;
    recorded: string;
    hash: Buffer;
    stream: string;
    revision: number;
  }>(
    `SELECT l.number, l.event_id, l.position, ${TIME}, l.hash, h.stream, h.revision
       FROM leaves.last_leaf h JOIN leaves.leaf l ON l.number = h.number`,
  );
  const [row] = rows;
  if (!row) {
    if (checkpoint) throw new LeafMismatch(0n, checkpoint.eventId);
    return;
  }
  const number = BigInt(row.number);
  const [record] = await store.readStream(row.stream, { from: row.revision, limit: 1 });
  const same =
    record !== undefined &&
    record.id === row.event_id &&
    record.position.toString() === row.position &&
    instantOf(row.recorded) >= record.recordedAt &&
    hashOf(ledgerId, record, instantOf(row.recorded)).equals(row.hash) &&
    (checkpoint === undefined || checkpoint.eventId === row.event_id);
  if (!same) throw new LeafMismatch(number, row.event_id);
}

/** The leaf of a number, or of an event's position. */
export async function readLeaf(
  pool: Pool,
  which: { readonly number: bigint } | { readonly position: bigint },
): Promise<
  | {
      readonly number: bigint;
      readonly position: bigint;
      readonly eventId: string;
      readonly recordedAt: Instant;
      readonly hash: Buffer;
    }
  | undefined
> {
  const [column, value] = 'number' in which ? ['number', which.number] : ['position', which.position];
  const { rows } = await pool.query<{
    number: string;
    position: string;
    event_id: string;
    recorded: string;
    hash: Buffer;
  }>(`SELECT number, position, event_id, ${TIME}, hash FROM leaves.leaf WHERE ${column} = $1`, [
    value.toString(),
  ]);
  const [row] = rows;
  return (
    row && {
      number: BigInt(row.number),
      position: BigInt(row.position),
      eventId: row.event_id,
      recordedAt: instantOf(row.recorded),
      hash: row.hash,
    }
  );
}
