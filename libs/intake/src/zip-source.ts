import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { fromRandomAccessReader, RandomAccessReader, type Entry, type ZipFile } from 'yauzl';

/** Bytes that can be read from any place of them. */
export interface RandomAccess {
  /** How many there are. */
  readonly size: number;
  /** @returns `length` bytes from `from` on, fewer at the end */
  read(from: number, length: number): Promise<Uint8Array>;
}

const SLICE = 256 * 1024;

/** yauzl's reader over our bytes. Remembers what failed below it, to tell a broken disk from a broken zip. */
export class Slices extends RandomAccessReader {
  failure: unknown;

  constructor(private readonly source: RandomAccess) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.slices(start, end), { objectMode: false });
  }

  private async *slices(start: number, end: number): AsyncGenerator<Uint8Array> {
    for (let at = start; at < end; at += SLICE) {
      try {
        yield Buffer.from(await this.source.read(at, Math.min(SLICE, end - at)));
      } catch (error) {
        this.failure ??= error;
        throw error;
      }
    }
  }
}

interface OpenOptions {
  /** False: names are given as bytes, to be read by whoever knows how. */
  readonly decodeStrings?: boolean;
}

/** @throws what yauzl throws for what is no zip */
export function openZip(reader: Slices, size: number, more: OpenOptions = {}): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false, strictFileNames: false, ...more };
  return new Promise((resolve, reject) => {
    fromRandomAccessReader(reader, size, options, (error, zip) => (error ? reject(error) : resolve(zip)));
  });
}

/** Every entry of a zip's list, in order. @param take may throw to end it */
export function eachEntry(zip: ZipFile, take: (entry: Entry) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', resolve);
    zip.on('entry', (entry: Entry) => {
      try {
        take(entry);
      } catch (error) {
        return reject(error as Error);
      }
      zip.readEntry();
    });
    zip.readEntry();
  });
}

/** The bytes of an entry, unfolded. yauzl counts them and leaves the checksum to us. @param damaged makes the error */
export async function* unfolded(
  zip: ZipFile,
  entry: Entry,
  damaged: () => Error,
): AsyncGenerator<Uint8Array, void, undefined> {
  const stream = await new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  let checksum = 0;
  for await (const chunk of stream) {
    checksum = crc32(chunk as Uint8Array, checksum);
    yield chunk as Uint8Array;
  }
  if (checksum !== entry.crc32 >>> 0) throw damaged();
}
