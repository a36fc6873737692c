import type { EventStore } from '@enishi/event-store';
import { openEventStoreDb } from '../../libs/event-store/src/eventstoredb';
import { describeWithEventStoreDb, startEventStoreDb } from '../support/eventstoredb';
import { describeEventStoreContract } from './event-store.contract';

describeWithEventStoreDb('the event store on a real EventStoreDB', () => {
  describeEventStoreContract('EventStoreDB', async () => {
    const server = await startEventStoreDb();
    const opened: EventStore[] = [];
    const open = async (): Promise<EventStore> => {
      const store = await openEventStoreDb({ url: server.url });
      opened.push(store);
      return store;
    };
    return {
      store: await open(),
      fresh: server.fresh,
      open,
      async drop() {
        await Promise.all(opened.map((store) => store.close()));
        await server.stop();
      },
    };
  });
});
