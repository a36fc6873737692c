import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { enishi } from '../cli/server';
import {
  accepted,
  caughtUp,
  furnish,
  importFile,
  IN_PERSON,
  leaversFile,
  wholeRoster,
} from '../e2e/support/steps';
import { api, type Api } from '../support/api';
import { databaseOf } from '../support/home-database';
import { startServer, temporaryHome, type TestServer } from '../support/server';

jest.setTimeout(120_000);

const PEOPLE = 40;
const ENDS = '2027-03-01T00:00:00.000Z';

interface Policies {
  readonly policies: readonly {
    readonly name: string;
    readonly waiting: number;
    readonly parkedTargets: number;
  }[];
}

async function until(what: string, enough: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; !(await enough()); waited += 5) {
    if (waited > 30_000) throw new Error(`in vain: ${what}`);
    await sleep(5);
  }
}

const waiting = async (to: Api) => {
  const { policies } = accepted(await to.get<Policies>('/v1/policies')).body;
  return policies.find(({ name }) => name === 'consent-expiry')!;
};

it('ends every consent once when the server is killed on the day when they end, which an operator confirmed', async () => {
  const place = temporaryHome();
  const clock = path.join(path.dirname(place.home), 'clock');
  writeFileSync(clock, '2026-12-01T03:00:00.000Z');
  const start = () => startServer({ home: place.home, env: { ENISHI_TEST_CLOCK: clock } });
  let server: TestServer | undefined;
  let database: Client | undefined;
  try {
    server = await start();
    let to = api(server);
    const { purposeId } = await furnish(to);
    await importFile(to, leaversFile(PEOPLE, { seed: 17 }));
    await caughtUp(to);
    const question = { purposeId, channel: 'email' };
    const people = (await wholeRoster(to, { ...question, mode: 'excluded' })).map(
      ({ alumnusId }) => alumnusId,
    );
    for (const alumnusId of people) {
      const consent = { channels: ['email'], language: 'ja', ...IN_PERSON, expiresAt: ENDS };
      accepted(await to.post(`/v1/alumni/${alumnusId}/consents/${purposeId}/grants`, consent));
    }
    await until('all wait', async () => (await waiting(to)).waiting === people.length);

    writeFileSync(clock, '2027-06-01T03:00:00.000Z');
    const env = { ENISHI_HOME: place.home, XDG_STATE_HOME: path.dirname(place.home) };
    await until('the clock asks', async () => (await to.get('/v1/clock')).body['asks'] === true);
    const wrong = await enishi(['clock', 'confirm', '--day', '2027-06-02'], env);
    expect(wrong).toMatchObject({ code: expect.any(Number), err: expect.stringMatching(/another day/) });
    expect((await waiting(to)).waiting).toBe(people.length);
    const asked = await enishi(['clock'], env);
    expect(asked.out).toContain('enishi clock confirm --day 2027-06-01');

    database = new Client(databaseOf(place.home));
    await database.connect();
    const counted = async (type: string) => {
      const { rows } = await database!.query<{ n: number; streams: number }>(
        'SELECT count(*)::integer AS n, count(DISTINCT stream)::integer AS streams FROM ledger.events WHERE type = $1',
        [type],
      );
      return rows[0]!;
    };
    expect(await enishi(['clock', 'confirm', '--day', '2027-06-01'], env)).toMatchObject({ code: 0 });
    await until('some have ended', async () => (await counted('ConsentExpired')).n > 0);
    await server.kill();

    server = await start();
    to = api(server);
    await until('nothing waits', async () => (await waiting(to)).waiting === 0);
    expect(await counted('ConsentExpired')).toEqual({ n: people.length, streams: people.length });
    expect(await counted('DayBegan')).toEqual({ n: 1, streams: 1 });
    expect(await waiting(to)).toMatchObject({ parkedTargets: 0 });
    const shown = await enishi(['policies'], env);
    expect(shown.out).toMatch(/consent-expiry/);
  } finally {
    await database?.end();
    await server?.stop();
    await place.remove();
  }
});
