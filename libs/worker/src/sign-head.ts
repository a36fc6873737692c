import { CHECKPOINT_STREAM, createdId, eventId, type Ledger } from '@enishi/application/ledger';
import {
  checkpointText,
  noteKeyId,
  writeNote,
  type NoteSignature,
  type TreeHead,
} from '@enishi/transparency';
import type { Pool, PoolClient } from 'pg';
import { ledgerKeys, type LedgerKey } from './signing-keys';
import { sha256 } from './tree-tables';

/** Key of the advisory lock under which checkpoints are signed. */
const SIGNING_LOCK = 7_301_002;

/**
 * Signs a head and keeps the note; where a key waits, both sign, and it is in force from there on. Keys are read and the
 * note kept in one turn, so that a sealer that was overtaken does not sign under a key that was replaced meanwhile.
 */
export async function signHead(ledger: Ledger, pool: Pool, head: TreeHead): Promise<void> {
  const db = await pool.connect();
  try {
    await db.query('BEGIN');
    await db.query('SELECT pg_advisory_xact_lock($1)', [SIGNING_LOCK]);
    const { rows } = await db.query<{ last: string | null }>('SELECT max(size) AS last FROM app.checkpoints');
    if (Number(rows[0]!.last) < head.size) await signOnce(ledger, db, head);
    await db.query('COMMIT');
  } catch (error) {
    await db.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    db.release();
  }
}

async function signOnce(ledger: Ledger, db: PoolClient, head: TreeHead): Promise<void> {
  const keys = await ledgerKeys(ledger, db);
  const current = keys.find(({ state }) => state === 'current')!;
  const next = keys.find(({ state }) => state === 'waiting');
  const text = checkpointText({ origin: current.key.name, ...head, ...(next && { nextKey: next.line }) });
  const note = await signNote(ledger, next ? [current, next] : [current], text);
  const id = eventId(checkpointCommandId(ledger.vault.ledgerId, head), CHECKPOINT_STREAM, 0);
  const insert = 'INSERT INTO app.checkpoints (size, note, event_id) VALUES ($1, $2, $3)';
  await db.query(insert, [head.size, note, id]);
  if (next === undefined) return;
  const change = 'INSERT INTO app.key_changes (number, size, note) VALUES ($1, $2, $3)';
  await db.query(change, [next.number, head.size, note]);
}

/**
 * A note signed under keys of the ledger, in the order given.
 * @param text ends with a newline
 */
export async function signNote(
  { vault }: Pick<Ledger, 'vault'>,
  keys: readonly LedgerKey[],
  text: string,
): Promise<string> {
  const signatures: NoteSignature[] = [];
  for (const { number, key } of keys) {
    const signer = await vault.signing.signer(number);
    const signature = signer.sign(new TextEncoder().encode(text));
    signatures.push({ name: key.name, keyId: noteKeyId(key, sha256), signature });
  }
  return writeNote({ text, signatures });
}

/** The command behind a checkpoint's event: whoever makes it again makes the same. */
export function checkpointCommandId(ledgerId: string, { size, root }: TreeHead): string {
  return createdId(ledgerId, `checkpoint/${size}/${Buffer.from(root).toString('hex')}`);
}
