import type { ImportJob, ImportJobs } from '@enishi/application';
import { ProblemError } from '../problem';

/** The import of this id. @throws ProblemError 404 */
export async function knownImport(jobs: ImportJobs, importId: string): Promise<ImportJob> {
  const job = await jobs.find(importId);
  if (job === undefined) throw new ProblemError(404, 'import-unknown', 'There is no such import');
  return job;
}

/** One that is not being read at this moment. @param remedy what to do about it then @throws ProblemError 404, 409 */
export async function restingImport(jobs: ImportJobs, importId: string, remedy: string): Promise<void> {
  const { state } = await knownImport(jobs, importId);
  if (state === 'running' || state === 'checking')
    throw new ProblemError(409, 'import-busy', `This import is running: ${remedy}`);
}
