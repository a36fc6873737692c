import { alumniRoster } from '@enishi/projections/alumni-roster/projection';
import {
  matchOf,
  readDecided,
  readLinked,
  readPerson,
  readProposals,
} from '@enishi/projections/alumni-roster/query';
import type { EventType, JsonObject } from '@enishi/domain';
import * as fc from 'fast-check';
import type { PoolClient } from 'pg';
import { alumnusId, directedHistories, histories } from './support/histories';
import { applyAll, beginAnew, viewsDatabase, type ViewsDatabase } from './support/laws';
import type { MemoryLedger } from './support/memory-ledger';
import { PlainVault } from './support/plain-vault';

jest.setTimeout(240_000);
const LATER = '2099-01-01T00:00:00.000Z';

let views: ViewsDatabase;
let db: PoolClient;
beforeAll(async () => {
  views = await viewsDatabase('duplicates');
  db = await views.pool.connect();
});
afterAll(async () => {
  db.release();
  await views.stop();
});

async function load(ledger: MemoryLedger): Promise<void> {
  await beginAnew(db, alumniRoster);
  await applyAll(db, alumniRoster, new PlainVault(), ledger.records, [17]);
}

/** What the last event of each pair says, straight from the history. */
function standing({ records }: MemoryLedger): ReadonlyMap<string, EventType> {
  const pairs = new Map<string, EventType>();
  for (const { stream, type, data } of records) {
    if (stream.startsWith('link-')) pairs.set(`${data['alumnusId']} ${data['otherId']}`, type as EventType);
  }
  return pairs;
}

test('proposes whom comparing everybody with everybody would, but for those decided on', async () => {
  let proposed = 0;
  for (const ledger of [...directedHistories(), ...fc.sample(histories(150), { numRuns: 40, seed: 75 })]) {
    await load(ledger);
    const decided = standing(ledger);
    const people = await Promise.all(
      [0, 1, 2, 3, 4, 5].map((n) => readPerson(views.pool, alumnusId(n), LATER)),
    );
    const there = people
      .flatMap((one) => one ?? [])
      .filter(({ person }) => (person.erasureStartedId ?? person.erasureCompletedId) === undefined)
      .sort((a, b) => (a.alumnusId < b.alumnusId ? -1 : 1));
    const expected: string[] = [];
    for (const [index, one] of there.entries()) {
      const linked = await readLinked(views.pool, one.alumnusId);
      for (const other of there.slice(index + 1)) {
        const pair = `${one.alumnusId} ${other.alumnusId}`;
        if (decided.get(pair) === 'DuplicateDismissed' || linked.includes(other.alumnusId)) continue;
        if (matchOf(one.values, other.values).score > 0) expected.push(pair);
      }
    }
    const { pairs, total, more } = await readProposals(views.pool, 100);
    expect(pairs.map((one) => `${one.alumnusId} ${one.otherId}`).sort()).toEqual(expected.sort());
    expect([total, more]).toEqual([expected.length, false]);
    const scores = pairs.map(({ match }) => match.score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    proposed += pairs.length;
    const byState = async (state: 'linked' | 'dismissed', type: EventType) => {
      const list = await readDecided(views.pool, state, 100);
      const ids = list.pairs.map((one) => `${one.alumnusId} ${one.otherId}`).sort();
      expect(ids).toEqual(
        [...decided]
          .filter(([, last]) => last === type)
          .map(([pair]) => pair)
          .sort(),
      );
    };
    await byState('linked', 'AlumniLinked');
    await byState('dismissed', 'DuplicateDismissed');
  }
  expect(proposed).toBeGreaterThan(30);
});

test('a link that cannot be applied is no excuse: the whole roster fails closed', () => {
  const data: JsonObject = {};
  const [record] = directedHistories()[0]!.records;
  expect(alumniRoster.scopeOf({ ...record!, stream: 'link-a.b', type: 'AlumniLinked', data })).toEqual({
    kind: 'all',
  });
});
