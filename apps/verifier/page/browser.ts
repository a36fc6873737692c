import { ed25519 } from '@noble/curves/ed25519';
import { sha256 } from '@noble/hashes/sha2';
import { StampFault, type StampMachine } from '@enishi/timestamping';
import { Unreadable, type ByteSource, type Machine } from '@enishi/verification';

/** What authorities of time stamps sign with, RSA and ECDSA, every browser has. */
const STAMPS: StampMachine = {
  digest: async (name, bytes) => new Uint8Array(await crypto.subtle.digest(name, plainBytes(bytes))),
  async verifySignature({ algorithm, digest, curve, publicKey, message, signature }) {
    const scheme = algorithm === 'rsa' ? 'RSASSA-PKCS1-v1_5' : 'ECDSA';
    const parameters =
      curve === undefined ? { name: scheme, hash: digest } : { name: scheme, namedCurve: curve };
    try {
      const key = await crypto.subtle.importKey('spki', plainBytes(publicKey), parameters, false, ['verify']);
      const how = { name: scheme, hash: digest };
      return await crypto.subtle.verify(how, key, plainBytes(signature), plainBytes(message));
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotSupportedError')
        throw new StampFault('unsupported');
      return false;
    }
  },
};

const plainBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes);

/**
 * How a browser does what every check needs. Hash and signature are computed here in JavaScript: the browser's own
 * SHA-256 answers later, not at once, and its own Ed25519 is missing in those that a locked PC may still have.
 */
export const BROWSER: Machine = {
  hash: sha256,
  digest: () => {
    const running = sha256.create();
    return { update: (bytes) => void running.update(bytes), hex: () => hexOf(running.digest()) };
  },
  // As RFC 8032 has it, and Node does: not the wider rules by which some chains agree.
  verify: (key, message, signature) => {
    try {
      return ed25519.verify(signature, message, key, { zip215: false });
    } catch {
      // A key or signature of another length, or no point of the curve.
      return false;
    }
  },
  stamps: STAMPS,
  checksum: (bytes, before) => crc32(bytes, before),
  inflate: (packed) => read(streamOf(packed).pipeThrough(new DecompressionStream('deflate-raw'))),
};

/** A file that was chosen or dropped. */
export function sourceOf(file: File): ByteSource {
  return {
    size: file.size,
    read: async (from, to) => {
      const bytes = await file
        .slice(from, to)
        .arrayBuffer()
        .catch((error: unknown) => {
          throw new Unreadable(error instanceof Error ? error.name : 'unknown');
        });
      if (bytes.byteLength !== to - from) throw new Unreadable('the file became shorter');
      return new Uint8Array(bytes);
    },
  };
}

function streamOf(packed: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const parts = packed[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done === true) controller.close();
      else controller.enqueue(value as Uint8Array<ArrayBuffer>);
    },
    async cancel() {
      await parts.return?.();
    },
  });
}

/** By hand, since not every browser lets `for await` read a stream. */
async function* read(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The checksum that zips carry (APPNOTE 4.4.7). */
function crc32(bytes: Uint8Array, before: number): number {
  let sum = ~before;
  for (let at = 0; at < bytes.length; at += 1) sum = TABLE[(sum ^ bytes[at]!) & 0xff]! ^ (sum >>> 8);
  return ~sum >>> 0;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let sum = index;
  for (let bit = 0; bit < 8; bit += 1) sum = (sum & 1) === 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});
