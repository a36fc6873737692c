import { appendFileSync } from 'node:fs';

/**
 * Notes a behaviour that this machine cannot show; `npm test` lists it at the end as `not run`.
 *
 * @example if (!existsSync(samples)) return notRun('import of the sample files', 'they are not on this machine');
 */
export function notRun(what: string, reason: string): void {
  const file = process.env['ENISHI_NOT_RUN_FILE'];
  if (file) appendFileSync(file, `${JSON.stringify({ what, reason })}\n`);
}
