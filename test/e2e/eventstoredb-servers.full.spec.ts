import { api, type Api } from '../support/api';
import {
  describeWithEventStoreDb,
  startEventStoreDb,
  type EventStoreDbServer,
} from '../support/eventstoredb';
import { startServer, temporaryHome, type TemporaryHome } from '../support/server';
import { caughtUp, furnish, headOf, importFile, leaversFile } from './support/steps';

describeWithEventStoreDb('a server on EventStoreDB', () => {
  const stores: EventStoreDbServer[] = [];
  const store = async (): Promise<EventStoreDbServer> => {
    const started = await startEventStoreDb();
    stores.push(started);
    return started;
  };
  afterAll(() => Promise.all(stores.map((one) => one.stop())));

  it('belongs to one ledger: of two that open it at once one is refused, and again whenever it comes', async () => {
    const homes = [temporaryHome(), temporaryHome()];
    const env = { ENISHI_EVENT_STORE: (await store()).url };
    const start = ({ home }: TemporaryHome) => startServer({ home, env });
    const [one, two] = await Promise.allSettled(homes.map(start));
    try {
      expect([one!.status, two!.status].sort()).toEqual(['fulfilled', 'rejected']);
      const refused = homes[one!.status === 'rejected' ? 0 : 1]!;
      const { reason } = (one!.status === 'rejected' ? one : two) as PromiseRejectedResult;
      expect(String(reason)).toMatch(/another ledger|is not the opening of this ledger|does not know/i);
      await expect(start(refused)).rejects.toThrow(/is not the opening of this ledger|does not know/);
    } finally {
      for (const result of [one, two]) if (result?.status === 'fulfilled') await result.value.stop();
      for (const home of homes) await home.remove();
    }
  });

  describe('a server that is killed', () => {
    let place: TemporaryHome;
    beforeAll(() => void (place = temporaryHome()));
    afterAll(() => place.remove());

    it('goes on where it was, and knows its ledger', async () => {
      const env = { ENISHI_EVENT_STORE: (await store()).url };
      const first = await startServer({ home: place.home, env });
      let to: Api = api(first);
      await furnish(to);
      const { counts } = await importFile(to, leaversFile(200));
      const head = await headOf(to);
      await first.kill();

      const second = await startServer({ home: place.home, env });
      to = api(second);
      expect(await headOf(to)).toBe(head);
      expect((await importFile(to, leaversFile(200))).counts).toMatchObject({
        registered: 0,
        unchanged: counts['registered']! + counts['unchanged']!,
      });
      await caughtUp(to);
      await second.stop();

      await expect(
        startServer({ home: place.home, env: { ENISHI_EVENT_STORE: (await store()).url } }),
      ).rejects.toThrow('The event store is empty, though this ledger has been opened before');
    });
  });
});
