import { Broken } from './finding';
import { Unreadable, type ByteSource, type Machine } from './machine';
import { endOf, viewOf } from './zip-end';
import { entryOf, listedAt, type ZipEntry } from './zip-headers';

const LARGEST_LIST = 1024 * 1024;
const PIECE = 256 * 1024;

/**
 * The files of a zip (PKWARE APPNOTE 6.3), read strictly: every byte belongs to a file, to its header or to the list at
 * the end, each file stands there once, and header and list say the same. So nothing can be hidden in a bundle, and
 * no two programs can see two different things in it.
 *
 * @throws Broken
 */
export async function filesOf(source: ByteSource): Promise<ReadonlyMap<string, ZipEntry>> {
  const { from, to, count } = await endOf(source);
  if (to - from > LARGEST_LIST || from > to) throw new Broken({ code: 'zip-unreadable' });
  const list = await viewOf(source, from, to);
  const files = new Map<string, ZipEntry>();
  let header = 0;
  let at = 0;
  for (let left = count; left > 0; left -= 1) {
    const listed = listedAt(list, at);
    at = listed.next;
    if (files.has(listed.name)) throw new Broken({ code: 'zip-name-twice', file: listed.name });
    if (listed.header !== header) throw new Broken({ code: 'zip-stray-bytes', file: listed.name });
    const next = left === 1 ? from : listedAt(list, at).header;
    files.set(listed.name, await entryOf(source, listed, next));
    header = next;
  }
  if (at !== list.byteLength || header !== from) throw new Broken({ code: 'zip-stray-bytes' });
  return files;
}

/**
 * What is in a file of a zip, piece by piece.
 * @throws Broken where it cannot be unfolded, or is not what the zip says of it
 */
export async function* contentOf(
  source: ByteSource,
  entry: ZipEntry,
  { inflate, checksum: sum }: Machine,
): AsyncGenerator<Uint8Array> {
  const packed = pieces(source, entry.at, entry.at + entry.packed);
  const damaged = { code: 'zip-file-damaged', file: entry.name } as const;
  let [size, checksum] = [0, 0];
  try {
    for await (const part of entry.isDeflated ? inflate(packed) : packed) {
      size += part.length;
      // Not more than it says: a small zip may unfold to anything.
      if (size > entry.size) break;
      checksum = sum(part, checksum);
      yield part;
    }
  } catch (error) {
    throw error instanceof Unreadable || error instanceof Broken ? error : new Broken(damaged);
  }
  if (size !== entry.size || checksum !== entry.checksum) throw new Broken(damaged);
}

async function* pieces(source: ByteSource, from: number, to: number): AsyncGenerator<Uint8Array> {
  for (let at = from; at < to; at += PIECE) yield await source.read(at, Math.min(to, at + PIECE));
}
