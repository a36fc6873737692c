import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as tick } from 'node:timers/promises';
import { api } from '../support/api';
import { startServer, temporaryHome, type TemporaryHome, type TestServer } from '../support/server';
import { COMMAND, enishi, furnishLedger, keysOf } from './support';

jest.setTimeout(300_000);

describe('a backup that is killed', () => {
  let place: string;
  let home: TemporaryHome;
  let server: TestServer;
  let round = 0;

  beforeAll(async () => {
    place = mkdtempSync(path.join(tmpdir(), 'enishi-killed-'));
    home = temporaryHome();
    server = await startServer({ home: home.home });
    await furnishLedger(api(server), 400);
  });
  afterAll(async () => {
    await server?.stop();
    await home?.remove();
    rmSync(place, { recursive: true, force: true });
  });

  const hidden = (backups: string): string[] =>
    existsSync(backups) ? readdirSync(backups).filter((name) => name.startsWith('.')) : [];

  /** Starts a backup, and answers as soon as this stands in its unfinished folder; undefined where it was too fast. */
  const caughtAt = async (backups: string, part: string): Promise<ChildProcess | undefined> => {
    const args = [COMMAND, 'backup', backups, '--home', home.home];
    const child = spawn(process.execPath, args, { stdio: 'ignore' });
    while (child.exitCode === null) {
      if (hidden(backups).some((name) => existsSync(path.join(backups, name, part)))) {
        child.kill('SIGSTOP');
        return child;
      }
      await tick();
    }
    return undefined;
  };
  /** The same, in a folder of its own, as often as it takes. */
  const caught = async (
    part: string,
  ): Promise<{ readonly child: ChildProcess; readonly backups: string }> => {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const backups = path.join(place, `backups-${(round += 1)}`);
      const child = await caughtAt(backups, part);
      if (child && hidden(backups).length === 1) return { child, backups };
      child?.kill('SIGCONT');
    }
    throw new Error(`never caught at ${part}`);
  };
  const kill = async (child: ChildProcess): Promise<void> => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  const restore = (folder: string, ...more: string[]) =>
    enishi(home.home, ['restore', folder, ...more], keysOf(home.home));

  it.each(['ledger.ndjson', 'artefacts.ndjson', 'tables', 'manifest.json'])(
    'at %s: what is left is never taken for a backup, and the next one removes it',
    async (part) => {
      const { child, backups } = await caught(part);
      await kill(child);
      const [left] = hidden(backups);
      expect(readdirSync(backups)).toEqual([left]);
      for (const how of ['--verify', '--drill']) {
        expect(await restore(path.join(backups, left!), how)).toMatchObject({
          code: 2,
          err: { code: 'backup-unfinished' },
        });
      }
      const made = await enishi(home.home, ['backup', backups]);
      expect(made.code).toBe(0);
      expect(readdirSync(backups)).toEqual([path.basename(made.out['folder'] as string)]);
      expect(await restore(made.out['folder'] as string, '--verify')).toMatchObject({ code: 0 });
      // Whoever names the folder of all of them is told which to name.
      const named = await restore(backups, '--verify');
      expect(named).toMatchObject({ code: 4, err: { code: 'not-a-backup' } });
      expect(named.err.remedy).toContain(path.basename(made.out['folder'] as string));
    },
  );

  it('one at a time: a second one waits for no first, and takes nothing from it', async () => {
    const { child, backups } = await caught('ledger.ndjson');
    const ended = once(child, 'exit');
    const second = await enishi(home.home, ['backup', backups]);
    expect(second).toMatchObject({ code: 5, err: { code: 'backup-running' } });
    expect(hidden(backups)).toHaveLength(1);
    child.kill('SIGCONT');
    expect(await ended).toEqual([0, null]);
    expect(hidden(backups)).toEqual([]);
    const [made] = readdirSync(backups);
    expect(await restore(path.join(backups, made!), '--verify')).toMatchObject({ code: 0 });
  });
});
