import { FileTooLarge, type StagedFile, type Staging } from '@enishi/application';
import { HEAD_BYTES } from '@enishi/intake';
import { ProblemError } from '../problem';

/** Largest file taken in, in bytes. */
export const LARGEST_FILE = 512 * 1024 * 1024;

/** A file taken in. @throws ProblemError 413 */
export function taken(taking: Promise<StagedFile>): Promise<StagedFile> {
  return taking.catch((error: unknown) => {
    if (error instanceof FileTooLarge)
      throw new ProblemError(413, 'file-too-large', 'The file is larger than 512 MiB');
    throw error;
  });
}

/** The beginning of a staged file, by which it is recognised. */
export async function headOf(staging: Staging, importId: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of staging.read(importId)) {
    parts.push(chunk);
    bytes += chunk.length;
    if (bytes >= HEAD_BYTES) break;
  }
  return Buffer.concat(parts).subarray(0, HEAD_BYTES);
}
