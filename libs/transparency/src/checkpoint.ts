import { fromBase64, toBase64 } from './base64';
import { Malformed, readNote, type SignedNote } from './note';
import type { TreeHead } from './proof';

/** The signed head of a tree: how many leaves it has, and its root. */
export interface Checkpoint extends TreeHead {
  /** Which log it is of. */
  readonly origin: string;
  /** Where it changes the log's key: the new one, as one line (a vkey). It signs this checkpoint too. */
  readonly nextKey?: string;
}

/** What stands before the new key in the text of a checkpoint that changes the key. */
const NEXT_KEY = 'next-key ';

/**
 * The text of a checkpoint, which is signed as a note: origin, size, root in base64 (C2SP tlog-checkpoint), and the new
 * key where it changes. That line must be in the text: a signature says nothing about signatures beside it.
 */
export function checkpointText({ origin, size, root, nextKey }: Checkpoint): string {
  const change = nextKey === undefined ? '' : `${NEXT_KEY}${nextKey}\n`;
  return `${origin}\n${size}\n${toBase64(root)}\n${change}`;
}

/**
 * Reads a signed checkpoint; its signatures are for {@link signersOf} to check. Of the lines
 * behind the root (extensions), those that are not known are passed over.
 * @throws Malformed
 */
export function readCheckpoint(note: string): { readonly checkpoint: Checkpoint; readonly note: SignedNote } {
  const signed = readNote(note);
  const [origin = '', digits = '', encoded = '', ...more] = signed.text.split('\n');
  const root = fromBase64(encoded);
  const size = Number(digits);
  const isHead = origin !== '' && /^(0|[1-9]\d*)$/.test(digits) && Number.isSafeInteger(size);
  if (!isHead || root?.length !== 32)
    throw new Malformed('checkpoint-malformed', 'not a checkpoint: origin, number of leaves and root');
  const nextKey = more.find((line) => line.startsWith(NEXT_KEY))?.slice(NEXT_KEY.length);
  return { checkpoint: { origin, size, root, ...(nextKey !== undefined && { nextKey }) }, note: signed };
}
