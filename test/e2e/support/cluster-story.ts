import { setTimeout as sleep } from 'node:timers/promises';
import { runnersAmong } from '@enishi/projections/engine';
import { clientOf, readiness, ready, type Cluster, type Member } from './cluster';
import { RoundRobin } from './round-robin';
import { accepted, CONTACT_POINT, PARTY } from './steps';

const VIEW = 'purpose-catalogue';

/** How long until the condition holds, in milliseconds. */
export async function until(condition: () => Promise<boolean>, withinMs: number): Promise<number> {
  const began = performance.now();
  while (!(await condition())) {
    if (performance.now() - began > withinMs) throw new Error(`not within ${withinMs} ms`);
    await sleep(20);
  }
  return performance.now() - began;
}

/**
 * Two servers and two workers on one ledger, as tests: nobody works, one dies, all are restarted under load.
 * @param start makes the cluster's places; nothing runs yet
 */
export function tellOfTheCluster(start: () => Promise<Cluster>): void {
  let cluster: Cluster;
  let token: string;
  let api: Member;
  let worker: Member;
  const backendsWith = async (name: string): Promise<boolean> =>
    (await runnersAmong(cluster.pool, [name])).serving.has(name);

  beforeAll(async () => {
    cluster = await start();
    token = await cluster.token('compliance', 'hr', 'operator');
    api = await cluster.start('api');
  });
  afterAll(() => cluster?.stop());

  it('says that nobody carries on the views while there is no worker, and takes commands', async () => {
    await until(async () => (await readiness(api)).unattended.includes(VIEW), 10_000);
    const to = clientOf(api, token);
    accepted(await to.put('/v1/company', { party: PARTY }));
    const asked = await fetch(`${api.url}/ready`);
    expect([asked.status, await asked.json()]).toMatchObject([503, { status: 'not-ready', database: 'up' }]);
    const early = await to.post('/v1/purposes', { template: 'rehire' });
    expect([early.status, early.body]).toMatchObject([503, { code: 'view-rebuilding' }]);
    worker = await cluster.start('worker');
    await ready(api);
    await until(async () => (await readiness(api)).unattended.length === 0, 10_000);
    expect(await readiness(worker)).toMatchObject({ status: 'ready', unattended: [] });
  });

  it('has one runner to a view; kill -9 of its worker is made good in five seconds', async () => {
    const second = await cluster.start('worker');
    const to = clientOf(api, token);
    const { rows } = await cluster.pool.query<{ holders: number }>(
      `SELECT count(*)::int AS holders FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND granted
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
         AND ((classid::bigint << 32) | objid::bigint) = hashtextextended('enishi:projection:${VIEW}:serving', 0)`,
    );
    expect(rows[0]!.holders).toBe(1);
    worker.child.kill('SIGKILL');
    await worker.ended;
    const took = await until(() => backendsWith(VIEW), 5000);
    expect(took).toBeLessThan(5000);
    // What is written now is seen by whoever took over.
    const drafted = accepted(await to.post<{ purposeId: string }>('/v1/purposes', { template: 'rehire' }));
    const listed = accepted(await to.get('/v1/purposes'));
    expect(listed.text).toContain(drafted.body.purposeId);
    worker = second;
  });

  it('restarts one API after the other without a request that fails', async () => {
    const env = { ENISHI_DRAIN_SECONDS: '2' };
    const balancer = new RoundRobin();
    await balancer.listen();
    const members = [await cluster.start('api', env), await cluster.start('api', env)];
    for (const { url } of members) balancer.add(url);
    await until(async () => balancer.ready === 2, 20_000);
    let asking = true;
    let reads = 0;
    const to = clientOf({ url: balancer.url }, token);
    const writing = (async () => {
      for (let n = 0; asking; n++) {
        const name = { ...PARTY, name: { ja: `株式会社架空${n}`, en: `Kaku ${n}` } };
        accepted(await to.put('/v1/company', { party: name }));
      }
    })();
    const reading = (async () => {
      for (; asking; reads++) accepted(await clientOf({ url: balancer.url }, token).get('/v1/ledger'));
    })();
    // Reported at the end; until then they must not count as unhandled.
    for (const loop of [writing, reading]) loop.catch(() => undefined);
    try {
      for (const member of [...members]) {
        const next = await cluster.start('api', env);
        balancer.add(next.url);
        await until(async () => balancer.ready === 3, 20_000);
        member.child.kill('SIGTERM');
        await until(async () => (await readiness(member)).status === 'leaving', 2000);
        expect(await member.ended).toMatchObject({ code: 0 });
        await until(async () => balancer.ready === 2, 5000);
      }
    } finally {
      asking = false;
      await Promise.allSettled([writing, reading]);
      await balancer.close();
    }
    await Promise.all([writing, reading]);
    expect(reads).toBeGreaterThan(10);
    expect(balancer.statuses.filter((status) => status >= 300)).toEqual([]);
  });

  it('says so when the last worker has died, and goes on answering', async () => {
    worker.child.kill('SIGKILL');
    await worker.ended;
    await until(async () => (await readiness(api)).unattended.includes(VIEW), 5000);
    const asked = await fetch(`${api.url}/ready`);
    expect([asked.status, await asked.json()]).toMatchObject([200, { status: 'ready' }]);
    const to = clientOf(api, token);
    accepted(await to.put('/v1/company/contact-point', { contactPoint: CONTACT_POINT }));
  });
}
