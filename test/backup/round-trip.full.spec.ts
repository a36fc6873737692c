import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openEventStore } from '@enishi/event-store';
import { api } from '../support/api';
import {
  describeWithEventStoreDb,
  startEventStoreDb,
  type EventStoreDbServer,
} from '../support/eventstoredb';
import { startServer, temporaryHome, type TemporaryHome } from '../support/server';
import { COMMAND, enishi, everything, furnishLedger, keysOf } from './support';

describeWithEventStoreDb('a backup of a ledger on EventStoreDB', () => {
  let store: EventStoreDbServer;
  let empty: EventStoreDbServer;
  let place: string;
  const homes: TemporaryHome[] = [];
  const newHome = (): string => {
    const home = temporaryHome();
    homes.push(home);
    return home.home;
  };

  beforeAll(async () => {
    place = mkdtempSync(path.join(tmpdir(), 'enishi-backup-'));
    store = await startEventStoreDb();
    empty = await startEventStoreDb();
  });
  afterAll(async () => {
    for (const home of homes) await home.remove();
    await store.stop();
    await empty.stop();
    rmSync(place, { recursive: true, force: true });
  });

  /** Kills a restore into the empty store when some events are there; answers how many are. */
  const killedRestore = async (
    home: string,
    args: readonly string[],
    settings: NodeJS.ProcessEnv,
  ): Promise<number> => {
    const watching = await openEventStore({ url: empty.url, embedded: false });
    const env = { PATH: process.env['PATH'], ...settings };
    const child = spawn(process.execPath, [COMMAND, ...args, '--home', home], { env, stdio: 'ignore' });
    const ended = once(child, 'exit');
    try {
      while ((await watching.readAll({ limit: 20 })).length < 20) {
        if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
      }
      child.kill('SIGKILL');
      await ended;
      // What was under way may still have arrived.
      await sleep(500);
      return (await watching.readAll()).length;
    } finally {
      await watching.close();
    }
  };

  it('restores into an empty one, and into PostgreSQL, with the same root', async () => {
    const old = newHome();
    const env = { ENISHI_EVENT_STORE: store.url };
    const server = await startServer({ home: old, env });
    const furnished = await furnishLedger(api(server), 400);
    const before = await everything(server, furnished);
    const apart = path.join(place, 'apart');
    const made = await enishi(old, ['backup', path.join(place, 'backups'), '--apart', apart], env);
    await server.stop();
    expect(made).toMatchObject({ code: 0 });

    const places: NodeJS.ProcessEnv[] = [{ ENISHI_EVENT_STORE: empty.url }, {}];
    for (const there of places) {
      const home = newHome();
      const settings = { ...there, ...keysOf(old) };
      const args = ['restore', made.out['folder'] as string, '--apart', apart];
      const { leaves, root } = made.out;
      // Killed in the middle of the events, the same command writes the rest.
      const stands = there['ENISHI_EVENT_STORE'] ? await killedRestore(home, args, settings) : 0;
      expect(await enishi(home, args, settings)).toMatchObject({
        code: 0,
        out: { leaves, root, written: Number(leaves) - stands },
      });
      const again = await startServer({ home, env: settings as Record<string, string> });
      try {
        expect(await everything(again, furnished)).toEqual(before);
      } finally {
        await again.stop();
      }
    }
  }, 240_000);
});
