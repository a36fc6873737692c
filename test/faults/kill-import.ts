import { Client } from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { api, type Api } from '../support/api';
import { databaseOf } from '../support/home-database';
import { postmasterOf, startServer, temporaryHome, type TestServer } from '../support/server';
import { accepted, caughtUp, furnish, importFile, leaversFile, wholeRoster } from '../e2e/support/steps';
import type { ImportView } from '../e2e/support/steps';

/** What was found after the kills and the last, whole import. */
export interface Survived {
  /** Leavers registered when each kill struck. */
  readonly killedAt: readonly number[];
  readonly last: ImportView;
  readonly registrations: number;
  readonly people: number;
  readonly inRoster: number;
  /** Positions of the ledger without gap or repeat. */
  readonly ledgerIsWhole: boolean;
  /** Of the ledger before the audit trail was read. */
  readonly events: number;
  readonly auditEntries: number;
  /** Of the ledger at the positions that the audit trail named: the sealer may append while it is read. */
  readonly eventsNamed: number;
  /** PostgreSQL kept running through every kill. */
  readonly adopted: boolean;
}

/**
 * Imports a file of `rows` leavers, kills the server (`kill -9`) whenever another part of it is registered,
 * starts it again on the same home, and imports the file once more to its end.
 */
export async function killDuringImport(rows: number, kills: number): Promise<Survived> {
  const place = temporaryHome();
  const file = leaversFile(rows, { seed: 11 });
  let server: TestServer | undefined;
  try {
    server = await startServer({ home: place.home });
    const { purposeId } = await furnish(api(server));
    const postgres = postmasterOf(place.home)?.pid;
    const killedAt: number[] = [];
    for (let kill = 1; kill <= kills; kill++) {
      killedAt.push(await killWhen(server, file, (rows * kill) / (kills + 2)));
      server = await startServer({ home: place.home });
    }
    const adopted = postmasterOf(place.home)?.pid === postgres;
    const to = api(server);
    const last = await importFile(to, file);
    const database = new Client(databaseOf(place.home));
    await database.connect();
    try {
      const found = await look(database, to);
      const inRoster = (await wholeRoster(to, { purposeId, channel: 'email', mode: 'excluded' })).length;
      return { killedAt, last, adopted, inRoster, ...found };
    } finally {
      await database.end();
    }
  } finally {
    await server?.stop();
    await place.remove();
  }
}

/** Begins the import and kills the server once so many are registered; answers how many they were. */
async function killWhen(server: TestServer, file: Buffer, wanted: number): Promise<number> {
  const to = api(server);
  const { importId } = accepted(await to.post<ImportView>('/v1/imports', file)).body;
  accepted(await to.post(`/v1/imports/${importId}/run`));
  const known = async () => {
    const { counts } = accepted(await to.get<ImportView>(`/v1/imports/${importId}`)).body;
    return (counts['registered'] ?? 0) + (counts['unchanged'] ?? 0);
  };
  for (let seen = 0; ; seen = await known()) {
    if (seen >= wanted) {
      await server.kill();
      return seen;
    }
    await sleep(5);
  }
}

async function look(
  database: Client,
  to: Api,
): Promise<Omit<Survived, 'killedAt' | 'last' | 'adopted' | 'inRoster'>> {
  const one = async (sql: string) => (await database.query<{ n: string }>(sql)).rows[0]!.n;
  const events = Number(await one('select count(*)::text n from ledger.events'));
  await caughtUp(to);
  const positions = await one(
    `select (count(*) = max(position) and min(position) = 1 and count(distinct position) = count(*))::text n from ledger.events`,
  );
  const entries = await auditEntries(to);
  return {
    events,
    auditEntries: entries,
    eventsNamed: Number(await one(`select count(*)::text n from ledger.events where position <= ${entries}`)),
    registrations: Number(
      await one(`select count(*)::text n from ledger.events where type = 'AlumnusRegistered'`),
    ),
    people: Number(
      await one(`select count(distinct stream)::text n from ledger.events where type = 'AlumnusRegistered'`),
    ),
    ledgerIsWhole: positions === 'true',
  };
}

/** Length of the whole audit trail, read page by page; throws where positions do not rise by one. */
async function auditEntries(to: Api): Promise<number> {
  let expected = 1n;
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = accepted(
      await to.get<{ events: { position: string }[]; cursor?: string }>(`/v1/audit-trail?limit=500${query}`),
    ).body;
    for (const { position } of page.events) {
      if (BigInt(position) !== expected) throw new Error(`position ${position} where ${expected} was due`);
      expected += 1n;
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  return Number(expected - 1n);
}
