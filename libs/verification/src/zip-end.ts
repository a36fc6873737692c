import { Broken } from './finding';
import type { ByteSource } from './machine';

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const LONGEST_COMMENT = 0xffff;

/** Where a zip's list of files stands, and how many it has. */
export interface ZipEnd {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Reads the end of a zip, behind which nothing stands (APPNOTE 4.3.16). @throws Broken */
export async function endOf(source: ByteSource): Promise<ZipEnd> {
  const tail = await viewOf(source, Math.max(0, source.size - 22 - LONGEST_COMMENT), source.size);
  let at = tail.byteLength - 22;
  while (at >= 0 && tail.getUint32(at, true) !== END) at -= 1;
  if (at < 0) throw new Broken({ code: 'zip-unreadable' });
  if (at !== tail.byteLength - 22 || tail.getUint16(at + 20, true) !== 0)
    throw new Broken({ code: 'zip-stray-bytes' });
  const end = source.size - 22;
  const count = tail.getUint16(at + 10, true);
  const length = tail.getUint32(at + 12, true);
  const from = tail.getUint32(at + 16, true);
  if (tail.getUint32(at + 4, true) !== 0 || tail.getUint16(at + 8, true) !== count)
    throw new Broken({ code: 'zip-unreadable' });
  if (count === 0xffff || length === 0xffffffff || from === 0xffffffff) return endOf64(source, end);
  if (from + length !== end) throw new Broken({ code: 'zip-stray-bytes' });
  return { from, to: end, count };
}

/** The same of a zip beyond 4 GiB (APPNOTE 4.3.14 and 4.3.15). */
async function endOf64(source: ByteSource, end: number): Promise<ZipEnd> {
  const at = end - 20 - 56;
  if (at < 0) throw new Broken({ code: 'zip-unreadable' });
  const view = await viewOf(source, at, end);
  const count = eight(view, 32);
  const from = eight(view, 48);
  const isEnd =
    view.getUint32(0, true) === END_64 &&
    eight(view, 4) === 44 &&
    eight(view, 16) === 0 &&
    eight(view, 24) === count &&
    view.getUint32(56, true) === LOCATOR_64 &&
    view.getUint32(60, true) === 0 &&
    eight(view, 64) === at &&
    view.getUint32(72, true) === 1;
  if (!isEnd) throw new Broken({ code: 'zip-unreadable' });
  if (from + eight(view, 40) !== at) throw new Broken({ code: 'zip-stray-bytes' });
  return { from, to: at, count };
}

/** A number of eight bytes. @throws Broken beyond 2^53 */
export function eight(view: DataView, at: number): number {
  const value = Number(view.getBigUint64(at, true));
  if (!Number.isSafeInteger(value)) throw new Broken({ code: 'zip-unreadable' });
  return value;
}

/** The bytes `from` up to, and without, `to`. @throws Broken where the file ends before */
export async function viewOf(source: ByteSource, from: number, to: number): Promise<DataView> {
  if (from > to || to > source.size) throw new Broken({ code: 'zip-unreadable' });
  const bytes = await source.read(from, to);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
