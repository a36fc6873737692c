import { type EventStore, migrateLedger, openPostgresStore } from '@enishi/event-store';
import { testCluster } from '../support/postgres';
import { describeEventStoreContract } from './event-store.contract';

describeEventStoreContract('PostgreSQL', async () => {
  const cluster = await testCluster();
  const database = await cluster.createDatabase('contract');
  await migrateLedger(database.ownerUrl, { servingRole: 'enishi_app' });
  const opened: EventStore[] = [];
  const open = async (): Promise<EventStore> => {
    const store = await openPostgresStore({ url: database.url, embedded: false });
    opened.push(store);
    return store;
  };
  return {
    store: await open(),
    open,
    async drop() {
      await Promise.all(opened.map((store) => store.close()));
      await database.drop();
      await cluster.stop();
    },
  };
});
