import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { accepted, caughtUp, furnish, importFile, leaversFile, wholeRoster } from '../e2e/support/steps';
import { api, type Api } from '../support/api';
import { databaseOf } from '../support/home-database';
import { startServer, temporaryHome, type TestServer } from '../support/server';

jest.setTimeout(180_000);

interface Undo {
  readonly state: string;
  readonly counts: { readonly people: number; readonly hidden: number; readonly left: number };
}

const begin = (to: Api, importId: string) =>
  to.post<Undo>(`/v1/imports/${importId}/undo`, { reason: '誤った名簿' });

async function until(to: Api, importId: string, enough: (undo: Undo) => boolean): Promise<Undo> {
  for (;;) {
    const { body } = accepted(await to.get<Undo>(`/v1/imports/${importId}/undo`));
    if (enough(body)) return body;
    await sleep(5);
  }
}

it('goes on where it was when the server is killed while an import is undone', async () => {
  const rows = 3000;
  const place = temporaryHome();
  let server: TestServer | undefined;
  try {
    server = await startServer({ home: place.home });
    const { purposeId } = await furnish(api(server));
    const { importId } = await importFile(api(server), leaversFile(rows, { seed: 5 }));
    accepted(await begin(api(server), importId));
    const struck = await until(api(server), importId, ({ counts }) => counts.people >= rows / 6);
    await server.kill();
    expect(struck.state).toBe('running');

    server = await startServer({ home: place.home });
    const to = api(server);
    accepted(await begin(to, importId));
    const ended = await until(to, importId, ({ state }) => state !== 'running');
    expect(ended).toMatchObject({ state: 'done', counts: { people: rows, hidden: rows, left: 0 } });
    await caughtUp(to);
    expect(await wholeRoster(to, { purposeId, channel: 'email', mode: 'excluded' })).toEqual([]);

    const database = new Client(databaseOf(place.home));
    await database.connect();
    const { rows: types } = await database.query<{ type: string; n: string; people: string }>(
      `select type, count(*)::text n, count(distinct stream)::text people from ledger.events
        where type in ('RegistrationUndone', 'ErasureMarked') group by type order by type`,
    );
    await database.end();
    const all = String(rows);
    expect(types).toEqual([
      { type: 'ErasureMarked', n: all, people: all },
      { type: 'RegistrationUndone', n: all, people: all },
    ]);
  } finally {
    await server?.stop();
    await place.remove();
  }
});
