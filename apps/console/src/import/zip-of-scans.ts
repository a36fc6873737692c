/** Why a zip is not opened here, or a file of it not taken. Texts are in the words. */
export type ZipFault =
  | 'zip-damaged'
  | 'zip-encrypted'
  | 'zip-too-large'
  | 'scan-name-unreadable'
  | 'scan-name-leads-outside'
  | 'scan-not-a-file'
  | 'scan-too-large';

/** A zip, or a file of it, that is not taken. */
export class ZipRefused extends Error {
  constructor(readonly fault: ZipFault) {
    super(fault);
    this.name = 'ZipRefused';
  }
}

/** One file of a zip, still folded. */
export interface ZippedFile {
  /** Without folders. */
  readonly name: string;
  /** Unfolds and checks it. @throws ZipRefused */
  read(): Promise<Blob>;
}

const MOST_FILES = 20_000;
const LARGEST_SCAN = 20 * 1024 * 1024;
const LARGEST_TOGETHER = 8 * 1024 * 1024 * 1024;
/** The end of a zip is at most so far from it: 22 bytes and a comment (APPNOTE 4.3.16). */
const LONGEST_END = 22 + 0xffff;
const ENCRYPTED = 0x1;
const UTF8 = 0x800;
/** Info-ZIP's field with the name in UTF-8 (APPNOTE 4.6.9). */
const UNICODE_PATH = 0x7075;
const FILE_KIND = 0o170000;
const SYMBOLIC_LINK = 0o120000;

/** Whether a file is a zip, by its first bytes. */
export async function isZip(file: Blob): Promise<boolean> {
  const [p, k, three, four] = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return p === 0x50 && k === 0x4b && ((three === 3 && four === 4) || (three === 5 && four === 6));
}

/**
 * The files in a zip of scans, without folders and what systems leave in them, read from the list at its end; nothing
 * is unfolded before it is asked for. Names are UTF-8 where the zip says so or they are nothing else, and Windows'
 * Shift_JIS otherwise, as zips of Japanese Windows are written.
 *
 * @throws ZipRefused where nothing of it can be taken: damaged, with a password, or beyond 4 GiB (Zip64)
 */
export async function filesOf(zip: Blob): Promise<readonly ZippedFile[]> {
  const tail = await bytesOf(zip, Math.max(0, zip.size - LONGEST_END), zip.size);
  let end = tail.byteLength - 22;
  while (end >= 0 && tail.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < 0) throw new ZipRefused('zip-damaged');
  const count = tail.getUint16(end + 10, true);
  const length = tail.getUint32(end + 12, true);
  const from = tail.getUint32(end + 16, true);
  if (count === 0xffff || from === 0xffffffff || count > MOST_FILES) throw new ZipRefused('zip-too-large');
  const list = await bytesOf(zip, from, from + length);
  const files: ZippedFile[] = [];
  let together = 0;
  for (let at = 0, left = count; left > 0; left -= 1) {
    const entry = entryAt(list, at);
    at = entry.next;
    const name = entry.name ?? '';
    if (/[/\\]$/.test(name) || isDebris(name)) continue;
    if ((entry.flags & ENCRYPTED) !== 0) throw new ZipRefused('zip-encrypted');
    together += entry.bytes;
    if (together > LARGEST_TOGETHER) throw new ZipRefused('zip-too-large');
    files.push({ name: name.split(/[/\\]/).at(-1) ?? '', read: () => unfold(zip, entry) });
  }
  return files;
}

interface Entry {
  readonly name: string | undefined;
  readonly flags: number;
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly bytes: number;
  readonly isLink: boolean;
  /** Where its own header stands in the zip. */
  readonly header: number;
  /** Where the next entry stands in the list. */
  readonly next: number;
}

function entryAt(list: DataView<ArrayBuffer>, at: number): Entry {
  if (at + 46 > list.byteLength || list.getUint32(at, true) !== 0x02014b50)
    throw new ZipRefused('zip-damaged');
  const two = (offset: number): number => list.getUint16(at + offset, true);
  const four = (offset: number): number => list.getUint32(at + offset, true);
  const extraAt = at + 46 + two(28);
  const next = extraAt + two(30) + two(32);
  if (next > list.byteLength) throw new ZipRefused('zip-damaged');
  const part = (from: number, length: number) => new Uint8Array(list.buffer, list.byteOffset + from, length);
  return {
    name: nameOf(part(at + 46, two(28)), part(extraAt, two(30)), two(8)),
    flags: two(8),
    method: two(10),
    checksum: four(16),
    packed: four(20),
    bytes: four(24),
    isLink: ((four(38) >>> 16) & FILE_KIND) === SYMBOLIC_LINK,
    header: four(42),
    next,
  };
}

function nameOf(name: Uint8Array, extra: Uint8Array, flags: number): string | undefined {
  const view = new DataView(extra.buffer, extra.byteOffset, extra.byteLength);
  for (let at = 0; at + 4 <= extra.length;) {
    const length = view.getUint16(at + 2, true);
    // Version 1, the checksum of the other name, then this one.
    if (view.getUint16(at, true) === UNICODE_PATH && extra[at + 4] === 1) {
      const told = textOf(extra.subarray(at + 9, at + 4 + length), 'utf-8');
      if (told !== undefined) return told;
    }
    at += 4 + length;
  }
  const utf8 = textOf(name, 'utf-8');
  return utf8 !== undefined || (flags & UTF8) !== 0 ? utf8 : textOf(name, 'shift_jis');
}

function textOf(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What macOS and Windows put beside files. */
function isDebris(name: string): boolean {
  const parts = name.split(/[/\\]/);
  const last = parts.at(-1)?.toLowerCase() ?? '';
  return parts.includes('__MACOSX') || last.startsWith('.') || last === 'thumbs.db' || last === 'desktop.ini';
}

async function unfold(zip: Blob, entry: Entry): Promise<Blob> {
  const { name, bytes, checksum } = entry;
  if (name === undefined) throw new ZipRefused('scan-name-unreadable');
  if (/^[/\\]|^[A-Za-z]:/.test(name) || name.split(/[/\\]/).includes('..'))
    throw new ZipRefused('scan-name-leads-outside');
  if (entry.isLink) throw new ZipRefused('scan-not-a-file');
  if (bytes > LARGEST_SCAN) throw new ZipRefused('scan-too-large');
  const header = await bytesOf(zip, entry.header, entry.header + 30);
  if (header.byteLength < 30 || header.getUint32(0, true) !== 0x04034b50) throw new ZipRefused('zip-damaged');
  const from = entry.header + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = zip.slice(from, from + entry.packed);
  const whole = entry.method === 0 ? await packed.arrayBuffer() : await inflated(packed, entry);
  const data = new Uint8Array(whole);
  if (data.length !== bytes || crc32(data) !== checksum) throw new ZipRefused('zip-damaged');
  return new Blob([data]);
}

/** Not more than it says: a small zip may unfold to anything. */
async function inflated(packed: Blob, { method, bytes }: Entry): Promise<ArrayBuffer> {
  if (method !== 8) throw new ZipRefused('zip-damaged');
  const out = new Uint8Array(bytes);
  let at = 0;
  try {
    const reader = packed.stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (at + value.length > bytes) {
        await reader.cancel();
        throw new ZipRefused('zip-damaged');
      }
      out.set(value, at);
      at += value.length;
    }
  } catch {
    throw new ZipRefused('zip-damaged');
  }
  return out.buffer.slice(0, at);
}

async function bytesOf(file: Blob, from: number, to: number): Promise<DataView<ArrayBuffer>> {
  return new DataView(await file.slice(from, to).arrayBuffer());
}

/** The checksum that zips carry (APPNOTE 4.4.7): without it a damaged scan would be kept as proof. */
function crc32(data: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of data) sum = (TABLE[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let sum = index;
  for (let bit = 0; bit < 8; bit += 1) sum = (sum & 1) === 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});
