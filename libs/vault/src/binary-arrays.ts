/**
 * Arrays for PostgreSQL in its binary form: no quoting here, no unquoting there. One dimension, no NULL; 20 bytes
 * of head, then length and bytes of each element.
 */
const HEAD = 20;
const BYTEA = 17;
const INT4 = 23;
const TEXT = 25;
const UUID = 2950;

export function byteaArray(items: readonly Uint8Array[]): Buffer {
  let bytes = 0;
  for (const item of items) bytes += item.length;
  const buffer = arrayOf(BYTEA, items.length, bytes);
  let at = HEAD;
  for (const item of items) {
    at = buffer.writeInt32BE(item.length, at);
    buffer.set(item, at);
    at += item.length;
  }
  return buffer;
}

export function textArray(items: readonly string[]): Buffer {
  let bytes = 0;
  for (const item of items) bytes += Buffer.byteLength(item);
  const buffer = arrayOf(TEXT, items.length, bytes);
  let at = HEAD;
  for (const item of items) {
    const written = buffer.write(item, at + 4);
    buffer.writeInt32BE(written, at);
    at += 4 + written;
  }
  return buffer;
}

export function integerArray(items: readonly number[]): Buffer {
  const buffer = arrayOf(INT4, items.length, 4 * items.length);
  let at = HEAD;
  for (const item of items) at = buffer.writeInt32BE(item, buffer.writeInt32BE(4, at));
  return buffer;
}

/** @param items in the form of 36 characters. */
export function uuidArray(items: readonly string[]): Buffer {
  const buffer = arrayOf(UUID, items.length, 16 * items.length);
  let at = HEAD;
  for (const item of items) {
    at = buffer.writeInt32BE(16, at);
    at += buffer.write(item.replaceAll('-', ''), at, 'hex');
  }
  return buffer;
}

function arrayOf(type: number, elements: number, bytes: number): Buffer {
  const buffer = Buffer.allocUnsafe(HEAD + 4 * elements + bytes);
  buffer.writeInt32BE(elements === 0 ? 0 : 1, 0);
  buffer.writeInt32BE(0, 4);
  buffer.writeInt32BE(type, 8);
  buffer.writeInt32BE(elements, 12);
  buffer.writeInt32BE(1, 16);
  return elements === 0 ? buffer.subarray(0, 12) : buffer;
}
