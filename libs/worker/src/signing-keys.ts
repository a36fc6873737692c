import type { Ledger } from '@enishi/application/ledger';
import { readCheckpoint, writeNoteKey, type NoteKey } from '@enishi/transparency';
import type { ClientBase, Pool } from 'pg';
import { sha256 } from './tree-tables';

/** A key of the ledger, and what it is for now. */
export interface LedgerKey {
  /** From 1, in the order in which they were drawn. */
  readonly number: number;
  readonly key: NoteKey;
  /** The key as one line of text (a vkey of C2SP signed-note). */
  readonly line: string;
  /** `waiting`: drawn, and no checkpoint says so yet. `replaced`: it signed once, and nothing any more. */
  readonly state: 'waiting' | 'current' | 'replaced';
  /** Leaves of the checkpoint from which it signs. Absent: from the first one, or it waits. */
  readonly since?: number;
  /** That checkpoint, word for word: the key before signed it too. */
  readonly change?: string;
  /** Since when nobody can sign under it. */
  readonly destroyedAt?: string;
}

type Db = ClientBase | Pool;
type Keys = Pick<Ledger, 'vault'>;

/** The name under which a ledger signs, which is its checkpoints' origin too: it lasts as long as the ledger. */
function originOf(ledgerId: string): string {
  return `enishi/${ledgerId}`;
}

/** Checkpoints that changed the key, word for word, the oldest first. */
export async function keyChanges(db: Db): Promise<readonly string[]> {
  const { rows } = await db.query<{ note: string }>('SELECT note FROM app.key_changes ORDER BY number');
  return rows.map(({ note }) => note);
}

/** Every key of the ledger, the oldest first. One at most waits, behind all others. */
export async function ledgerKeys({ vault }: Keys, db: Db): Promise<readonly LedgerKey[]> {
  const drawn = await vault.signing.list();
  const changes = await keyChanges(db);
  return drawn.map(({ number, publicKey, destroyedAt }) => {
    const key = { name: originOf(vault.ledgerId), publicKey };
    const change = changes[number - 2];
    return {
      ...{ number, key, line: writeNoteKey(key, sha256), state: stateOf(number, changes.length + 1) },
      ...(change !== undefined && { change, since: readCheckpoint(change).checkpoint.size }),
      ...(destroyedAt !== undefined && { destroyedAt }),
    };
  });
}

function stateOf(number: number, current: number): LedgerKey['state'] {
  if (number === current) return 'current';
  return number < current ? 'replaced' : 'waiting';
}

/** The key that signs now. */
export async function currentKey(ledger: Keys, db: Db): Promise<LedgerKey> {
  return (await ledgerKeys(ledger, db)).find(({ state }) => state === 'current')!;
}

/**
 * Draws the next key. The sealer makes it the one that signs, with its next checkpoint, which is due at once; until
 * then, asking again answers the same key.
 */
export async function drawNextKey(ledger: Keys, db: Db): Promise<LedgerKey> {
  const { number } = await currentKey(ledger, db);
  await ledger.vault.signing.draw(number + 1);
  return (await ledgerKeys(ledger, db)).find((key) => key.number === number + 1)!;
}
