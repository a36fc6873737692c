import { Client } from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { accepted, furnish, IN_PERSON } from '../e2e/support/steps';
import { api, type Answer } from '../support/api';
import { databaseOf } from '../support/home-database';
import { startServer, temporaryHome, type TestServer } from '../support/server';

jest.setTimeout(300_000);

const SENDERS = 300;
const PERSON = {
  name: { family: '縁野', given: '結' },
  employment: { joinedOn: '2015-04-01', leftOn: '2024-03-31', leavingKind: 'personal-reason' },
};

/** One sender: the same request under the same key, again and again until somebody answers for good. */
async function insist(server: () => TestServer, path: string, key: string): Promise<Answer> {
  const body = { channels: ['email'], language: 'ja', ...IN_PERSON };
  for (;;) {
    const answer = await api(server())
      .post(path, body, { key })
      .catch(() => undefined);
    if (answer !== undefined && answer.status < 500 && answer.status !== 429) return answer;
    await sleep(50 + Math.random() * 200);
  }
}

it.each(['a server that runs', 'a server killed twice in the middle'])(
  'hundreds send one command under one key to %s: one event, one answer',
  async (which) => {
    const place = temporaryHome();
    let server = await startServer({ home: place.home });
    const database = new Client(databaseOf(place.home));
    database.on('error', () => undefined);
    try {
      await database.connect();
      const { purposeId } = await furnish(api(server));
      for (let round = 1; round <= 3; round += 1) {
        const person = { ...PERSON, employeeNumber: `S-${round}` };
        const { body } = accepted(await api(server).post<{ alumnusId: string }>('/v1/alumni', person));
        const path = `/v1/alumni/${body.alumnusId}/consents/${purposeId}/grants`;
        const sending = Array.from({ length: SENDERS }, () => insist(() => server, path, `storm-${round}`));
        if (which !== 'a server that runs') {
          for (const after of [30 * round, 400]) {
            await sleep(after);
            await server.kill();
            server = await startServer({ home: place.home });
          }
        }
        const answers = await Promise.all(sending);
        expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
        expect(answers[0]!.status).toBeLessThan(300);
        const { rows } = await database.query<{ id: string }>(
          `SELECT id::text FROM ledger.events WHERE stream = $1 AND type = 'ConsentGranted'`,
          [`consent-${body.alumnusId}.${purposeId}`],
        );
        expect(answers[0]!.body['eventIds']).toEqual(rows.map(({ id }) => id));
        expect(rows).toHaveLength(1);
      }
    } finally {
      await database.end().catch(() => undefined);
      await server.stop();
      await place.remove();
    }
  },
);
