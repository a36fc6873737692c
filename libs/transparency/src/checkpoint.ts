import { fromBase64, toBase64 } from './base64';
import { Malformed, readNote, type SignedNote } from './note';
import type { TreeHead } from './proof';

/** The signed head of a tree: how many leaves it has, and its root. */
export interface Checkpoint extends TreeHead {
  /** Which log it is of. */
  readonly origin: string;
}

/** The text of a checkpoint, which is signed as a note: origin, size, root in base64 (C2SP tlog-checkpoint). */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/**
 * Reads a signed checkpoint; its signatures are for {@link signersOf} to check. Lines behind the root are extensions,
 * and passed over.
 * @throws Malformed
 */
export function readCheckpoint(note: string): { readonly checkpoint: Checkpoint; readonly note: SignedNote } {
  const signed = readNote(note);
  const [origin = '', digits = '', encoded = ''] = signed.text.split('\n');
  const root = fromBase64(encoded);
  const size = Number(digits);
  const isHead = origin !== '' && /^(0|[1-9]\d*)$/.test(digits) && Number.isSafeInteger(size);
  if (!isHead || root?.length !== 32)
    throw new Malformed('checkpoint-malformed', 'not a checkpoint: origin, number of leaves and root');
  return { checkpoint: { origin, size, root }, note: signed };
}
