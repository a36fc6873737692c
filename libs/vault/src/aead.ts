import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';

/**
 * AES-256-GCM (NIST SP 800-38D), the only cipher of the vault. A sealed value is always one run of bytes:
 * 12 bytes nonce, ciphertext, 16 bytes tag.
 */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A source of random bytes; tests may pass a seeded one. */
export type Random = (length: number) => Buffer;

/**
 * Random bytes cut from a page of the system's generator: one call to it per page, because a call costs as
 * much as encrypting. Bytes are wiped from the page as they are handed out.
 */
export function pagedRandom(pageBytes = 8192): Random {
  const page = Buffer.allocUnsafeSlow(pageBytes);
  let used = pageBytes;
  return (length) => {
    if (length > pageBytes) return randomFillSync(Buffer.allocUnsafeSlow(length));
    if (used + length > pageBytes) {
      randomFillSync(page);
      used = 0;
    }
    const bytes = Buffer.from(page.subarray(used, used + length));
    page.fill(0, used, used + length);
    used += length;
    return bytes;
  };
}

/**
 * Encrypts and authenticates.
 * @param key 32 bytes. @param aad additional data, UTF-8. @param random draws the nonce.
 * @returns nonce ‖ ciphertext ‖ tag
 */
export function sealBytes(
  key: Uint8Array,
  plaintext: Uint8Array | string,
  aad: string,
  random: Random,
): Buffer {
  const nonce = random(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(aad));
  const body = typeof plaintext === 'string' ? cipher.update(plaintext, 'utf8') : cipher.update(plaintext);
  cipher.final();
  return Buffer.concat([nonce, body, cipher.getAuthTag()]);
}

/**
 * Opens what {@link sealBytes} made. Gives nothing back before the tag is verified.
 * @throws Error when key, additional data or any byte differ.
 */
export function openBytes(key: Uint8Array, sealed: Buffer, aad: string): Buffer {
  const end = sealed.length - TAG_BYTES;
  if (end < NONCE_BYTES) throw new Error('sealed bytes are too short');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(aad));
  decipher.setAuthTag(sealed.subarray(end));
  const body = decipher.update(sealed.subarray(NONCE_BYTES, end));
  decipher.final();
  return body;
}
