import { generateKeyPairSync, sign } from 'node:crypto';
import { FILES } from '@enishi/bundle';
import { cosignedText, noteKeyId, writeNote, writeNoteKey, type NoteKey } from '@enishi/transparency';
import { writeRequest } from '../../libs/timestamping/src/timestamp';
import { stamp, type Invented } from '../timestamping/invented-authority';
import { filesOf, zipped } from './invented-bundle';
import { sha256, type InventedLedger } from './invented-ledger';
import { KINDS_OF_BUNDLES } from './mutant-run';

/** When those outside saw what they signed; seconds since 1970. */
export const SEEN_AT = 1_795_000_000;
/** A while in which a certificate is valid that was used then. */
export const THEN = { from: new Date(SEEN_AT * 1000 - 1000), until: new Date(SEEN_AT * 1000 + 1000) };

export interface InventedWitness {
  readonly key: NoteKey;
  readonly vkey: string;
  /** Its line under a note with this text. */
  line(text: string, at?: number): string;
}

export function inventedWitness(name: string): InventedWitness {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const bytes = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const key = { name, publicKey: Uint8Array.from(bytes) };
  return {
    key,
    vkey: writeNoteKey(key, sha256, 'cosignature'),
    line(text, at = SEEN_AT) {
      const time = Buffer.alloc(8);
      time.writeBigUInt64BE(BigInt(at));
      const signature = Buffer.concat([time, sign(null, Buffer.from(cosignedText(at, text)), privateKey)]);
      const keyId = noteKeyId(key, sha256, 'cosignature');
      return writeNote({ text: '', signatures: [{ name, keyId, signature }] }).slice(1);
    },
  };
}

/** A bundle with a stamp over some text, and further signature lines under its checkpoint. */
export function attestedBundle(
  ledger: InventedLedger,
  {
    lines = [],
    over,
    by,
  }: { readonly lines?: readonly string[]; readonly over?: string; readonly by?: Invented },
): Buffer {
  const unsigned = filesOf(ledger, KINDS_OF_BUNDLES[0]!);
  const note = String(unsigned.files.get(FILES.checkpoint));
  const files = new Map(unsigned.files).set(FILES.checkpoint, Buffer.from(note + lines.join('')));
  if (over !== undefined && by !== undefined) {
    const request = writeRequest(sha256(Buffer.from(over)), Buffer.from('A'));
    const at = new Date(SEEN_AT * 1000);
    files.set(FILES.timestamp, Buffer.from(stamp(request, { signer: by, at })));
  }
  return zipped({ ...unsigned, files }, ledger.keys.at(-1)!);
}
