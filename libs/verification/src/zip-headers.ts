import { Broken } from './finding';
import type { ByteSource } from './machine';
import { eight, viewOf } from './zip-end';

/** One file of a zip. */
export interface ZipEntry {
  readonly name: string;
  readonly isDeflated: boolean;
  /** Bytes of its data in the zip, from `at` on. */
  readonly packed: number;
  readonly at: number;
  /** Bytes of the file. */
  readonly size: number;
  /** CRC-32 of the file. */
  readonly checksum: number;
}

/** What the list at the end says of a file, and what its own header must repeat. */
export interface Listed extends Omit<ZipEntry, 'at'> {
  readonly header: number;
  readonly flags: number;
  readonly method: number;
  /** Date and time. */
  readonly written: number;
  readonly next: number;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const DESCRIPTOR = 0x08074b50;
const ZIP64 = 1;
const BEHIND_DATA = 0x0008;
/** Names in UTF-8, sizes behind the data, and how hard it was packed; anything else is not written in bundles. */
const FLAGS = 0x0800 | BEHIND_DATA | 0x0006;
/** Two numbers of eight bytes, behind their heading. */
const LONGEST_EXTRA = 20;
const STORED = 0;
const DEFLATED = 8;

/** What the list says of the file that it names at this place. @throws Broken */
export function listedAt(list: DataView, at: number): Listed {
  if (at + 46 > list.byteLength || list.getUint32(at, true) !== CENTRAL)
    throw new Broken({ code: 'zip-unreadable' });
  const two = (offset: number): number => list.getUint16(at + offset, true);
  const four = (offset: number): number => list.getUint32(at + offset, true);
  const extraAt = at + 46 + two(28);
  const next = extraAt + two(30) + two(32);
  if (next > list.byteLength) throw new Broken({ code: 'zip-unreadable' });
  const name = nameOf(new Uint8Array(list.buffer, list.byteOffset + at + 46, two(28)));
  const method = two(10);
  if ((two(8) & ~FLAGS) !== 0 || (method !== STORED && method !== DEFLATED))
    throw new Broken({ code: 'zip-not-plain', file: name });
  if (two(32) !== 0 || two(34) !== 0) throw new Broken({ code: 'zip-stray-bytes', file: name });
  const wide = wideNumbers(list, extraAt, two(30), name);
  const number = (value: number): number => (value === 0xffffffff ? wide() : value);
  // In this order, which is that of the wide ones.
  const size = number(four(24));
  const packed = number(four(20));
  const header = number(four(42));
  if (wide.left() > 0) throw new Broken({ code: 'zip-stray-bytes', file: name });
  return {
    ...{ name, size, packed, header, next, method, isDeflated: method === DEFLATED },
    ...{ flags: two(8), written: four(12), checksum: four(16) },
  };
}

/** The numbers that have no room in four bytes, one after the other (APPNOTE 4.5.3); nothing else may stand there. */
function wideNumbers(
  view: DataView,
  at: number,
  length: number,
  file: string,
): (() => number) & { left(): number } {
  const isOurs =
    length >= 4 && view.getUint16(at, true) === ZIP64 && view.getUint16(at + 2, true) === length - 4;
  if (length > 0 && !isOurs) throw new Broken({ code: 'zip-stray-bytes', file });
  let next = at + 4;
  const left = (): number => (length === 0 ? 0 : at + length - next);
  const read = (): number => {
    if (left() < 8) throw new Broken({ code: 'zip-unreadable', file });
    next += 8;
    return eight(view, next - 8);
  };
  return Object.assign(read, { left });
}

/** A file by its own header, held against what the list says. @param next where the next file begins */
export async function entryOf(source: ByteSource, listed: Listed, next: number): Promise<ZipEntry> {
  const { name, isDeflated, packed, size, checksum } = listed;
  const differs = new Broken({ code: 'zip-header-differs', file: name });
  const most = listed.header + 30 + name.length + LONGEST_EXTRA;
  const head = await viewOf(source, listed.header, Math.max(listed.header, Math.min(next, most)));
  if (head.byteLength < 30 + name.length || head.getUint32(0, true) !== LOCAL) throw differs;
  const extra = head.getUint16(28, true);
  const at = listed.header + 30 + name.length + extra;
  const isSame =
    head.getUint16(6, true) === listed.flags &&
    head.getUint16(8, true) === listed.method &&
    head.getUint32(10, true) === listed.written &&
    head.getUint16(26, true) === name.length &&
    nameOf(new Uint8Array(head.buffer, head.byteOffset + 30, name.length)) === name &&
    head.byteLength >= 30 + name.length + extra;
  if (!isSame) throw differs;
  const wide = wideNumbers(head, 30 + name.length, extra, name);
  const number = (value: number): number => (value === 0xffffffff && extra > 0 ? wide() : value);
  const told = [head.getUint32(14, true), number(head.getUint32(22, true)), number(head.getUint32(18, true))];
  if (wide.left() > 0) throw new Broken({ code: 'zip-stray-bytes', file: name });
  const isBehind = (listed.flags & BEHIND_DATA) !== 0;
  const expected = isBehind ? [0, 0, 0] : [checksum, size, packed];
  if (told.some((value, which) => value !== expected[which])) throw differs;
  const behind = next - (at + packed);
  if (isBehind ? !(await isDescriptor(source, at + packed, next, listed)) : behind !== 0)
    throw new Broken({ code: behind < 0 ? 'zip-unreadable' : 'zip-stray-bytes', file: name });
  return { name, isDeflated, packed, size, checksum, at };
}

/** Whether what stands behind the data is their sizes, once more, and nothing else (APPNOTE 4.3.9). */
async function isDescriptor(
  source: ByteSource,
  from: number,
  to: number,
  { checksum, packed, size }: Listed,
): Promise<boolean> {
  if (to - from !== 16 && to - from !== 24) return false;
  const view = await viewOf(source, from, to);
  const told =
    to - from === 16
      ? [view.getUint32(8, true), view.getUint32(12, true)]
      : [eight(view, 8), eight(view, 16)];
  const isOne = view.getUint32(0, true) === DESCRIPTOR && view.getUint32(4, true) === checksum;
  return isOne && told[0] === packed && told[1] === size;
}

/** Names of bundles are plain ASCII; no other leads outside, or looks like one of them. */
function nameOf(bytes: Uint8Array): string {
  const name = String.fromCharCode(...bytes);
  if (!/^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)*$/.test(name))
    throw new Broken({ code: 'zip-name-strange' });
  return name;
}
