import { openEventStore, type EventStore, type RecordedEvent } from '@enishi/event-store';
import { setTimeout as sleep } from 'node:timers/promises';
import { canMakeCertificates } from '../support/certificates';
import {
  describeWithEventStoreDb,
  leaderOf,
  startEventStoreDb,
  startThreeNodes,
  urlOf,
  versionOf,
  type EventStoreDbNode,
  type EventStoreDbServer,
} from '../support/eventstoredb';
import { notRun } from '../support/not-run';
import { startSecured, type SecuredEventStoreDb } from '../support/secured-eventstoredb';
import { shown } from '../support/shown';
import { clientOf, ready, startCluster, type Cluster, type Member } from './support/cluster';
import { tellOfTheCluster, until } from './support/cluster-story';
import { accepted, CONTACT_POINT, PARTY } from './support/steps';

jest.setTimeout(300_000);

describeWithEventStoreDb('two servers and two workers on one EventStoreDB', () => {
  let store: EventStoreDbServer;
  afterAll(() => store?.stop());
  tellOfTheCluster(async () => {
    store = await startEventStoreDb();
    return startCluster('cluster_esdb', { ENISHI_EVENT_STORE: store.url });
  });
});

/** What the writers were told. */
interface Told {
  /** Ids of all events that an answer said are recorded. */
  readonly eventIds: string[];
  commands: number;
  /** Answers that asked to repeat the command. */
  repeated: number;
}

/** Repeats a command under its key until it is answered. */
async function command(
  api: ReturnType<typeof clientOf>,
  told: Told,
  [method, path, body, key]: readonly [string, string, object, string],
): Promise<void> {
  for (const deadline = Date.now() + 90_000; ; told.repeated += 1) {
    const answer = await api
      .send<{ eventIds: string[] }>(method, path, body, { key })
      // The server itself must not fall: a connection that breaks counts as an answer to repeat, too.
      .catch(() => undefined);
    if (answer !== undefined && answer.status < 300) {
      told.eventIds.push(...answer.body.eventIds);
      told.commands += 1;
      return;
    }
    const mayRepeat = answer === undefined || answer.status === 503 || answer.status === 409;
    if (!mayRepeat || Date.now() > deadline) throw new Error(answer?.text ?? 'no answer');
    await sleep(200);
  }
}

/** Every event of a ledger, from the first. */
async function everyEvent(store: EventStore): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (;;) {
    const after = events.at(-1)?.position;
    const page = await store.readAll({ limit: 1000, ...(after !== undefined && { after }) });
    if (page.length === 0) return events;
    events.push(...page);
  }
}

/** Writes through both servers, kills the leader meanwhile, and counts what is there afterwards. */
async function leaderIsKilled(
  name: string,
  nodes: readonly EventStoreDbNode[],
  url: string,
  certificates?: SecuredEventStoreDb['certificates'],
): Promise<void> {
  const cluster: Cluster = await startCluster(name, { ENISHI_EVENT_STORE: url });
  try {
    const token = await cluster.token('compliance', 'hr', 'operator');
    const servers: Member[] = [await cluster.start('api'), await cluster.start('api')];
    for (let n = 0; n < 2; n += 1) await cluster.start('worker');
    for (const server of servers) await ready(server);
    const clients = servers.map((server) => clientOf(server, token));
    accepted(await clients[0]!.put('/v1/company', { party: PARTY }));

    const told: Told = { eventIds: [], commands: 0, repeated: 0 };
    let writing = true;
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      for (let n = 0; writing; n += 1) {
        const api = clientOf(servers[(writer + n) % 2]!, token);
        const key = `${writer}-${n}`;
        // Some to one stream, where they meet; the others each to a new one.
        const contactPoint = { ...CONTACT_POINT, email: `desk-${key}@example.jp` };
        if (writer < 2) await command(api, told, ['PUT', '/v1/company/contact-point', { contactPoint }, key]);
        else {
          const purpose = { template: 'rehire', code: `rehire-${key}` };
          await command(api, told, ['POST', '/v1/purposes', purpose, key]);
        }
      }
    });
    const ended = Promise.all(writers);
    ended.catch(() => undefined);
    await until(() => Promise.resolve(told.commands >= 60), 120_000);
    const leader = await leaderOf(nodes, certificates);
    await leader.kill();
    const before = told.commands;
    const rest = nodes.filter((node) => node !== leader);
    await until(
      () =>
        leaderOf(rest, certificates).then(
          () => true,
          () => false,
        ),
      30_000,
    );
    await until(async () => told.commands > before + 20, 60_000);
    writing = false;
    await ended;

    const store = await openEventStore({ url, embedded: false });
    const events = await everyEvent(store).finally(() => store.close());
    const counts = new Map<string, number>();
    for (const { id } of events) counts.set(id, (counts.get(id) ?? 0) + 1);
    expect(told.eventIds.filter((id) => counts.get(id) !== 1)).toEqual([]);
    expect(new Set(told.eventIds).size).toBe(told.eventIds.length);
    // Nothing but what was acknowledged: a command whose answer was lost was repeated, and was recorded once.
    const written = events.filter(({ type }) => type === 'PurposeDrafted' || type === 'ContactPointSet');
    expect(written).toHaveLength(told.eventIds.length);
    // The views have all of it, on either server.
    const drafted = events.filter(({ type }) => type === 'PurposeDrafted').length;
    for (const api of clients) {
      await until(async () => {
        const { body } = await api.get<{ purposes?: unknown[] }>('/v1/purposes');
        return body.purposes?.length === drafted;
      }, 30_000);
    }
    const version = await versionOf(rest[0]!, certificates);
    shown(
      `EventStoreDB ${version}${certificates ? ' with TLS and users' : ''}, ${nodes.length} nodes, 2 servers, 2 workers: leader (port ${leader.port}) killed after ${before} commands; ` +
        `${told.eventIds.length} events acknowledged, ${written.length} read, none twice; ${told.repeated} answers asked to repeat`,
    );
  } finally {
    await cluster.stop();
  }
}

describeWithEventStoreDb(
  'three nodes of EventStoreDB whose leader is killed while people work',
  () => {
    it('has every acknowledged command exactly once', async () => {
      const nodes = await startThreeNodes();
      try {
        await leaderIsKilled('leader', nodes, urlOf(nodes));
      } finally {
        for (const node of nodes) await node.kill();
      }
    });

    it('the same with TLS and users', async () => {
      if (!canMakeCertificates)
        return notRun('three secured nodes of EventStoreDB', 'openssl is not on PATH');
      const server = await startSecured(3);
      try {
        await leaderIsKilled('leader_secured', server.nodes, server.url, server.certificates);
      } finally {
        await server.stop();
      }
    });
  },
  true,
);
