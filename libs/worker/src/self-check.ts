import { CHECKPOINT_STREAM, type Ledger } from '@enishi/application/ledger';
import type { Position, RecordedEvent } from '@enishi/event-store';
import { ahead } from '@enishi/projections/engine';
import {
  keysBehind,
  LedgerTree,
  readCheckpoint,
  sameHash,
  signedUnder,
  writeNoteKey,
  type KeyInForce,
} from '@enishi/transparency';
import type { Pool } from 'pg';
import { ledgerKeys } from './signing-keys';
import { newestHead, noteTools, sha256 } from './tree-tables';

/** Something that is not what the events come to. */
export interface Difference {
  /**
   * `leaf`: the row of a leaf, counted from 1. `node`: a node of the tree, by the last leaf below it. `head`,
   * `checkpoint`, `event`: a head, the signed note over it, the event about it, by its number of leaves. `events`: the
   * ledger ends before the tree does, at the first leaf that is missing.
   */
  readonly at: 'leaf' | 'node' | 'head' | 'checkpoint' | 'event' | 'events';
  readonly number: number;
}

/** What a self-check found. */
export interface SelfCheck {
  /** Events that were read. */
  readonly leaves: number;
  /** Of their tree; hex. */
  readonly root: string;
  /** How many were checked. */
  readonly checkpoints: number;
  /** How many differences there are. */
  readonly found: number;
  /** The first hundred. */
  readonly differences: readonly Difference[];
}

const PAGE = 1000;
const SHOWN = 100;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/**
 * Computes the tree anew from the events in the ledger, and compares every leaf, node, head and checkpoint with it. Changes
 * nothing. What is appended meanwhile is left to the next one.
 *
 * @param onProgress told of events read and of how many there are
 */
export async function selfCheck(
  { store, vault }: Pick<Ledger, 'store' | 'vault'>,
  pool: Pool,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<SelfCheck> {
  const grown = (await newestHead(pool))?.size ?? 0;
  const written = await pool.query<{ last: string | null }>('SELECT max(number) AS last FROM leaves.leaf');
  const total = Math.max(grown, Number(written.rows[0]!.last));
  const { chain, broken } = await chainOf({ vault }, pool);
  const check = new Checking(pool, vault.ledgerId, chain, grown);
  for await (const page of ahead(pagesOf(store, total))) {
    await check.page(page);
    onProgress(check.size, total);
  }
  return check.end(total, broken);
}

/** The keys that the first one leads to, and the changes, by their leaves, that lead to no key of the ledger. */
async function chainOf(
  ledger: Pick<Ledger, 'vault'>,
  pool: Pool,
): Promise<{ readonly chain: readonly KeyInForce[]; readonly broken: readonly number[] }> {
  const [first, ...later] = await ledgerKeys(ledger, pool);
  const changed = later.filter(({ change }) => change !== undefined);
  const chain = keysBehind(
    first!.key,
    changed.map(({ change }) => change!),
    noteTools,
  );
  const led = new Set(chain.map(({ key }) => writeNoteKey(key, sha256)));
  return { chain, broken: changed.filter(({ line }) => !led.has(line)).map(({ since }) => since!) };
}

/** The first events of the ledger, at most so many. */
async function* pagesOf(store: Ledger['store'], total: number): AsyncGenerator<readonly RecordedEvent[]> {
  let after: Position | undefined;
  for (let read = 0; read < total;) {
    const limit = Math.min(PAGE, total - read);
    const page = await store.readAll({ limit, ...(after !== undefined && { after }) });
    if (page.length === 0) return;
    read += page.length;
    after = page.at(-1)!.position;
    yield page;
  }
}

class Checking {
  private readonly tree: LedgerTree;
  private readonly differences: Difference[] = [];
  private found = 0;
  private checkpoints = 0;

  constructor(
    private readonly pool: Pool,
    ledgerId: string,
    private readonly keys: readonly KeyInForce[],
    /** Up to where nodes must be there. */
    private readonly grown: number,
  ) {
    this.tree = new LedgerTree(ledgerId, sha256);
  }

  get size(): number {
    return Number(this.tree.size);
  }

  async page(events: readonly RecordedEvent[]): Promise<void> {
    const from = this.size;
    const [leaves, nodes, heads] = await Promise.all([
      this.rows<{ event_id: string; hash: Buffer }>(
        'SELECT number, event_id, hash FROM leaves.leaf WHERE number > $1 AND number <= $2',
        [from, from + events.length],
      ),
      this.nodesBelow(from, from + events.length),
      this.rows<{ root: Buffer; note: string | null }>(
        `SELECT size AS number, root, note FROM app.tree_heads LEFT JOIN app.checkpoints USING (size)
          WHERE size > $1 AND size <= $2`,
        [from, from + events.length],
      ),
    ]);
    for (const event of events) {
      const number = this.size + 1;
      const { hash } = this.tree.add(event, (level, root) => {
        if (number > this.grown) return;
        const node = nodes.get(`${level}/${number}`);
        this.expect(node !== undefined && sameHash(node, root), 'node', number);
      });
      const leaf = leaves.get(number);
      this.expect(leaf?.event_id === event.id && sameHash(leaf.hash, hash), 'leaf', number);
      const head = heads.get(number);
      if (head) this.head(number, head.root, head.note);
    }
    await this.statements(events);
  }

  end(total: number, brokenChanges: readonly number[]): SelfCheck {
    for (const size of brokenChanges) this.expect(false, 'checkpoint', size);
    this.expect(this.size >= total, 'events', this.size + 1);
    const { size: leaves, checkpoints, found, differences } = this;
    return { leaves, root: hex(this.tree.root), checkpoints, found, differences };
  }

  private head(size: number, root: Uint8Array, note: string | null): void {
    this.expect(sameHash(root, this.tree.root), 'head', size);
    if (note === null) return;
    this.checkpoints += 1;
    this.expect(this.isSigned(note, size), 'checkpoint', size);
  }

  private isSigned(text: string, size: number): boolean {
    try {
      const { checkpoint } = readCheckpoint(text);
      const isHead = checkpoint.size === size && sameHash(checkpoint.root, this.tree.root);
      return isHead && 'by' in signedUnder(this.keys, text, noteTools);
    } catch {
      return false;
    }
  }

  /** What the ledger says of checkpoints must be what was signed. */
  private async statements(events: readonly RecordedEvent[]): Promise<void> {
    const stated = events.filter(({ stream }) => stream === CHECKPOINT_STREAM);
    const sizes = stated.map(({ data }) => Number(data['size']));
    const signed = await this.rows<{ root: Buffer; note: string | null }>(
      `SELECT size AS number, root, note FROM app.tree_heads LEFT JOIN app.checkpoints USING (size)
        WHERE size = ANY ($1)`,
      [sizes],
    );
    stated.forEach(({ data }, at) => {
      const found = signed.get(sizes[at]!);
      const said =
        found !== undefined && hex(found.root) === data['root'] && nextKeyIn(found.note) === data['key'];
      this.expect(said, 'event', sizes[at]!);
    });
  }

  /** Nodes by level and by the last leaf below them. */
  private async nodesBelow(from: number, to: number): Promise<ReadonlyMap<string, Buffer>> {
    const { rows } = await this.pool.query<{ level: number; last: string; hash: Buffer }>(
      `SELECT level, last, hash FROM generate_series(1, 7) AS levels (span),
         LATERAL (SELECT level, (number + 1) * (256::numeric ^ level) AS last, hash FROM app.tree_nodes
           WHERE level = span AND number >= $1::bigint / (256::numeric ^ span)::bigint
             AND number < $2::bigint / (256::numeric ^ span)::bigint) nodes`,
      [from, to],
    );
    return new Map(rows.map(({ level, last, hash }) => [`${level}/${Number(last)}`, hash]));
  }

  private async rows<T>(query: string, values: readonly unknown[]): Promise<ReadonlyMap<number, T>> {
    const { rows } = await this.pool.query<T & { number: string }>(query, [...values]);
    return new Map(rows.map((row) => [Number(row.number), row]));
  }

  private expect(holds: boolean, at: Difference['at'], number: number): void {
    if (holds) return;
    this.found += 1;
    if (this.differences.length < SHOWN) this.differences.push({ at, number });
  }
}

function nextKeyIn(note: string | null): string | undefined {
  try {
    return note === null ? undefined : readCheckpoint(note).checkpoint.nextKey;
  } catch {
    return undefined;
  }
}
