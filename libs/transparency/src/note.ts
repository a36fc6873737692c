import { fromBase64, toBase64 } from './base64';
import type { Hash } from './leaf';

/** An Ed25519 key that signs notes, as its readers know it. */
export interface NoteKey {
  /** Whose it is; without blanks and without `+`. */
  readonly name: string;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** One line of signature under a note. */
export interface NoteSignature {
  readonly name: string;
  /** Which key of that name: 4 bytes. */
  readonly keyId: Uint8Array;
  /** Of Ed25519, 64 bytes. */
  readonly signature: Uint8Array;
}

/** A text with who signed it. */
export interface SignedNote {
  /** With the newline at its end; this is what was signed. */
  readonly text: string;
  /** At least one; more than one where a key is changed, or a witness has signed too. */
  readonly signatures: readonly NoteSignature[];
}

/** Whether an Ed25519 signature (RFC 8032) is that of a message under a public key of 32 bytes. */
export type VerifyEd25519 = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

/** A text is not in the form that it should be. `code` is stable; the message never holds the text. */
export class Malformed extends Error {
  constructor(
    readonly code: 'note-malformed' | 'checkpoint-malformed' | 'key-malformed' | 'proof-malformed',
    what: string,
  ) {
    super(what);
    this.name = 'Malformed';
  }
}

/**
 * What precedes a key where it is named or hashed, and says how it signs (C2SP signed-note, "Signature types"): an
 * Ed25519 signature, or a cosignature of a witness (Ed25519 with a time, C2SP tlog-cosignature).
 */
const SIGNATURE_TYPES = { ed25519: 0x01, cosignature: 0x04 } as const;
type SignatureType = keyof typeof SIGNATURE_TYPES;

const DASH = '— ';

/**
 * The four bytes by which a signature line names its key: the first of SHA-256(name, newline, type, key) (C2SP
 * signed-note, "Signatures").
 */
export function noteKeyId(
  { name, publicKey }: NoteKey,
  hash: Hash,
  type: SignatureType = 'ed25519',
): Uint8Array {
  const bytes = [...new TextEncoder().encode(`${name}\n`), SIGNATURE_TYPES[type], ...publicKey];
  return hash(Uint8Array.from(bytes)).slice(0, 4);
}

/**
 * A key as one line of text, the form in which it is handed to whoever checks (a *vkey*).
 * @example writeNoteKey(key, sha256) // 'enishi/0b6f…+4c1a9f00+AZ…='
 */
export function writeNoteKey(key: NoteKey, hash: Hash, type: SignatureType = 'ed25519'): string {
  const id = [...noteKeyId(key, hash, type)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${key.name}+${id}+${toBase64(Uint8Array.from([SIGNATURE_TYPES[type], ...key.publicKey]))}`;
}

/**
 * What {@link writeNoteKey} wrote.
 * @throws Malformed for another algorithm too, and where name and key are not those of the id
 */
export function readNoteKey(text: string, hash: Hash, type: SignatureType = 'ed25519'): NoteKey {
  const [, name = '', encoded = ''] = /^([^+]+)\+[0-9a-f]{8}\+(.+)$/.exec(text) ?? [];
  const bytes = fromBase64(encoded);
  const key = { name, publicKey: bytes?.slice(1) ?? new Uint8Array() };
  const isKey = isKeyName(name) && bytes?.[0] === SIGNATURE_TYPES[type] && key.publicKey.length === 32;
  if (!isKey || writeNoteKey(key, hash, type) !== text)
    throw new Malformed('key-malformed', `not a key of a signed note for ${type}, as NAME+ID+KEY`);
  return key;
}

const isKeyName = (name: string): boolean => name !== '' && !/[\s+]/u.test(name);

/**
 * A signed note: its text, an empty line, and a line for each signature (C2SP signed-note).
 * @param text ends with a newline
 */
export function writeNote({ text, signatures }: SignedNote): string {
  const lines = signatures.map(
    ({ name, keyId, signature }) => `${DASH}${name} ${toBase64(Uint8Array.from([...keyId, ...signature]))}\n`,
  );
  return `${text}\n${lines.join('')}`;
}

/**
 * Reads a note; whether its signatures hold is {@link signersOf}'s question.
 * @throws Malformed
 */
export function readNote(note: string): SignedNote {
  const end = note.lastIndexOf('\n\n');
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2).split('\n');
  if (end < 0 || lines.pop() !== '' || lines.length === 0 || /[\0-\x09\x0b-\x1f]/.test(note))
    throw new Malformed('note-malformed', 'not a signed note: no signatures behind an empty line');
  return { text, signatures: lines.map(readSignature) };
}

function readSignature(line: string): NoteSignature {
  const [, name = '', encoded = ''] = /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
  const bytes = fromBase64(encoded);
  if (!isKeyName(name) || bytes === undefined || bytes.length < 5)
    throw new Malformed('note-malformed', 'not a signature line of a signed note');
  return { name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) };
}

/**
 * Which of the keys known signed the note. Signatures of other keys are passed over, as the format asks.
 *
 * @returns undefined where a signature that names a known key is not that key's: the note is forged
 */
export function signersOf(
  note: SignedNote,
  keys: readonly NoteKey[],
  { hash, verify }: { readonly hash: Hash; readonly verify: VerifyEd25519 },
): readonly NoteKey[] | undefined {
  const message = new TextEncoder().encode(note.text);
  const signers: NoteKey[] = [];
  for (const key of keys) {
    const id = toBase64(noteKeyId(key, hash));
    const own = note.signatures.filter(({ name, keyId }) => name === key.name && toBase64(keyId) === id);
    if (!own.every(({ signature }) => verify(key.publicKey, message, signature))) return undefined;
    if (own.length > 0) signers.push(key);
  }
  return signers;
}
