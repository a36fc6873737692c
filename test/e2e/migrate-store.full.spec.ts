import { execFile } from 'node:child_process';
import path from 'node:path';
import { api } from '../support/api';
import {
  describeWithEventStoreDb,
  startEventStoreDb,
  type EventStoreDbServer,
} from '../support/eventstoredb';
import { startServer, temporaryHome, type TemporaryHome, type TestServer } from '../support/server';
import {
  caughtUp,
  furnish,
  headOf,
  importFile,
  leaversFile,
  wholeRoster,
  type Furnished,
} from './support/steps';

const COMMAND = path.resolve(__dirname, '../../apps/cli/bin/enishi.cjs');

/** The built command line, as a process of its own: it starts and stops a PostgreSQL. */
function migrateStore(
  home: string,
  from: string,
  to: string,
): Promise<{ code: number; out: string; err: string }> {
  const args = [COMMAND, 'migrate-store', from, to, '--json', '--home', home];
  return new Promise((resolve) => {
    execFile(process.execPath, args, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

interface Moved {
  readonly leaves: string;
  readonly written: string;
  readonly root: string;
}

describeWithEventStoreDb('a ledger that moves from the embedded PostgreSQL to EventStoreDB, and back', () => {
  let place: TemporaryHome;
  let store: EventStoreDbServer;
  let furnished: Furnished;
  let before: unknown;
  let head: string;
  const key = { key: 'a-key-that-was-used' };

  const run = async (
    server: TestServer,
    more: () => Promise<void> = async () => undefined,
  ): Promise<void> => {
    try {
      await caughtUp(api(server));
      await more();
    } finally {
      await server.stop();
    }
  };
  const move = async (from: string, to: string) => {
    const { code, out, err } = await migrateStore(place.home, from, to);
    if (code !== 0) return { code, err };
    return { code, moved: JSON.parse(out) as Moved };
  };
  const rosterOf = (server: TestServer) =>
    wholeRoster(api(server), { purposeId: furnished.purposeId, channel: 'email', mode: 'excluded' });

  beforeAll(async () => {
    place = temporaryHome();
    store = await startEventStoreDb();
    const server = await startServer({ home: place.home });
    const to = api(server);
    furnished = await furnish(to);
    await importFile(to, leaversFile(120));
    await to.put(
      '/v1/company/contact-point',
      { contactPoint: { name: { ja: '窓口', en: 'Desk' }, email: 'a@example.jp' } },
      key,
    );
    await run(server, async () => {
      before = await rosterOf(server);
      head = await headOf(to);
      // A server that runs has its PostgreSQL to itself.
      expect(await move('embedded', store.url)).toMatchObject({ code: 1 });
    });
  });
  afterAll(async () => {
    await store.stop();
    await place.remove();
  });

  it('proves every leaf to be the same, and goes on there', async () => {
    const { moved } = await move('embedded', store.url);
    expect(moved).toMatchObject({ leaves: head, written: head });

    const server = await startServer({ home: place.home, env: { ENISHI_EVENT_STORE: store.url } });
    await run(server, async () => {
      expect(await rosterOf(server)).toEqual(before);
      // A command repeated after the move gets its first answer, in the new place.
      const there = await headOf(api(server));
      const again = await api(server).put(
        '/v1/company/contact-point',
        { contactPoint: { name: { ja: '窓口', en: 'Desk' }, email: 'a@example.jp' } },
        key,
      );
      expect(again.status).toBeLessThan(300);
      expect(await headOf(api(server))).toBe(there);
      await importFile(api(server), leaversFile(130));
      before = await rosterOf(server);
    });
  });

  it('moves back: what stands there already is compared, the rest written', async () => {
    const { code, moved, err } = await move(store.url, 'embedded');
    expect({ code, err }).toEqual({ code: 0, err: undefined });
    expect(Number(moved!.written)).toBe(Number(moved!.leaves) - Number(head));
    expect(Number(moved!.written)).toBeGreaterThan(0);
    const server = await startServer({ home: place.home });
    await run(server, async () => {
      expect(await rosterOf(server)).toEqual(before);
      expect(await headOf(api(server))).toBe(moved!.leaves);
    });
    // Nothing is left to do, and the roots agree.
    expect((await move('embedded', store.url)).moved).toMatchObject({ written: '0', root: moved!.root });
  });

  it('leaves a target alone that holds another ledger', async () => {
    const other = temporaryHome();
    const stranger = await startServer({ home: other.home });
    await stranger.stop();
    const { code, err } = await migrateStore(other.home, store.url, 'embedded');
    expect(code).toBe(1);
    expect(err).toContain('genesis');
    await other.remove();
  });

  it('says what is wrong with a place', async () => {
    expect((await move('mysql://x', store.url)).code).toBe(2);
    expect((await move('env:NOTHING', store.url)).code).toBe(2);
  });
});
