import { alumniRoster } from '@enishi/projections/alumni-roster/projection';
import { carryOnRebuild, parkedScopes, requestRebuild } from '@enishi/projections/engine';
import type { PoolClient } from 'pg';
import { applyAll, beginAnew, viewsDatabase, type ViewsDatabase } from './support/laws';
import { MemoryLedger, uuid } from './support/memory-ledger';
import { PlainVault } from './support/plain-vault';

let views: ViewsDatabase;
let db: PoolClient;
beforeAll(async () => {
  views = await viewsDatabase('long_names');
  db = await views.pool.connect();
  await beginAnew(db, alumniRoster);
});
afterAll(async () => {
  db.release();
  await views.stop();
});

/** Rare characters of four bytes each, none twice: nothing of it can be compressed away. */
const rare = (length: number, seed: number): string =>
  String.fromCodePoint(...Array.from({ length }, (_, n) => 0x20000 + (((seed + n) * 7919) % 40000)));

/** Registers somebody whose every text is as long as it may be. */
function longPerson(ledger: MemoryLedger, person: string, text: (length: number, seed: number) => string) {
  const alumnusId = uuid(person);
  const decidedAt = '2026-01-05T00:00:00.000Z';
  ledger.append({
    stream: `alumnus-${alumnusId}`,
    type: 'AlumnusRegistered',
    decidedAt,
    data: {
      alumnusId,
      origin: 'hand',
      name: { family: text(100, 1), given: text(100, 101) },
      kana: { family: text(100, 201), given: text(100, 301) },
      formerNames: [text(100, 401)],
      employment: {
        department: text(200, 501),
        job: text(200, 701),
        joinedOn: '2010-04-01',
        leftOn: '2020-03-31',
        leavingKind: 'voluntary',
        employmentKind: 'regular',
      },
    },
  });
}

test('the longest names and departments go into the indexes, served and rebuilt', async () => {
  const ledger = new MemoryLedger();
  longPerson(ledger, 'rare', rare);
  // One character that folding makes eighteen of.
  longPerson(ledger, 'folded', (length) => 'ﷺ'.repeat(length));
  await applyAll(db, alumniRoster, new PlainVault(), ledger.records, [100]);
  expect(await parkedScopes(db, alumniRoster.name)).toEqual([]);

  await requestRebuild(views.pool, alumniRoster);
  const { signal } = new AbortController();
  const options = { store: ledger, vault: new PlainVault(), db, projection: alumniRoster, signal };
  expect(await carryOnRebuild(options)).toBe('switched');
  const { rows } = await db.query<{ department: number; key: number }>(
    `SELECT char_length(department) AS department, char_length(sort_key) AS key FROM alumni_roster.person`,
  );
  expect(rows).toEqual([
    { department: 200, key: 200 },
    { department: 200, key: 200 },
  ]);
  // What an index of the whole key would not have taken.
  const { rows: bytes } = await db.query<{ most: number }>(
    `SELECT max(octet_length(department) + octet_length(sort_key)) AS most FROM alumni_roster.person`,
  );
  expect(bytes[0]!.most).toBe(1600);
});
