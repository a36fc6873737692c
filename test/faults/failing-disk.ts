import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type DiskError = 'EIO' | 'ENOSPC';

const files = process.getBuiltinModule('node:fs/promises');
const healthy = { open: files.open, rename: files.rename, mkdir: files.mkdir };
const OF_HANDLES = ['write', 'writeFile', 'appendFile', 'sync', 'truncate'] as const;

/** Counts whatever changes something under a folder, and fails the nth of it, once. */
class FailingDisk {
  passed = 0;
  failed: string | undefined;

  constructor(
    private readonly folder: string,
    private readonly nth: number,
    private readonly code: DiskError,
  ) {}

  async at<T>(what: string, file: unknown, work: () => Promise<T>): Promise<T> {
    if (!String(file).startsWith(this.folder)) return work();
    this.passed += 1;
    if (this.passed !== this.nth) return work();
    this.failed = what;
    throw Object.assign(new Error(`${this.code}: ${what}`), { code: this.code, syscall: what });
  }
}

/**
 * Does work on a disk whose nth change under `folder` fails: every opening for writing, every write, every fsync and
 * every renaming counts.
 * @returns what failed; `undefined` when the work has fewer changes than that.
 */
async function onFailingDisk(
  folder: string,
  nth: number,
  code: DiskError,
  work: () => Promise<unknown>,
): Promise<{ readonly failed: string | undefined; readonly error: unknown }> {
  const disk = new FailingDisk(folder, nth, code);
  files.rename = (from, to) => disk.at('rename', to, () => healthy.rename(from, to));
  files.mkdir = ((where, options) =>
    disk.at('mkdir', where, () => healthy.mkdir(where, options))) as typeof files.mkdir;
  files.open = async (file, flags, ...mode): Promise<FileHandle> => {
    if (flags === undefined || flags === 'r') return healthy.open(file, flags, ...mode);
    const handle = await disk.at('open', file, () => healthy.open(file, flags, ...mode));
    for (const name of OF_HANDLES) {
      const act = handle[name].bind(handle) as (...args: unknown[]) => Promise<unknown>;
      Object.assign(handle, { [name]: (...args: unknown[]) => disk.at(name, file, () => act(...args)) });
    }
    return handle;
  };
  try {
    await work();
    return { failed: disk.failed, error: undefined };
  } catch (error) {
    return { failed: disk.failed, error };
  } finally {
    Object.assign(files, healthy);
  }
}

/**
 * Lets each change of the work fail in its turn, then lets all of it pass.
 * @param afterEach what must hold when it failed: told the error, and what failed
 * @returns how many changes there were
 */
export async function failEachChange(
  folder: string,
  code: DiskError,
  work: () => Promise<unknown>,
  afterEach: (error: unknown, failed: string) => Promise<void> | void,
): Promise<number> {
  for (let nth = 1; ; nth += 1) {
    const { failed, error } = await onFailingDisk(folder, nth, code, work);
    if (failed === undefined) {
      if (error !== undefined) throw error as Error;
      return nth - 1;
    }
    await afterEach(error, failed);
  }
}

/** A file system of its own, so small that it fills up. */
export interface SmallDisk {
  readonly folder: string;
  remove(): void;
}

/** @param folder where to mount it; a new temporary one where absent. @returns nothing where none can be mounted here */
export function smallDisk(kilobytes: number, folder?: string): SmallDisk | undefined {
  const place = folder ?? mkdtempSync(path.join(tmpdir(), 'enishi-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', place], { stdio: 'pipe' });
  } catch {
    if (folder === undefined) rmSync(place, { recursive: true });
    return undefined;
  }
  return {
    folder: place,
    remove() {
      execFileSync('umount', [place], { stdio: 'pipe' });
      if (folder === undefined) rmSync(place, { recursive: true });
    },
  };
}
