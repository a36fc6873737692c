import { readCheckpoint } from './checkpoint';
import type { Hash } from './leaf';
import { Malformed, readNoteKey, signersOf, writeNoteKey, type NoteKey, type VerifyEd25519 } from './note';

/** What signatures are checked with. */
export interface NoteTools {
  readonly hash: Hash;
  readonly verify: VerifyEd25519;
}

/** A key that signs a log's checkpoints, and how long. */
export interface KeyInForce {
  readonly key: NoteKey;
  /** Leaves of the checkpoint that changed it: it signed that one, and none of more leaves. Absent: it still signs. */
  readonly until?: number;
}

/**
 * The keys that one key leads to. A change is a checkpoint that names the new key in its text and that both keys signed:
 * so the holder of the old one said which is the new one, and the holder of the new one that it is his.
 *
 * @param first the key that is trusted
 * @param changes signed checkpoints, in any order; those that do not begin at a key of the chain are passed over
 * @returns the chain, the key that is trusted first
 * @throws Malformed for a change that is no checkpoint
 */
export function keysBehind(
  first: NoteKey,
  changes: readonly string[],
  tools: NoteTools,
): readonly KeyInForce[] {
  const read = changes.map((change) => readCheckpoint(change));
  const chain: { key: NoteKey; until?: number }[] = [{ key: first }];
  const seen = new Set([writeNoteKey(first, tools.hash)]);
  for (let last = chain[0]; last !== undefined;) {
    const { key } = last;
    const change = read.find(({ checkpoint, note }) => {
      const next = checkpoint.origin === key.name ? nextKeyOf(checkpoint.nextKey, tools.hash) : undefined;
      if (next === undefined || next.name !== key.name || seen.has(checkpoint.nextKey!)) return false;
      return signersOf(note, [key, next], tools)?.length === 2;
    });
    if (change === undefined) break;
    last.until = change.checkpoint.size;
    last = { key: readNoteKey(change.checkpoint.nextKey!, tools.hash) };
    chain.push(last);
    seen.add(change.checkpoint.nextKey!);
  }
  return chain;
}

/**
 * Who of a chain signed a checkpoint, or what is wrong: `unsigned`: none of its keys did; `wrong`: a signature that names
 * one of them is not that key's; `replaced`: only keys that no longer signed when it had so many leaves.
 */
export type Signed = { readonly by: NoteKey } | { readonly fault: 'unsigned' | 'wrong' | 'replaced' };

/**
 * Whether a checkpoint is signed by a key of the chain that was in force, and by which (the newest of them).
 * @throws Malformed where it is no checkpoint
 */
export function signedUnder(chain: readonly KeyInForce[], text: string, tools: NoteTools): Signed {
  const { checkpoint, note } = readCheckpoint(text);
  const signers = signersOf(
    note,
    chain.map(({ key }) => key),
    tools,
  );
  if (signers === undefined) return { fault: 'wrong' };
  const own = chain.filter(({ key }) => signers.includes(key) && key.name === checkpoint.origin);
  const inForce = own.filter(({ until }) => until === undefined || checkpoint.size <= until).at(-1);
  if (inForce) return { by: inForce.key };
  return { fault: own.length > 0 ? 'replaced' : 'unsigned' };
}

function nextKeyOf(line: string | undefined, hash: Hash): NoteKey | undefined {
  try {
    return line === undefined ? undefined : readNoteKey(line, hash);
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/**
 * Signed notes that stand one behind the other in a text, with an empty line between them.
 * @example notesIn(await (await fetch('https://enishi.example.jp/checkpoint/changes')).text())
 */
export function notesIn(text: string): readonly string[] {
  return text.match(/(?:[^\n]+\n)+\n(?:— [^\n]+\n)+/g) ?? [];
}
