import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { startServer, temporaryHome, type TestServer } from '../support/server';
import type { Ground } from './ground';
import { median } from './measure';
import type { Result } from './result';

const CLI = path.resolve(__dirname, '../../apps/cli/bin/enishi.cjs');
const HOOK = path.join(__dirname, 'counted-start.cjs');

interface Counted {
  readonly modules: number;
  /** Of the processor, in ms. */
  readonly processor: number;
}

/** What programs load and compute to do next to nothing: the server started and stopped, commands on a small ledger. */
export async function programsBench({ options }: Ground): Promise<readonly Result[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'enishi-programs-'));
  const { home, remove } = temporaryHome();
  const counting = { NODE_OPTIONS: `--require ${HOOK}`, COUNTED_START: path.join(folder, 'counted') };
  const results: Result[] = [];
  const measure = async (line: string, run: () => Promise<unknown>): Promise<void> => {
    const rounds: Counted[] = [];
    for (let round = 0; round < (options.quick ? 1 : 5); round += 1) {
      await run();
      rounds.push(JSON.parse(readFileSync(counting.COUNTED_START, 'utf8')) as Counted);
    }
    const ours = median(rounds.map(({ processor }) => processor));
    results.push({ bench: 'programs', line, unit: 'ms', ours, note: `${rounds[0]!.modules} modules` });
  };
  const serve = async (): Promise<TestServer> => startServer({ home, env: counting });
  try {
    await (await serve()).stop();
    await measure('the server', async () => (await serve()).stop());
    const server = await startServer({ home });
    const settings = { ENISHI_HOME: home, ENISHI_URL: server.url, ENISHI_TOKEN: server.token };
    const env = { PATH: process.env['PATH'] ?? '', ...settings, ...counting };
    const enishi = (...args: string[]) => promisify(execFile)(process.execPath, [CLI, ...args], { env });
    await measure('`enishi --help`', () => enishi('--help'));
    await measure('`enishi status`', () => enishi('status'));
    await measure('`enishi sample --rows 1`', () => enishi('sample', '--rows', '1'));
    await measure('`enishi backup`', () => enishi('backup', folder));
    await server.stop();
    return results;
  } finally {
    await remove();
    rmSync(folder, { recursive: true, force: true });
  }
}
