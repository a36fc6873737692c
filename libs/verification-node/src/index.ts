import { createHash, createPublicKey, hash, verify } from 'node:crypto';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import type { StampMachine } from '@enishi/timestamping';
import {
  Unreadable,
  verifyBundle,
  type ByteSource,
  type Machine,
  type Options,
  type Report,
} from '@enishi/verification';

/** How Node does what is needed of time stamps. */
export const NODE_STAMPS: StampMachine = {
  digest: async (name, bytes) => createHash(nodeName(name)).update(bytes).digest(),
  verifySignature: async ({ digest, publicKey, message, signature }) => {
    try {
      const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
      return verify(nodeName(digest), message, { key, dsaEncoding: 'ieee-p1363' }, signature);
    } catch {
      // No key, or a signature that is none.
      return false;
    }
  },
};

const nodeName = (digest: string): string => digest.toLowerCase().replace('-', '');

/** How Node does what every check needs. */
export const NODE: Machine = {
  hash: (bytes) => hash('sha256', bytes, 'buffer'),
  digest: () => {
    const running = createHash('sha256');
    return { update: (bytes) => void running.update(bytes), hex: () => running.digest('hex') };
  },
  verify: (key, message, signature) => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key).toString('base64url') };
    return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature);
  },
  stamps: NODE_STAMPS,
  checksum: (bytes, before) => crc32(bytes, before),
  inflate,
};

/** Bytes that come out at once: each round is a way to another thread and back. */
const UNFOLDED = 256 * 1024;

async function* inflate(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let fed = 0;
  const measured = async function* () {
    for await (const part of packed) {
      fed += part.length;
      yield part;
    }
  };
  // Whoever stops reading half-way stops the source too; what fails is thrown where it is read.
  const stream = createInflateRaw({ chunkSize: UNFOLDED });
  pipeline(Readable.from(measured()), stream, () => undefined);
  for await (const part of stream) yield part as Uint8Array;
  // The library passes over whatever stands behind the end of the data.
  if (stream.bytesWritten !== fed) throw new Error('bytes behind the end of deflated data');
}

/**
 * Checks a bundle that is a file on this machine.
 *
 * @throws the system's error where the file cannot be opened, Unreadable where it cannot be read
 * @example const { outcome, findings } = await verifyFile('bundle.zip');
 */
export async function verifyFile(path: string, options: Options = {}): Promise<Report> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const source: ByteSource = {
      size,
      read: async (from, to) => {
        const { bytesRead, buffer } = await file
          .read(Buffer.allocUnsafe(to - from), 0, to - from, from)
          .catch((error: NodeJS.ErrnoException) => {
            throw new Unreadable(error.code ?? 'EIO');
          });
        if (bytesRead < to - from) throw new Unreadable('the file became shorter');
        return buffer;
      },
    };
    return await verifyBundle(source, NODE, options);
  } finally {
    await file.close();
  }
}
