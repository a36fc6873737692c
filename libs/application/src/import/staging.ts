import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hkdfSync,
  randomBytes,
  randomUUID,
  type Hash,
} from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { RandomAccess } from '@enishi/intake';
import { syncDirectory, type Vault } from '@enishi/vault';

/** Uploaded files on their way in, sealed on disk and deleted with their import. */
export interface Staging {
  /**
   * Takes a file in, durably. `limit` in bytes.
   * @throws FileTooLarge
   */
  write(importId: string, source: AsyncIterable<Uint8Array>, limit: number): Promise<StagedFile>;
  /** Reads a file to its end and keeps nothing of it. @throws FileTooLarge */
  measure(source: AsyncIterable<Uint8Array>, limit: number): Promise<StagedFile>;
  /** The file's bytes from its first one. @throws StagedFileDamaged */
  read(importId: string): AsyncGenerator<Uint8Array, void, undefined>;
  /** The file, to be read from any place of it; `bytes` as {@link write} told. @throws StagedFileDamaged */
  anywhere(importId: string, bytes: number): RandomAccess;
  drop(importId: string): Promise<void>;
  /**
   * Removes what a killed server left: files older than `olderThanMs` that belong to no open import.
   * @returns how many
   */
  sweep(openImports: ReadonlySet<string>, olderThanMs: number): Promise<number>;
}

export interface StagedFile {
  readonly bytes: number;
  /** HMAC of the file's SHA-256 under the ledger secret (hex): tells the same file again, and nothing else. */
  readonly fileTag: string;
}

export class FileTooLarge extends Error {
  constructor(readonly limit: number) {
    super(`the file is larger than ${limit} bytes`);
    this.name = 'FileTooLarge';
  }
}

/** The staged file was cut or changed on disk. */
export class StagedFileDamaged extends Error {
  constructor() {
    super('the staged file is damaged');
    this.name = 'StagedFileDamaged';
  }
}

const FRAME = 256 * 1024;
const TAG = 16;
const SALT = 16;

/**
 * Staging in a folder: a random salt, then frames of AES-256-GCM under a key derived from the ledger secret, the
 * import id and the salt, so that no two files share a key. Each frame is bound to its place and to whether it is the last, so a cut file is seen.
 */
export function stagingIn(folder: string, vault: Vault): Staging {
  const fileOf = (importId: string) => path.join(folder, `${importId}.sealed`);
  const keyOf = (importId: string, salt: Buffer) =>
    Buffer.from(
      hkdfSync('sha256', Buffer.from(vault.tag('staging', importId), 'hex'), salt, 'enishi staging', 32),
    );
  const tagOf = (digest: Hash) => vault.tag('file', digest.digest('hex'));

  return {
    async write(importId, source, limit) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // A name of its own: two uploads under one Idempotency-Key may come at once.
      const temporary = `${fileOf(importId)}.${randomUUID()}.part`;
      const salt = randomBytes(SALT);
      const file = await open(temporary, 'wx', 0o600);
      const digest = createHash('sha256');
      const seal = sealer(keyOf(importId, salt));
      let bytes = 0;
      try {
        // `writeFile` writes at the file's place, and all of it: a disk that fills up may take a part without an error.
        await file.writeFile(salt);
        for await (const chunk of rechunk(source)) {
          bytes += chunk.data.length;
          if (bytes > limit) throw new FileTooLarge(limit);
          digest.update(chunk.data);
          await file.writeFile(seal(chunk.data, chunk.last));
        }
        await file.sync();
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      } finally {
        await file.close();
      }
      await nameDurably(temporary, fileOf(importId));
      return { bytes, fileTag: tagOf(digest) };
    },

    async measure(source, limit) {
      const digest = createHash('sha256');
      let bytes = 0;
      for await (const chunk of source) {
        bytes += chunk.length;
        if (bytes > limit) throw new FileTooLarge(limit);
        digest.update(chunk);
      }
      return { bytes, fileTag: tagOf(digest) };
    },

    async *read(importId) {
      yield* openFrames(createReadStream(fileOf(importId)), (salt) => keyOf(importId, salt));
    },

    anywhere(importId, bytes) {
      return openAnywhere(fileOf(importId), bytes, (salt) => keyOf(importId, salt));
    },

    async drop(importId) {
      await rm(fileOf(importId), { force: true });
    },

    async sweep(openImports, olderThanMs) {
      let removed = 0;
      for (const name of await readdir(folder).catch(() => [])) {
        const file = path.join(folder, name);
        const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Infinity }));
        const inUse = name.endsWith('.sealed') && openImports.has(name.slice(0, -'.sealed'.length));
        if (inUse || Date.now() - mtimeMs < olderThanMs) continue;
        await rm(file, { force: true });
        removed += 1;
      }
      return removed;
    },
  };
}

/** Gives a whole file its name; where that fails, neither name stays. */
async function nameDurably(temporary: string, name: string): Promise<void> {
  try {
    await rename(temporary, name);
    await syncDirectory(path.dirname(name));
  } catch (error) {
    await Promise.all([temporary, name].map((file) => rm(file, { force: true })));
    throw error;
  }
}

/** Nonce: the frame's number; the key serves one file only, so no nonce repeats. Byte 0 marks the last frame. */
function nonceOf(frame: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce[0] = last ? 1 : 0;
  nonce.writeUInt32BE(frame, 8);
  return nonce;
}

function sealer(key: Buffer): (data: Uint8Array, last: boolean) => Buffer {
  let frame = 0;
  return (data, last) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(frame++, last));
    const body = Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()]);
    const length = Buffer.alloc(5);
    length.writeUInt32BE(body.length);
    length[4] = last ? 1 : 0;
    return Buffer.concat([length, body]);
  };
}

async function* openFrames(
  source: AsyncIterable<Uint8Array>,
  keyOf: (salt: Buffer) => Buffer,
): AsyncGenerator<Uint8Array, void, undefined> {
  let held = Buffer.alloc(0);
  let key: Buffer | undefined;
  let frame = 0;
  let ended = false;
  for await (const chunk of source) {
    held = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk]);
    if (key === undefined && held.length >= SALT) {
      key = keyOf(held.subarray(0, SALT));
      held = held.subarray(SALT);
    }
    if (key === undefined) continue;
    while (held.length >= 5) {
      const length = held.readUInt32BE(0);
      if (length < TAG || length > FRAME + TAG || ended) throw new StagedFileDamaged();
      if (held.length < 5 + length) break;
      ended = held[4] === 1;
      yield openFrame(held.subarray(5, 5 + length), key, nonceOf(frame++, ended));
      held = held.subarray(5 + length);
    }
  }
  if (!ended || held.length > 0) throw new StagedFileDamaged();
}

/**
 * Opens the frames that hold the bytes asked for. They all have one size but the last, so each is found by its
 * number; the one opened last is kept, because a reader goes on where it was.
 */
function openAnywhere(file: string, bytes: number, keyOf: (salt: Buffer) => Buffer): RandomAccess {
  const lastFrame = Math.max(0, Math.ceil(bytes / FRAME) - 1);
  let key: Buffer | undefined;
  let kept: { readonly frame: number; readonly data: Buffer } | undefined;

  async function opened(frame: number): Promise<Buffer> {
    if (kept?.frame === frame) return kept.data;
    const last = frame === lastFrame;
    const sealed = 5 + TAG + (last ? bytes - lastFrame * FRAME : FRAME);
    const handle = await open(file, 'r');
    try {
      key ??= keyOf(await exactly(handle, SALT, 0));
      const framed = await exactly(handle, sealed, SALT + frame * (5 + TAG + FRAME));
      const data = openFrame(framed.subarray(5), key, nonceOf(frame, last));
      kept = { frame, data };
      return data;
    } finally {
      await handle.close();
    }
  }

  return {
    size: bytes,
    async read(from, length) {
      const parts: Buffer[] = [];
      const end = Math.min(from + length, bytes);
      for (let at = from; at < end; at = (Math.floor(at / FRAME) + 1) * FRAME) {
        const frame = Math.floor(at / FRAME);
        parts.push((await opened(frame)).subarray(at - frame * FRAME, end - frame * FRAME));
      }
      return Buffer.concat(parts);
    },
  };
}

async function exactly(handle: FileHandle, length: number, position: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead !== length) throw new StagedFileDamaged();
  return buffer;
}

function openFrame(body: Buffer, key: Buffer, nonce: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAuthTag(body.subarray(body.length - TAG));
  try {
    return Buffer.concat([decipher.update(body.subarray(0, body.length - TAG)), decipher.final()]);
  } catch {
    throw new StagedFileDamaged();
  }
}

/** Chunks of exactly {@link FRAME} bytes, the last one shorter (and there even for an empty file). */
async function* rechunk(source: AsyncIterable<Uint8Array>): AsyncGenerator<{ data: Buffer; last: boolean }> {
  let parts: Uint8Array[] = [];
  let held = 0;
  for await (const chunk of source) {
    parts.push(chunk);
    held += chunk.length;
    if (held <= FRAME) continue;
    let all = Buffer.concat(parts);
    while (all.length > FRAME) {
      yield { data: all.subarray(0, FRAME), last: false };
      all = all.subarray(FRAME);
    }
    parts = [all];
    held = all.length;
  }
  yield { data: Buffer.concat(parts), last: true };
}
