/**
 * Commitments to sealed values, checkable without keys. Pure and without Node, so that a verifier in a browser
 * uses the same lines; the hash function is passed in.
 *
 * The exact bytes (`‖` joins, `00` is one zero byte, text is UTF-8):
 *
 *     field salt = HMAC-SHA-256(key = the group's 32-byte salt, message = category ‖ 00 ‖ field)
 *     commitment = SHA-256("enishi/commitment/v1" ‖ 00 ‖ field salt (32 bytes) ‖ canonical value)
 *
 * Category and field names hold no zero byte and the field salt has a fixed length, so no two different
 * inputs give the same bytes. The canonical value is RFC 8785 text. Whoever is given (value, field salt) can
 * check one field; the field salt says nothing about the salt or about other fields; and once the salt is
 * destroyed, the commitment says nothing about the value.
 */

/** SHA-256 over bytes: 32 bytes. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

const BLOCK = 64;
const encoder = new TextEncoder();
const TAG = encoder.encode('enishi/commitment/v1\0');

/** HMAC-SHA-256 (RFC 2104) of a message under a key of at most 64 bytes. */
function hmac(sha256: Sha256, key: Uint8Array, message: Uint8Array): Uint8Array {
  const inner = new Uint8Array(BLOCK + message.length).fill(0x36, 0, BLOCK);
  const outer = new Uint8Array(BLOCK + 32).fill(0x5c, 0, BLOCK);
  for (let i = 0; i < key.length; i++) {
    inner[i]! ^= key[i]!;
    outer[i]! ^= key[i]!;
  }
  inner.set(message, BLOCK);
  outer.set(sha256(inner), BLOCK);
  return sha256(outer);
}

/**
 * The salt of one field, the only secret an export discloses about it.
 * @param salt the group's salt, 32 bytes.
 * @returns 32 bytes.
 */
export function fieldSalt(sha256: Sha256, salt: Uint8Array, category: string, field: string): Uint8Array {
  return hmac(sha256, salt, encoder.encode(`${category}\0${field}`));
}

/**
 * The commitment to one value.
 * @param salt of the field, 32 bytes, from {@link fieldSalt}.
 * @param canonicalValue the value as RFC 8785 text, e.g. `"青木"` with its quotation marks.
 * @returns 32 bytes; events carry them in lower-case hex.
 */
export function commitment(sha256: Sha256, salt: Uint8Array, canonicalValue: string): Uint8Array {
  const value = encoder.encode(canonicalValue);
  const bytes = new Uint8Array(TAG.length + 32 + value.length);
  bytes.set(TAG);
  bytes.set(salt, TAG.length);
  bytes.set(value, TAG.length + 32);
  return sha256(bytes);
}
