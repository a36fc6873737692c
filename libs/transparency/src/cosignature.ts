import { toBase64 } from './base64';
import type { NoteTools } from './key-chain';
import { noteKeyId, type NoteKey, type SignedNote } from './note';

/** That a witness saw a log's checkpoint go on from every one that it saw before, and when. */
export interface Cosignature {
  readonly witness: NoteKey;
  /** Seconds since 1970, by the witness's clock. */
  readonly at: number;
}

const TIME_BYTES = 8;
const SIGNATURE_BYTES = 64;
/** The last second that a date can name (ECMA-262, "Time Values"). */
const LAST_SECOND = 8_640_000_000_000n;

/**
 * What a witness signs: a time, and the text of the checkpoint (C2SP tlog-cosignature, "Ed25519 signed message").
 * @param at seconds since 1970
 * @param text of the note, with the newline at its end
 */
export function cosignedText(at: number, text: string): string {
  return `cosignature/v1\ntime ${at}\n${text}`;
}

/**
 * Which of the witnesses cosigned the note. Lines of others are passed over.
 * @returns undefined where a line that names a witness is not that witness's: it is forged, or was changed
 */
export function cosignaturesOf(
  note: SignedNote,
  witnesses: readonly NoteKey[],
  { hash, verify }: NoteTools,
): readonly Cosignature[] | undefined {
  const found: Cosignature[] = [];
  for (const witness of witnesses) {
    const id = toBase64(noteKeyId(witness, hash, 'cosignature'));
    const lines = note.signatures.filter(
      ({ name, keyId }) => name === witness.name && toBase64(keyId) === id,
    );
    for (const { signature } of lines) {
      const at = timeOf(signature);
      const text = at === undefined ? undefined : new TextEncoder().encode(cosignedText(at, note.text));
      if (!text || !verify(witness.publicKey, text, signature.slice(TIME_BYTES))) return undefined;
      found.push({ witness, at: at! });
    }
  }
  return found;
}

function timeOf(signature: Uint8Array): number | undefined {
  if (signature.length !== TIME_BYTES + SIGNATURE_BYTES) return undefined;
  const at = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  return at <= LAST_SECOND ? Number(at) : undefined;
}
