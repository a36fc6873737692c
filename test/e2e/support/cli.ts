import { execFile } from 'node:child_process';
import path from 'node:path';
import type { TestServer } from '../../support/server';

const CLI = path.resolve(__dirname, '../../../apps/cli/bin/enishi.cjs');

/** What a command came to. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The built command line, talking to this server. */
export function cliOf({ home, url, token }: TestServer): (args: readonly string[]) => Promise<Ran> {
  const settings = { ENISHI_HOME: home, ENISHI_URL: url, ENISHI_TOKEN: token };
  const env = { PATH: process.env['PATH'] ?? '', LANG: 'en_US.UTF-8', ...settings };
  return (args) =>
    new Promise((resolve) => {
      execFile(process.execPath, [CLI, ...args], { env }, (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
      });
    });
}
