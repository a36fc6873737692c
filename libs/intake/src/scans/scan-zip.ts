import * as iconv from 'iconv-lite';
import type { Entry, ZipFile } from 'yauzl';
import { eachEntry, openZip, Slices, unfolded, type RandomAccess } from '../zip-source';
import { LARGEST_SCAN } from './scan-type';
import { isDebris, leadsOutside } from './scan-name';

/** Why a zip of scans is not read as a whole. */
export type ScanZipCode = 'zip-damaged' | 'zip-encrypted' | 'zip-too-many' | 'zip-too-large';

/** Why one file of it is not taken. */
export type ScanFileCode =
  'scan-name-leads-outside' | 'scan-name-unreadable' | 'scan-too-large' | 'scan-not-a-file';

/** Stops the reading of a zip of scans. Its message is the code alone: names are about persons. */
export class ScanZipRefused extends Error {
  constructor(readonly code: ScanZipCode) {
    super(code);
    this.name = 'ScanZipRefused';
  }
}

/** One file of a zip. */
export interface ZippedScan {
  /** As the zip names it, folders included; never a place to write to. */
  readonly name: string;
  /** As the zip declares them; more than that does not come out. */
  readonly bytes: number;
  /** Set where it is not to be taken. */
  readonly refused?: ScanFileCode;
  /** Its bytes, unfolded and checked. @throws ScanZipRefused */
  read(): AsyncGenerator<Uint8Array, void, undefined>;
}

/** What a zip of scans may hold: a small one can unfold to anything. */
export interface ScanZipLimits {
  readonly entries: number;
  /** Bytes of one file. */
  readonly scan: number;
  /** Bytes of all files together, as the zip declares them. */
  readonly all: number;
}

export const MOST_SCANS = 10_000;
export const SCAN_ZIP_LIMITS: ScanZipLimits = {
  entries: 2 * MOST_SCANS,
  scan: LARGEST_SCAN,
  all: 8 * 1024 * 1024 * 1024,
};

const UTF8_FLAG = 0x800;
/** Info-ZIP's field with a name in UTF-8 (APPNOTE 4.6.9). */
const UNICODE_PATH = 0x7075;
const SYMBOLIC_LINK = 0o120000;
const FILE_KIND = 0o170000;

/**
 * The list of files in a zip of scans, folders and what systems leave behind left out. Names are read as UTF-8 where
 * the zip says so or they are nothing else, and as Windows' Shift_JIS (CP932) otherwise, as zips of Japanese Windows
 * are written.
 *
 * @throws ScanZipRefused; what `source` throws
 */
export async function openScanZip(
  source: RandomAccess,
  limits: ScanZipLimits = SCAN_ZIP_LIMITS,
): Promise<readonly ZippedScan[]> {
  const slices = new Slices(source);
  try {
    const zip = await openZip(slices, source.size, { decodeStrings: false });
    if (zip.entryCount > limits.entries) throw new ScanZipRefused('zip-too-many');
    const scans: ZippedScan[] = [];
    let all = 0;
    await eachEntry(zip, (entry) => {
      const name = nameOf(entry);
      if (name !== undefined && (/[/\\]$/.test(name) || isDebris(name))) return;
      if (entry.isEncrypted()) throw new ScanZipRefused('zip-encrypted');
      all += entry.uncompressedSize;
      if (all > limits.all) throw new ScanZipRefused('zip-too-large');
      scans.push(scanOf(zip, slices, entry, name, limits));
    });
    return scans;
  } catch (error) {
    throw faultOf(error, slices);
  }
}

function scanOf(
  zip: ZipFile,
  slices: Slices,
  entry: Entry,
  name: string | undefined,
  limits: ScanZipLimits,
): ZippedScan {
  const isLink = ((entry.externalFileAttributes >>> 16) & FILE_KIND) === SYMBOLIC_LINK;
  const refused =
    name === undefined
      ? 'scan-name-unreadable'
      : leadsOutside(name)
        ? 'scan-name-leads-outside'
        : isLink
          ? 'scan-not-a-file'
          : entry.uncompressedSize > limits.scan
            ? 'scan-too-large'
            : undefined;
  return {
    name: name ?? '',
    bytes: entry.uncompressedSize,
    ...(refused !== undefined && { refused }),
    async *read() {
      try {
        yield* unfolded(zip, entry, () => new ScanZipRefused('zip-damaged'));
      } catch (error) {
        throw faultOf(error, slices);
      }
    },
  };
}

/** The entry's name; undefined where its bytes are text in neither encoding. */
function nameOf(entry: Entry): string | undefined {
  const bytes = entry.fileName as unknown as Buffer;
  const unicode = entry.extraFields.find(({ id }) => id === UNICODE_PATH)?.data;
  // Version 1, the checksum of the other name, then this one.
  if (unicode !== undefined && unicode.length > 5 && unicode[0] === 1) {
    const named = utf8(unicode.subarray(5));
    if (named !== undefined) return named;
  }
  const asUtf8 = utf8(bytes);
  if (asUtf8 !== undefined || (entry.generalPurposeBitFlag & UTF8_FLAG) !== 0) return asUtf8;
  const asCp932 = iconv.decode(bytes, 'cp932');
  return asCp932.includes('\ufffd') ? undefined : asCp932;
}

function utf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** yauzl's and zlib's complaints become one code: their texts may hold names. */
function faultOf(error: unknown, { failure }: Slices): unknown {
  if (failure !== undefined) return failure;
  return error instanceof ScanZipRefused ? error : new ScanZipRefused('zip-damaged');
}
