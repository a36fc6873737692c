import {
  describeWithEventStoreDb,
  startEventStoreDb,
  type EventStoreDbServer,
} from '../support/eventstoredb';
import { startServer } from '../support/server';
import { tellTheStory } from './support/story';

describeWithEventStoreDb('from a leavers’ file to a roster, on EventStoreDB', () => {
  let store: EventStoreDbServer | undefined;
  afterAll(() => store?.stop());

  tellTheStory(async () => {
    store = await startEventStoreDb();
    return startServer({ env: { ENISHI_EVENT_STORE: store.url } });
  });
});
