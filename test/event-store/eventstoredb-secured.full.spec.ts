import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { AccessDeniedError, ANY, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { type EventStore, type RecordedEvent, StoreUnavailable } from '@enishi/event-store';
import { openEventStoreDb } from '../../libs/event-store/src/eventstoredb';
import { anAppend, describeEventStoreContract } from '../contract/event-store.contract';
import { canMakeCertificates, makeCertificates } from '../support/certificates';
import { describeWithEventStoreDb } from '../support/eventstoredb';
import { notRun } from '../support/not-run';
import {
  ADMIN,
  PASSWORD,
  prepare,
  startSecured,
  type SecuredEventStoreDb,
} from '../support/secured-eventstoredb';

jest.setTimeout(120_000);

if (!canMakeCertificates) {
  notRun('EventStoreDB with TLS and users', 'openssl, which makes the certificates, is not on PATH');
  it.skip('EventStoreDB with TLS and users', () => undefined);
} else {
  describeWithEventStoreDb('EventStoreDB with TLS and users', secured, true);
}

function secured(): void {
  describe('as the service account', () => {
    describeEventStoreContract('a secured EventStoreDB', async () => {
      const server = await startSecured();
      const opened: EventStore[] = [];
      const open = async (): Promise<EventStore> => {
        const store = await openEventStoreDb({ url: server.url });
        opened.push(store);
        return store;
      };
      return {
        store: await open(),
        fresh: true,
        open,
        async drop() {
          await Promise.all(opened.map((store) => store.close()));
          await server.stop();
        },
      };
    });
  });

  describe('what the service account may not', () => {
    let server: SecuredEventStoreDb;
    let store: EventStore;
    let client: EventStoreDBClient;
    const stream = 'consent-secured';
    const stored = async (): Promise<readonly string[]> =>
      (await store.readStream(stream)).map(({ id }: RecordedEvent) => id);
    let ids: readonly string[];

    beforeAll(async () => {
      server = await startSecured();
      store = await openEventStoreDb({ url: server.url });
      client = EventStoreDBClient.connectionString(server.url);
      await store.append(anAppend(stream, 'no-stream', 3));
      ids = await stored();
      expect(ids).toHaveLength(3);
    });
    afterEach(async () => expect(await stored()).toEqual(ids));
    afterAll(async () => {
      await client?.dispose();
      await store?.close();
      await server?.stop();
    });

    const filler = () => jsonEvent({ type: 'Filler', data: {} });
    it.each<[string, () => Promise<unknown>]>([
      ['delete a stream', () => client.deleteStream(stream)],
      ['tombstone a stream', () => client.tombstoneStream(stream)],
      ['cut a stream off by metadata', () => client.setStreamMetadata(stream, { truncateBefore: 2 })],
      ['let a stream forget', () => client.setStreamMetadata(stream, { maxCount: 1 })],
      ['write the metadata’s own stream', () => client.appendToStream(`$$${stream}`, filler())],
      ['read the metadata', () => client.getStreamMetadata(stream)],
      ['change the rules of all streams', () => client.appendToStream('$settings', filler())],
      ['change who reads the log', () => client.setStreamMetadata('$all', { acl: { readRoles: ['$all'] } })],
      [
        'write the server’s own streams',
        () => client.appendToStream('$filler', filler(), { expectedRevision: ANY }),
      ],
    ])('%s: refused by the server', async (_, attempt) => {
      await expect(attempt()).rejects.toBeInstanceOf(AccessDeniedError);
    });

    it('an administrator could, so that it is the account that stands in the way', async () => {
      const admin = EventStoreDBClient.connectionString(server.urlOf(...ADMIN));
      // Outside the ledger, which would tell of it.
      await admin.appendToStream('$scratch', filler());
      await admin.tombstoneStream('$scratch');
      await admin.dispose();
    });

    it('is made once: a second time gives it the password that is named now', async () => {
      await prepare(server.urlOf(...ADMIN), server.url);
      const other = server.urlOf('enishi', 'another');
      await prepare(server.urlOf(...ADMIN), other);
      await opens(other);
      await prepare(server.urlOf(...ADMIN), server.url);
      await opens(server.url);
    });

    it('loses its right and gets it back while Enishi runs: reading is refused at once, then it goes on', async () => {
      await prepare(server.urlOf(...ADMIN), server.urlOf('enishi', 'another'));
      let refused: unknown;
      for (let attempt = 0; refused === undefined && attempt < 100; attempt += 1) {
        await store.readStream(stream).catch((error: unknown) => void (refused = error));
        await sleep(100);
      }
      // Appends go on over the connection that was made with the right.
      expect(refused).toMatchObject({ name: 'StoreUnavailable', outcomeUnknown: false });
      await prepare(server.urlOf(...ADMIN), server.url);
      await opens(server.url);
      expect((await store.append(anAppend('consent-right', 'no-stream'))).revision).toBe(0);
    });

    /** The server remembers passwords, and forgets an old one a moment after it was changed. */
    const opens = async (url: string): Promise<void> => {
      for (let attempt = 0; ; attempt += 1) {
        const opened = await openEventStoreDb({ url }).catch((error: Error) => error);
        if (!(opened instanceof Error)) return opened.close();
        if (attempt === 50) throw opened;
        await sleep(200);
      }
    };
  });

  describe('a connection that is refused', () => {
    let server: SecuredEventStoreDb;
    const printed: string[] = [];
    const logged: unknown[] = [];
    beforeAll(async () => {
      server = await startSecured();
      for (const stream of ['log', 'warn', 'error', 'debug', 'info'] as const)
        jest
          .spyOn(console, stream)
          .mockImplementation((...said: unknown[]) => void printed.push(inspect(said)));
    });
    afterAll(async () => {
      jest.restoreAllMocks();
      await server?.stop();
    });

    const attempt = async (url: string): Promise<Error & { code?: string; remedy?: string }> => {
      const logger = { warn: (details: object, text: string) => void logged.push(details, text) };
      const options = { url, retryForMs: 1500, answerWithinMs: 700, logger };
      return openEventStoreDb(options as never).then(
        async (store) => {
          await store.close();
          throw new Error('it was opened');
        },
        (error: Error) => error,
      );
    };

    it.each<[string, string, (good: string, foreign: string) => string]>([
      ['a wrong password', 'access-denied', () => server.urlOf('enishi', `${PASSWORD}!`)],
      ['an unknown user', 'access-denied', () => server.urlOf('nobody', PASSWORD)],
      ['no account', 'access-denied', (good) => good.replace(/\/\/[^@]*@/, '//')],
      [
        'another authority',
        'certificate-refused',
        (good, foreign) => good.replace(/tlsCaFile=[^&]*/, `tlsCaFile=${encodeURIComponent(foreign)}`),
      ],
      ['no authority', 'certificate-refused', (good) => good.replace(/&tlsCaFile=[^&]*/, '')],
      ['a certificate file that is not there', 'connection-string', (good) => `${good}x`],
      ['an option that is not known', 'connection-string', (good) => `${good}&tlsCertificate=x`],
      ['an option of another kind', 'connection-string', (good) => `${good}&maxDiscoverAttempts=x`],
      ['a certificate not to be verified', 'connection-string', (good) => `${good}&tlsVerifyCert=false`],
      ['a port that is none', 'connection-string', (good) => good.replace(/:\d+\?/, ':x?')],
      [
        'a password that is not encoded',
        'connection-string',
        (good) => good.replace(/:Geheim[^@]*@/, ':Geheim@x/y@'),
      ],
    ])('%s: one sentence, and no password anywhere', async (_, code, urlOf) => {
      const foreign = makeCertificates();
      try {
        const error = await attempt(urlOf(server.url, foreign.authority));
        expect(error).toMatchObject({ name: 'StoreMisconfigured', code });
        expect(error.remedy).toBeTruthy();
        expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('Geheim');
      } finally {
        foreign.remove();
      }
    });

    it('a server that is not there: not even then', async () => {
      const error = await attempt(server.url.replace(/:\d+\?/, ':9?'));
      expect(error).toBeInstanceOf(StoreUnavailable);
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('Geheim');
    });

    it('nothing of it was printed or logged', () => {
      expect(inspect([printed, logged], { depth: 9 })).not.toContain('Geheim');
      expect(printed).toEqual([]);
    });
  });
}
