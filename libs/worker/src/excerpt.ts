import type { BundleScope, StreamLine } from '@enishi/bundle';
import type { Instant } from '@enishi/domain';
import type { EventStore } from '@enishi/event-store';
import type { LeafRange } from '@enishi/transparency';
import type { Pool, PoolClient } from 'pg';
import { leafOf, readLeaves, type ExcerptLeaf, type LeafPlace } from './excerpt-reading';
import { chooseLeaves, isInScopeBehind } from './excerpt-streams';
import { runsOf } from './leaf-runs';

/** Leaves of a ledger under a checkpoint, to be read as often as is wanted; nothing of them is kept in memory. */
export interface Excerpt {
  /** How many. */
  readonly leaves: number;
  /** In the order of the leaves. */
  pages(): AsyncGenerator<readonly ExcerptLeaf[]>;
  /** Runs of neighbours, in order. */
  runs(longest: number): AsyncGenerator<LeafRange>;
  /** Streams that are complete, by name; of a whole ledger none is named. */
  streams(): AsyncGenerator<readonly StreamLine[]>;
  /** Leaves of the streams `alumnus-<id>`, some people after the other, by id. */
  people(): AsyncGenerator<readonly ExcerptLeaf[]>;
  /** Lets go of the connection that it holds. */
  close(): Promise<void>;
}

export interface ExcerptOptions {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly ledgerId: string;
  readonly scope: BundleScope;
  /** Leaves of the checkpoint. */
  readonly size: number;
  /** Whether the streams come too that say who the people are. */
  readonly withPeople: boolean;
}

const PAGE = 500;
/** People whose streams are read at once. */
const PEOPLE = 100;
const NUMBERS = 5000;

const PLACE = `l.number, l.position, l.event_id, (extract(epoch FROM l.recorded_at) * 1000)::bigint AS recorded`;

interface PlaceRow {
  readonly number: string;
  readonly position: string;
  readonly event_id: string;
  readonly recorded: string;
  readonly stream: string;
  readonly revision: number;
}

/**
 * The leaves that a bundle of this scope has: every event of the ledger, or whole streams. Where streams are chosen, it
 * holds one connection until it is closed; views and leaves must have passed the checkpoint.
 *
 * @returns `not-covered` where nothing in scope is covered by the checkpoint, and something is behind it
 * @throws StreamIncomplete
 */
export async function openExcerpt(options: ExcerptOptions): Promise<Excerpt | 'not-covered'> {
  const { pool, store, scope, size, withPeople } = options;
  if (scope.of === 'ledger') return new WholeLedger(options);
  const db = await pool.connect();
  try {
    const leaves = await chooseLeaves(db, store, { scope, size, withPeople });
    if (leaves > 0 || !(await isInScopeBehind(db, { scope, size })))
      return new ChosenStreams(options, db, leaves);
    db.release(true);
    return 'not-covered';
  } catch (error) {
    db.release(true);
    throw error;
  }
}

class ChosenStreams implements Excerpt {
  constructor(
    private readonly options: ExcerptOptions,
    private readonly db: PoolClient,
    readonly leaves: number,
  ) {}

  async *pages(): AsyncGenerator<readonly ExcerptLeaf[]> {
    for (let after = '0'; ;) {
      const { rows } = await this.db.query<PlaceRow>(
        `SELECT ${PLACE}, b.stream, b.revision FROM excerpt_leaf b JOIN leaves.leaf l USING (number)
          WHERE b.number > $1 ORDER BY b.number LIMIT $2`,
        [after, PAGE],
      );
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.number;
      yield await this.read(rows);
    }
  }

  async *runs(longest: number): AsyncGenerator<LeafRange> {
    yield* runsOf(this.numbers(), longest);
  }

  async *streams(): AsyncGenerator<readonly StreamLine[]> {
    for (let after = ''; ;) {
      const { rows } = await this.db.query<StreamLine>(
        `SELECT events, stream FROM excerpt_stream WHERE stream > $1 AND events > 0 ORDER BY stream LIMIT $2`,
        [after, PAGE],
      );
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.stream;
      yield rows;
    }
  }

  async *people(): AsyncGenerator<readonly ExcerptLeaf[]> {
    for (let after = 'alumnus-'; ;) {
      const { rows } = await this.db.query<PlaceRow>(
        `WITH chosen AS (
           SELECT stream FROM excerpt_stream
            WHERE stream > $1 AND starts_with(stream, 'alumnus-') AND events > 0 ORDER BY stream LIMIT $2)
         SELECT ${PLACE}, b.stream, b.revision FROM chosen
           JOIN excerpt_leaf b USING (stream) JOIN leaves.leaf l USING (number) ORDER BY b.number`,
        [after, PEOPLE],
      );
      if (rows.length === 0) return;
      after = rows.reduce((last, { stream }) => (stream > last ? stream : last), after);
      yield await this.read(rows);
    }
  }

  async close(): Promise<void> {
    // The connection goes with its tables.
    this.db.release(true);
  }

  private async *numbers(): AsyncGenerator<readonly number[]> {
    for (let after = '0'; ;) {
      const { rows } = await this.db.query<{ number: string }>(
        'SELECT number FROM excerpt_leaf WHERE number > $1 ORDER BY number LIMIT $2',
        [after, NUMBERS],
      );
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.number;
      yield rows.map(({ number }) => Number(number) - 1);
    }
  }

  private async read(rows: readonly PlaceRow[]): Promise<readonly ExcerptLeaf[]> {
    const { pool, store, ledgerId } = this.options;
    const places = rows.map(placeOf);
    const before = await pool.query<{ position: string }>(
      'SELECT position FROM leaves.leaf WHERE number = $1 - 1',
      [rows[0]!.number],
    );
    const position = before.rows[0]?.position;
    return readLeaves(store, ledgerId, places, position === undefined ? undefined : BigInt(position));
  }
}

/** Every leaf up to the checkpoint. */
class WholeLedger implements Excerpt {
  readonly leaves: number;

  constructor(private readonly options: ExcerptOptions) {
    this.leaves = options.size;
  }

  async *pages(): AsyncGenerator<readonly ExcerptLeaf[]> {
    const { pool, store, ledgerId, size } = this.options;
    let before: bigint | undefined;
    for (let done = 0; done < size;) {
      const records = await store.readAll({
        limit: Math.min(PAGE, size - done),
        ...(before !== undefined && { after: before }),
      });
      const { rows } = await pool.query<Omit<PlaceRow, 'stream' | 'revision'>>(
        `SELECT ${PLACE} FROM leaves.leaf l WHERE number > $1 AND number <= $2 ORDER BY number`,
        [done, done + records.length],
      );
      if (rows.length === 0) throw new Error(`the ledger or its leaves end at ${done}, not at ${size}`);
      yield rows.map((row, at) => leafOf(ledgerId, timedOf(row), records[at]));
      before = BigInt(rows.at(-1)!.position);
      done += rows.length;
    }
  }

  async *runs(longest: number): AsyncGenerator<LeafRange> {
    const { size } = this.options;
    for (let from = 0; from < size; from += longest) yield { from, to: Math.min(from + longest, size) };
  }

  async *streams(): AsyncGenerator<never> {}

  async *people(): AsyncGenerator<never> {}

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function placeOf(row: PlaceRow): LeafPlace {
  const { stream, revision } = row;
  return { ...timedOf(row), position: BigInt(row.position), stream, revision };
}

function timedOf(row: Pick<PlaceRow, 'number' | 'event_id' | 'recorded'>) {
  const recordedAt: Instant = new Date(Number(row.recorded)).toISOString();
  return { number: BigInt(row.number), eventId: row.event_id, recordedAt };
}
