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

/** SHA-256 over bytes: 32 bytes, or another form of them. */
export type Sha256<Digest = Uint8Array> = (bytes: Uint8Array) => Digest;

const BLOCK = 64;
const encoder = new TextEncoder();
const TAG = encoder.encode('enishi/commitment/v1\0');

// Work space, reused because most of the time would otherwise go into allocating it. Nothing here awaits.
const inner = new Uint8Array(BLOCK + 256);
const outer = new Uint8Array(BLOCK + 32);
let tagged = new Uint8Array(1024);

/**
 * The salt of one field, the only secret an export discloses about it.
 * @param salt the group's salt, 32 bytes.
 * @param category and `field`: names of at most 80 characters.
 * @returns 32 bytes.
 */
export function fieldSalt(sha256: Sha256, salt: Uint8Array, category: string, field: string): Uint8Array {
  // HMAC-SHA-256 as in RFC 2104: hash((key ^ opad) ‖ hash((key ^ ipad) ‖ message)).
  for (let i = 0; i < BLOCK; i++) {
    const byte = salt[i] ?? 0;
    inner[i] = byte ^ 0x36;
    outer[i] = byte ^ 0x5c;
  }
  const name = `${category}\0${field}`;
  const { read, written } = encoder.encodeInto(name, inner.subarray(BLOCK));
  if (salt.length !== 32 || read !== name.length) throw new Error('salt or field name of another length');
  outer.set(sha256(inner.subarray(0, BLOCK + written)), BLOCK);
  return sha256(outer);
}

/**
 * The commitment to one value, in the form that the hash function gives.
 * @param salt of the field, 32 bytes, from {@link fieldSalt}.
 * @param canonicalValue the value as RFC 8785 text, e.g. `"青木"` with its quotation marks.
 * @returns 32 bytes; events carry them in lower-case hex.
 */
export function commitment<Digest>(sha256: Sha256<Digest>, salt: Uint8Array, canonicalValue: string): Digest {
  const start = TAG.length + 32;
  // A UTF-16 unit takes at most three bytes of UTF-8.
  if (tagged.length < start + canonicalValue.length * 3)
    tagged = new Uint8Array(start + canonicalValue.length * 3);
  tagged.set(TAG);
  tagged.set(salt, TAG.length);
  const { written } = encoder.encodeInto(canonicalValue, tagged.subarray(start));
  return sha256(tagged.subarray(0, start + written));
}
