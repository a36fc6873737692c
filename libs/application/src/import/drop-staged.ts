import type { ImportScans } from './import-scans';
import type { Staging } from './staging';

/** What an import keeps on disk until it ends. */
export interface StagedFiles {
  readonly staging: Staging;
  readonly scans: ImportScans;
}

const PAGE = 500;

/** Deletes an import's file with its scans. Which scans there were, and whether rows named them, stays known. */
export async function dropStaged({ staging, scans }: StagedFiles, importId: string): Promise<void> {
  await staging.drop(importId);
  for (let after = 0; ;) {
    const page = await scans.list(importId, after, PAGE);
    for (const { scanId } of page) await staging.drop(scanId);
    if (page.length < PAGE) return;
    after = page.at(-1)!.number;
  }
}
