import { appendFileSync } from 'node:fs';

/**
 * Notes what a spec found out, in figures that no pass or failure tells; `npm test` lists it at the end as `shown`.
 *
 * @example shown(`EventStoreDB ${version}, 3 nodes: ${acknowledged} acknowledged, ${read} read`);
 */
export function shown(what: string): void {
  const file = process.env['ENISHI_NOT_RUN_FILE'];
  if (file) appendFileSync(file, `${JSON.stringify({ shown: what })}\n`);
  else process.stderr.write(`shown: ${what}\n`);
}
