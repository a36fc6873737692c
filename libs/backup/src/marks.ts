import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing, lastShred, readShreds, undoneShreds, writeDurably } from '@enishi/vault';
import { createHash } from 'node:crypto';
import type { EventStore } from '@enishi/event-store';
import { leafHash } from '@enishi/transparency';
import type { ClientBase } from 'pg';
import { BackupError } from './errors';

/** The last leaf of a ledger, and where its event stands in any engine. */
export interface LastLeaf {
  readonly leaves: number;
  /** Hex. */
  readonly hash: string;
  readonly stream: string;
  readonly revision: number;
  readonly recordedAt: string;
}

/** How far ledger and vault had come, kept outside both: what is put back from before is known by it. */
export interface Marks {
  readonly ledger: string;
  readonly leaf?: LastLeaf;
  /** Number of the last key that was made. */
  readonly keys: number;
  /** Number of the last entry in the list of destroyed keys. */
  readonly shreds: number;
}

type Db = Pick<ClientBase, 'query'>;

/** Where the marks of a ledger are, and what they are of. */
interface Place {
  readonly directory: string;
  readonly ledgerId: string;
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const fileOf = ({ directory, ledgerId }: Place): string => join(directory, `${ledgerId}.marks.json`);

/** @throws BackupError `marks-missing` where the file is no marks */
export async function readMarks(place: Place): Promise<Marks | undefined> {
  try {
    const marks = JSON.parse(await readFile(fileOf(place), 'utf8')) as Marks;
    if (marks.ledger === place.ledgerId && Number.isInteger(marks.keys)) return marks;
  } catch (error) {
    if (isMissing(error)) return undefined;
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw marksMissing(place.directory, 'The marks outside the databases are damaged.');
}

/** Writes marks, whatever stood there. */
export async function writeMarks(place: Place, marks: Marks): Promise<void> {
  await writeDurably(fileOf(place), `${JSON.stringify(marks)}\n`);
}

/** Brings the marks up to where ledger and vault are now; they never go back by this. */
export async function raiseMarks(db: Db, place: Place): Promise<Marks> {
  const before = await readMarks(place);
  const keys = await lastKey(db);
  const leaf = await lastLeaf(db);
  const shreds = lastShred(await readShreds(place.directory, place.ledgerId));
  // A commit that is durable makes durable what was numbered before it: no power cut takes the number back.
  await db.query('UPDATE vault.ledger SET outside_since = coalesce(outside_since, clock_timestamp())');
  const higher = leaf && leaf.leaves > (before?.leaf?.leaves ?? 0) ? leaf : before?.leaf;
  const marks: Marks = {
    ledger: place.ledgerId,
    ...(higher && { leaf: higher }),
    keys: Math.max(keys, before?.keys ?? 0),
    shreds: Math.max(shreds, before?.shreds ?? 0),
  };
  if (JSON.stringify(marks) !== JSON.stringify(before)) await writeMarks(place, marks);
  return marks;
}

/**
 * Compares ledger and vault with the marks and the list of destroyed keys, before anything is served.
 * @throws BackupError `restore-unfinished`, `marks-missing`, `vault-older`, `ledger-shorter`
 */
export async function checkMarks(db: Db, store: Pick<EventStore, 'readStream'>, place: Place): Promise<void> {
  const { rows } = await db.query<{ since: Date | null; restoring: string | null }>(
    'SELECT outside_since AS since, restoring FROM vault.ledger',
  );
  const [ledger] = rows;
  // A vault that is not furnished yet has nothing to compare.
  if (!ledger) return;
  if (ledger.restoring !== null) {
    throw new BackupError(
      'restore-unfinished',
      'A restore into this database was not finished.',
      'Run the same `enishi restore` again: it goes on where it stopped.',
    );
  }
  const marks = await readMarks(place);
  if (!marks && ledger.since !== null) throw marksMissing(place.directory);
  const shreds = await readShreds(place.directory, place.ledgerId);
  if (marks && marks.shreds > lastShred(shreds)) {
    throw marksMissing(place.directory, 'The list of destroyed keys is shorter than it was.');
  }
  const undone = await undoneShreds(db, shreds);
  if (undone > 0 || (marks && (await lastKey(db)) < marks.keys)) {
    throw new BackupError(
      'vault-older',
      undone > 0
        ? `The vault is older than the list of destroyed keys: it still has ${undone} of them.`
        : 'The vault is older than the marks outside it.',
      'Run `enishi restore --apply`: it destroys them again before anything is served.',
    );
  }
  if (marks?.leaf && !(await stands(store, place.ledgerId, marks.leaf))) {
    throw new BackupError(
      'ledger-shorter',
      `The ledger does not have leaf ${marks.leaf.leaves}, which it had.`,
      'Put the newer ledger back; where it is lost, run `enishi restore --apply --accept-loss`.',
    );
  }
}

/** Whether the ledger has this leaf. */
export async function stands(
  store: Pick<EventStore, 'readStream'>,
  ledger: string,
  { stream, revision, recordedAt, hash }: LastLeaf,
): Promise<boolean> {
  const [record] = await store.readStream(stream, { from: revision, limit: 1 });
  if (record?.revision !== revision) return false;
  return Buffer.from(leafHash({ ...record, recordedAt, ledger }, sha256)).toString('hex') === hash;
}

/** The number of the last key made. */
export async function lastKey(db: Db): Promise<number> {
  const { rows } = await db.query<{ last: number | null }>(
    `SELECT pg_sequence_last_value('vault.keys_number_seq')::float8 AS last`,
  );
  return rows[0]?.last ?? 0;
}

/** The last leaf written by the worker; none before the first, or while leaves are built anew. */
async function lastLeaf(db: Db): Promise<LastLeaf | undefined> {
  const { rows: there } = await db.query<{ there: boolean }>(
    `SELECT to_regclass('leaves.last_leaf') IS NOT NULL AS there`,
  );
  if (!there[0]!.there) return undefined;
  const { rows } = await db.query<LastLeaf & { readonly recorded: string }>(
    `SELECT l.number::float8 AS leaves, encode(l.hash, 'hex') AS hash, h.stream, h.revision,
       (extract(epoch FROM l.recorded_at) * 1000)::bigint AS recorded
     FROM leaves.last_leaf h JOIN leaves.leaf l USING (number)`,
  );
  const [row] = rows;
  if (!row) return undefined;
  const { leaves, hash, stream, revision, recorded } = row;
  return { leaves, hash, stream, revision, recordedAt: new Date(Number(recorded)).toISOString() };
}

function marksMissing(directory: string, what?: string): BackupError {
  return new BackupError(
    'marks-missing',
    what ?? `The list of destroyed keys and the marks of this ledger are not in ${directory}.`,
    'Put the folder back, or point ENISHI_SHREDS at it; without it erased people could come back unseen.',
  );
}
