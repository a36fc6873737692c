import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { api } from '../support/api';
import {
  describeWithEventStoreDb,
  startEventStoreDb,
  type EventStoreDbServer,
} from '../support/eventstoredb';
import { startServer, temporaryHome, type TemporaryHome } from '../support/server';
import { enishi, everything, furnishLedger, keysOf } from './support';

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

  it('restores into an empty one, and into PostgreSQL, with the same root', async () => {
    const old = newHome();
    const env = { ENISHI_EVENT_STORE: store.url };
    const server = await startServer({ home: old, env });
    const furnished = await furnishLedger(api(server), 60);
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
      expect(await enishi(home, args, settings)).toMatchObject({
        code: 0,
        out: { leaves, root, written: leaves },
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
