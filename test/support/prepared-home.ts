import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const MADE_WITHIN_MS = 60_000;

/**
 * Gives a home that is yet to be the PostgreSQL of a first start, with empty tables: the run makes one and copies it, since
 * one costs more than a second of processor time. How a server makes it is shown by test/start/. Outside Jest it does nothing,
 * and the server makes its own.
 *
 * @param home a folder that does not exist
 */
export async function furnishHome(home: string): Promise<void> {
  const folder = process.env['ENISHI_TEST_PREPARED'];
  if (folder === undefined) return;
  const whole = path.join(folder, 'home');
  if (!existsSync(whole)) await make(folder, whole);
  await promisify(execFile)('cp', ['-a', whole, home]);
}

/** Whoever is first makes it; the others wait. */
async function make(folder: string, whole: string): Promise<void> {
  const making = path.join(folder, 'making');
  try {
    mkdirSync(making);
  } catch {
    for (const deadline = Date.now() + MADE_WITHIN_MS; !existsSync(whole); await sleep(25)) {
      if (Date.now() > deadline) throw new Error('the PostgreSQL that homes begin with was not made');
    }
    return;
  }
  // Most specs only copy, and need not load what makes one.
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { startEmbedded } = require('@enishi/embedded') as typeof import('@enishi/embedded');
  const { migrateAll } = require('@enishi/migrations') as typeof import('@enishi/migrations');
  /* eslint-enable @typescript-eslint/no-require-imports */
  const embedded = await startEmbedded({ home: path.join(making, 'home'), onLog: () => undefined });
  await migrateAll({ databaseOwnerUrl: embedded.ownerUrl, servingRole: 'enishi_app' }).finally(() =>
    embedded.stop(),
  );
  // Each server finds a port of its own and begins its own log.
  for (const name of ['port', 'postgres.log']) {
    rmSync(path.join(making, 'home', 'postgres', name), { force: true });
  }
  renameSync(path.join(making, 'home'), whole);
}
