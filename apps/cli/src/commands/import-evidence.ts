import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  isDebris,
  LARGEST_SCAN,
  messageOf,
  MOST_SCANS,
  openScanZip,
  SCAN_HEAD_BYTES,
  scanKey,
  scanTypeOf,
  ScanZipRefused,
  type IntakeCode,
} from '@enishi/intake';
import { badInput } from '../failure';
import type { Bilingual } from '../language';

/** A scan on this machine. */
export interface ScanFile {
  /** As its folder or zip names it. */
  readonly name: string;
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** The scans in a folder or a zip, and what lies there that is none. */
export interface Evidence {
  readonly scans: readonly ScanFile[];
  readonly skipped: readonly { readonly name: string; readonly code: IntakeCode }[];
  close(): Promise<void>;
}

interface Found extends ScanFile {
  readonly bytes: number;
  readonly refused?: IntakeCode;
}

/** Looks into a folder, its folders included, or into a zip. @throws Failure */
export async function evidenceAt(place: string): Promise<Evidence> {
  const kind = await stat(place).catch(() => undefined);
  if (kind?.isDirectory() === true) return sorted(await inFolder(place), async () => undefined);
  if (kind?.isFile() === true) return inZip(place, kind.size);
  throw badInput(
    'evidence-not-found',
    '--evidence にはスキャンのフォルダーか ZIP ファイルを指定してください。',
    'Give --evidence a folder of scans, or a zip.',
  );
}

/** What an intake code says, in both languages. */
export function wordsOf(code: IntakeCode): Bilingual {
  const [ja, en] = [messageOf(code, 'ja'), messageOf(code, 'en')];
  return { ja: ja.problem + ja.remedy, en: `${en.problem} ${en.remedy}` };
}

async function inFolder(folder: string): Promise<readonly Found[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: Found[] = [];
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, file);
    if (entry.isDirectory() || isDebris(name)) continue;
    if (found.length >= 2 * MOST_SCANS) throw refused('scans-too-many');
    // Links are not followed: the folder named is the one that was meant.
    if (!entry.isFile())
      found.push({ name, bytes: 0, refused: 'scan-not-a-file', open: () => createReadStream(file) });
    else found.push({ name, bytes: (await stat(file)).size, open: () => createReadStream(file) });
  }
  return found;
}

async function inZip(file: string, size: number): Promise<Evidence> {
  const handle = await open(file, 'r');
  const source = {
    size,
    async read(from: number, length: number) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, from);
      return buffer.subarray(0, bytesRead);
    },
  };
  try {
    const scans = await openScanZip(source);
    const found = scans.map(({ name, bytes, refused: code, read }) => {
      return { name, bytes, open: read, ...(code !== undefined && { refused: code }) };
    });
    return await sorted(found, () => handle.close());
  } catch (error) {
    await handle.close();
    throw error instanceof ScanZipRefused ? refused(error.code) : error;
  }
}

/** Parts scans from what is none, by content. */
async function sorted(found: readonly Found[], close: () => Promise<void>): Promise<Evidence> {
  const scans: ScanFile[] = [];
  const skipped: { name: string; code: IntakeCode }[] = [];
  for (const one of [...found].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const code = one.refused ?? (await faultOf(one));
    if (code === undefined) scans.push({ name: one.name, open: one.open });
    else skipped.push({ name: one.name, code });
  }
  if (scans.length > MOST_SCANS) throw refused('scans-too-many');
  return { scans, skipped, close };
}

async function faultOf({ name, bytes, open: opened }: Found): Promise<IntakeCode | undefined> {
  if (scanKey(name) === undefined) return 'scan-name-not-valid';
  if (bytes > LARGEST_SCAN) return 'scan-too-large';
  let head = Buffer.alloc(0);
  for await (const chunk of opened()) {
    head = Buffer.concat([head, chunk]);
    if (head.length >= SCAN_HEAD_BYTES) break;
  }
  return scanTypeOf(head) === undefined ? 'scan-type-not-allowed' : undefined;
}

function refused(code: IntakeCode): Error {
  const { ja, en } = wordsOf(code);
  return badInput(code, ja, en);
}
