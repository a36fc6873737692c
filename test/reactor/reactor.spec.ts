import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger } from '@enishi/application/ledger';
import { POLICIES, type Policy } from '@enishi/domain';
import { readPolicies, releaseTarget, type PolicyStep } from '@enishi/worker';
import fc from 'fast-check';
import { openSandglass, type Sandglass } from './sandglass';

jest.setTimeout(60_000);

const [consentExpiry] = POLICIES as [Policy];
const at = (month: number, day = 1) => new Date(Date.UTC(2027, month - 1, day, 3)).toISOString();

let glass: Sandglass;
let month = 1;
beforeAll(async () => {
  glass = await openSandglass('reactor', at(month));
});
afterAll(() => glass?.close());

const nextMonth = () => at(++month);
const types = async (person: string) => (await glass.history(person)).map(([type]) => type);
const status = async () => (await readPolicies(glass.room.pool, glass.room.store, [consentExpiry]))[0]!;
const until = async (enough: () => Promise<boolean>) => {
  while (!(await enough())) await sleep(10);
};

test('a consent that has run out says so, as of the instant when it did', async () => {
  // The last one for as long as the purpose allows.
  const [ends, lasts, longest] = [
    await glass.consent(at(1, 20)),
    await glass.consent(at(20)),
    await glass.consent(),
  ];
  await glass.during(async () => {
    await glass.caughtUp();
    expect(await status()).toMatchObject({ upToDate: true, waiting: 3, nextDueAt: at(1, 20), parked: [] });
    await glass.pass(nextMonth());
    await glass.caughtUp();
  });
  expect(await glass.history(ends)).toEqual([
    ['ConsentGranted', at(1)],
    ['ConsentExpired', at(1, 20)],
  ]);
  for (const person of [lasts, longest]) expect(await types(person)).toEqual(['ConsentGranted']);
  expect(await status()).toMatchObject({ waiting: 2, nextDueAt: at(20) });
});

test('wherever a runner is stopped, the next one goes on: every consent ends once', async () => {
  const steps = fc.constantFrom<PolicyStep>('waits', 'carried-out', 'waited', 'moved');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(steps, fc.nat(3)), { minLength: 1, maxLength: 4 }), async (stops) => {
      const due = at(month, 20);
      const people: string[] = [];
      for (let one = 0; one < 4; one += 1) people.push(await glass.consent(due));
      const left = [...stops];
      let passed = 0;
      const onStep = (step: PolicyStep) => {
        const [next] = left;
        if (next === undefined || step !== next[0] || passed++ < next[1]) return;
        passed = 0;
        left.shift();
        throw new Error('stopped');
      };
      await glass.during(
        async () => {
          await glass.caughtUp();
          await glass.pass(nextMonth());
          await glass.caughtUp();
        },
        { onStep },
      );
      for (const person of people) expect(await types(person)).toEqual(['ConsentGranted', 'ConsentExpired']);
      expect(await status()).toMatchObject({ waiting: 2, parked: [] });
    }),
    { numRuns: 5 },
  );
});

test('two workers at once: one of them runs the policy, and when it ends the other goes on', async () => {
  const person = await glass.consent(at(month, 20));
  await glass.during(async () => {
    await glass.during(() => glass.caughtUp());
    await glass.pass(nextMonth());
    await glass.caughtUp();
  });
  expect(await types(person)).toEqual(['ConsentGranted', 'ConsentExpired']);
});

test('a policy that starts at the head looks at nothing that was before it', async () => {
  const before = await glass.consent();
  const seen: string[] = [];
  const fresh: Policy = {
    ...{ name: 'from-now-on' as Policy['name'], start: 'head', handles: ['ConsentGranted'] },
    react: (fact) => {
      if ('alumnusId' in fact.data) seen.push(fact.data.alumnusId);
      return [];
    },
  };
  const policies = [fresh];
  await glass.during(() => until(async () => (await heads('from-now-on')) > 0), { policies });
  const after = await glass.consent();
  await glass.during(() => glass.caughtUp(policies), { policies });
  expect(seen).toEqual([after]);
  expect(seen).not.toContain(before);
});

test('what rules refuse is kept as an event, once, and what comes after it goes on', async () => {
  const hasty: Policy = {
    ...{ name: 'consent-expiry', start: 'beginning', handles: ['ConsentGranted'] },
    react: consentExpiry.react,
  };
  const person = await glass.consent(at(20));
  const policies = [hasty];
  for (let times = 0; times < 2; times += 1) {
    await glass.room.pool.query(`DELETE FROM app.policies WHERE name = 'consent-expiry'`);
    await glass.during(() => glass.caughtUp(policies), { policies });
  }
  const events = await glass.room.store.readAll({ limit: 100_000 });
  const [granted] = events.filter(({ data }) => data['alumnusId'] === person);
  const refused = events.filter(({ data }) => data['eventId'] === granted!.id);
  expect(refused).toMatchObject([
    {
      type: 'PolicyCommandRefused',
      data: { policy: 'consent-expiry', command: 'ExpireConsent', code: 'consent-not-expired' },
      metadata: { $causationId: granted!.id, actor: 'system:consent-expiry' },
    },
  ]);
  expect(await types(person)).toEqual(['ConsentGranted']);
});

test('a bug parks its target and holds up no other; released, it goes on in order', async () => {
  const [broken, fine] = [await glass.consent(), await glass.consent()];
  let mended = false;
  const policies: readonly Policy[] = [
    {
      ...{ name: 'with-a-bug' as Policy['name'], start: 'beginning', handles: ['ConsentGranted'] },
      react(fact) {
        if (fact.type !== 'ConsentGranted') return [];
        if (!mended && fact.data.alumnusId === broken) throw new TypeError('quotes 山田 太郎');
        return [];
      },
    },
  ];
  const read = async () => (await readPolicies(glass.room.pool, glass.room.store, policies))[0]!;
  await glass.during(
    async () => {
      await glass.caughtUp(policies);
      expect((await read()).parked).toMatchObject([{ code: 'TypeError', events: 1 }]);
      const { target } = (await read()).parked[0]!;
      expect(target).toContain(broken);
      // Not mended yet: it is parked again.
      await releaseTarget(glass.room.pool, 'with-a-bug', target);
      await until(async () => (await read()).parked[0]?.code === 'TypeError');
      mended = true;
      expect(await releaseTarget(glass.room.pool, 'with-a-bug', target)).toBe(1);
      await until(async () => (await read()).parkedTargets === 0);
    },
    { policies },
  );
  expect(await types(fine)).toEqual(['ConsentGranted']);
});

test('an outage of the store is waited for, and nothing is parked', async () => {
  const person = await glass.consent(at(month, 20));
  const { ledger } = glass;
  let faults = 3;
  const failing: Ledger = {
    ...ledger,
    store: {
      ...ledger.store,
      readStream: (stream, options) => {
        if (stream.startsWith('consent-') && faults-- > 0)
          return Promise.reject(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
        return ledger.store.readStream(stream, options);
      },
    },
  };
  await glass.during(
    async () => {
      await glass.caughtUp();
      await glass.pass(nextMonth());
      await glass.caughtUp();
    },
    { ledger: failing },
  );
  expect(faults).toBeLessThan(0);
  expect(await types(person)).toEqual(['ConsentGranted', 'ConsentExpired']);
  expect((await status()).parkedTargets).toBe(0);
});

async function heads(policy: string): Promise<number> {
  const { rowCount } = await glass.room.pool.query('SELECT FROM app.policies WHERE name = $1', [policy]);
  return rowCount ?? 0;
}
