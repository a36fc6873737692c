import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openEventStore } from '@enishi/event-store';
import { clientOf, ready, startCluster, type Cluster, type Member } from '../e2e/support/cluster';
import { accepted, caughtUp, furnish, importFile, leaversFile } from '../e2e/support/steps';
import type { Api } from '../support/api';
import {
  describeWithEventStoreDb,
  startEventStoreDb,
  type EventStoreDbServer,
} from '../support/eventstoredb';
import { startOtlpReceiver, type OtlpReceiver } from './otlp-receiver';

jest.setTimeout(180_000);

const DEPLOY = path.resolve(__dirname, '../../deploy');
const FILES = ['grafana/enishi.json', 'prometheus/alerts.yaml'];

/** Names of metrics in a text, as one asks for them: those of a histogram without their endings. */
function metricsIn(text: string): ReadonlySet<string> {
  const names = text.match(/\b(?:enishi|nodejs|process)_[a-z0-9_]+/g) ?? [];
  return new Set(names);
}

describe('what a process tells of itself', () => observed('observing', () => Promise.resolve({})));

describeWithEventStoreDb('what a process tells of itself, on EventStoreDB', () => {
  let store: EventStoreDbServer;
  afterAll(() => store?.stop());
  observed('observing_esdb', async () => {
    store = await startEventStoreDb();
    return { ENISHI_EVENT_STORE: store.url };
  });
});

/**
 * @param name of the database
 * @param settings of the process; the event store
 */
function observed(name: string, settings: () => Promise<Record<string, string>>): void {
  let cluster: Cluster;
  let member: Member;
  let to: Api;
  let receiver: OtlpReceiver;
  let alumnusId: string;
  const scrape = async (): Promise<string> => (await fetch(`${member.operatorsUrl}/metrics`)).text();

  beforeAll(async () => {
    receiver = await startOtlpReceiver();
    cluster = await startCluster(name, await settings());
    member = await cluster.start('api,worker', { ENISHI_OTLP_ENDPOINT: receiver.url });
    await ready(member);
    to = clientOf(member, await cluster.token('compliance', 'hr', 'operator'));
    await furnish(to);
    await importFile(to, leaversFile(20));
    const person = {
      name: { family: '縁野' },
      employment: { department: '開発部', joinedOn: '2015-04-01', leftOn: '2024-03-31' },
      employeeNumber: 'E-1',
    };
    ({ alumnusId } = accepted(await to.post<{ alumnusId: string }>('/v1/alumni', person)).body);
    await to.get(`/v1/alumni/${alumnusId}`);
    await to.get('/v1/nowhere/縁野');
    await caughtUp(to);
  });
  afterAll(async () => {
    await cluster?.stop();
    await receiver?.close();
  });

  it('counts appends, events, requests and batches', async () => {
    const text = await scrape();
    const value = (name: string): number => {
      const line = text.split('\n').find((one) => one.startsWith(`${name} `) || one.startsWith(`${name}{`));
      return Number(line?.split(' ').at(-1));
    };
    expect(value('enishi_events_appended_total')).toBeGreaterThan(20);
    expect(value('enishi_append_seconds_count{lane="single",outcome="appended"}')).toBeGreaterThan(4);
    expect(value('enishi_database_up')).toBe(1);
    expect(value('enishi_vault_sessions')).toBe(1);
    expect(value('enishi_vault_closings_pending')).toBe(0);
    expect(value('enishi_projection_lag_events{projection="alumni-roster"}')).toBe(0);
    expect(value('enishi_projection_parked_scopes{projection="alumni-roster"}')).toBe(0);
    expect(value('enishi_projection_runner{projection="alumni-roster",slot="serving"}')).toBe(1);
    expect(value('enishi_projection_runner{projection="alumni-roster",slot="building"}')).toBe(0);
    expect(value('enishi_projection_events_total{projection="leaves"}')).toBeGreaterThan(20);
    expect(value('enishi_disk_free_bytes{folder="home"}')).toBeGreaterThan(1e6);
  });

  it('names routes by their template, and nothing that was asked for', async () => {
    const text = await scrape();
    expect(text).toContain(
      'enishi_http_requests_total{method="GET",route="/v1/alumni/:alumnusId",status="200"}',
    );
    expect(text).toContain('enishi_http_requests_total{method="GET",route="none",status="404"}');
    for (const word of [alumnusId, 'nowhere', '縁野', encodeURIComponent('縁野')]) {
      expect(text).not.toContain(word);
      expect(receiver.text()).not.toContain(word);
    }
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  });

  it.each(FILES)('exports every metric that deploy/%s asks for', async (file) => {
    const text = await scrape();
    const exported = new Set([...text.matchAll(/^([a-z0-9_]+)[ {]/gm)].map(([, name]) => name!));
    const asked = metricsIn(readFileSync(path.join(DEPLOY, file), 'utf8'));
    expect(asked.size).toBeGreaterThan(10);
    expect([...asked].filter((name) => !exported.has(name))).toEqual([]);
  });

  it('says in docs/operations.md what to do for each alert, and of no other', () => {
    const alerts = readFileSync(path.join(DEPLOY, FILES[1]!), 'utf8').matchAll(/- alert: (\w+)/g);
    const page = readFileSync(path.join(DEPLOY, '../docs/operations.md'), 'utf8');
    const told = [...page.matchAll(/^\| (`Enishi\w+`(?:, `Enishi\w+`)*) +\|/gm)].flatMap(([, names]) =>
      names!.match(/Enishi\w+/g)!,
    );
    expect(told.toSorted()).toEqual([...alerts].map(([, name]) => name!).toSorted());
  });

  it('has a dashboard or an alert for each metric of its own', async () => {
    const asked = metricsIn(FILES.map((file) => readFileSync(path.join(DEPLOY, file), 'utf8')).join('\n'));
    const own = [...(await scrape()).matchAll(/^# TYPE (enishi_\w+) (\w+)/gm)].map(([, name]) => name!);
    const shown = (name: string): boolean => [...asked].some((one) => one.startsWith(name));
    expect(own.filter((name) => !shown(name))).toEqual(['enishi_projection_handled_events']);
  });

  it('answers operators on their own port only, and nothing else there', async () => {
    expect((await fetch(`${member.url}/metrics`)).status).not.toBe(200);
    for (const place of ['/', '/v1/ledger', '/metrics?x=1', '/__proto__', '/toString'])
      expect((await fetch(`${member.operatorsUrl}${place}`)).status).toBe(404);
    expect((await fetch(`${member.operatorsUrl}/metrics`, { method: 'POST' })).status).toBe(404);
  });

  it('traces a command from request to append, under the id that log and events carry', async () => {
    const put = accepted(await to.put('/v1/company/contact-point', { contactPoint: POINT }));
    const { eventIds } = put.body as { eventIds: string[] };
    const url = cluster.settings['ENISHI_EVENT_STORE'] ?? cluster.database.url;
    const store = await openEventStore({ url, embedded: false });
    const events = await store.readAll().finally(() => store.close());
    const event = events.find(({ id }) => id === eventIds[0])!;
    const correlationId = event.metadata['$correlationId'] as string;
    const traceId = correlationId.replaceAll('-', '');
    const of = () => receiver.spans().filter((span) => span.traceId === traceId);
    for (let waited = 0; of().length < 3 && waited < 15_000; waited += 100) await sleep(100);
    const [request, command, append] = ['PUT /v1/company/contact-point', 'OnCompany', 'append'].map((name) =>
      of().find((span) => span.name === name),
    );
    expect(request).toBeDefined();
    expect(request!.parentSpanId ?? '').toBe('');
    expect(command!.parentSpanId).toBe(request!.spanId);
    expect(append!.parentSpanId).toBe(command!.spanId);
    const line = member
      .output()
      .split('\n')
      .find((one) => one.includes(correlationId))!;
    expect(JSON.parse(line)).toMatchObject({ correlationId, msg: 'request', version: expect.any(String) });
    expect(receiver.spans().map((span) => span.name)).toContain('project alumni-roster');
  });
}

const POINT = { name: { ja: '相談窓口', en: 'Desk' }, email: 'desk@example.jp' };
