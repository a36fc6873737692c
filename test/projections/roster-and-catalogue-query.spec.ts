import { alumniRoster } from '@enishi/projections/alumni-roster/projection';
import { readMenus, readPerson, readWhy } from '@enishi/projections/alumni-roster/person-query';
import {
  gramsOf,
  gramsToFind,
  readRoster,
  type RosterCursor,
  type RosterFilters,
} from '@enishi/projections/alumni-roster/query';
import { ViewParked } from '@enishi/projections/engine';
import { purposeCatalogue } from '@enishi/projections/purpose-catalogue/projection';
import {
  findPurpose,
  listProgrammes,
  listPurposes,
  readCompany,
} from '@enishi/projections/purpose-catalogue/query';
import type { PoolClient } from 'pg';
import { alumnusId, programmeId, purposeId, writeHistory } from './support/histories';
import { applyAll, beginAnew, viewsDatabase, type ViewsDatabase } from './support/laws';
import { uuid } from './support/memory-ledger';
import { PlainVault } from './support/plain-vault';

let views: ViewsDatabase;
let db: PoolClient;
// Company and officer; one purpose by e-mail; a closed programme of another purpose; four people, three of whom consent, one refuses.
const ledger = writeHistory([
  [1, 1, 0, 0, 0],
  [3, 1, 0, 1, 1],
  [10, 0, 1, 1, 20],
  [30, 0, 0, 1, 1],
  [30, 1, 6, 2, 3],
  [30, 2, 1, 4, 2],
  [30, 3, 3, 0, 1],
  [60, 0, 0, 1, 1],
  [60, 1, 0, 1, 1],
  [60, 2, 0, 1, 1],
  [72, 3, 0, 1, 1],
]);
const at = ledger.records.at(-1)!.recordedAt;
const question = { purposeId: purposeId(0), channel: 'email', at } as const;

beforeAll(async () => {
  views = await viewsDatabase('queries');
  db = await views.pool.connect();
});
beforeEach(async () => {
  for (const projection of [alumniRoster, purposeCatalogue]) {
    await beginAnew(db, projection);
    await applyAll(db, projection, new PlainVault(), ledger.records, [100]);
  }
});
afterAll(async () => {
  db.release();
  await views.stop();
});

const park = (projection: string, kind: string, id: string) =>
  db.query(`INSERT INTO views.parked VALUES ($1, 'serving', $2, $3, 1, 'event', 'code')`, [
    projection,
    kind,
    id,
  ]);
const contactable = async (filters: RosterFilters = {}) =>
  (await readRoster(views.pool, { ...question, mode: 'contactable', filters })).rows
    .map((row) => row.alumnusId)
    .sort();
const ids = (...numbers: number[]) => numbers.map(alumnusId).sort();

test('people are found by part of a name, a reading or one character, whatever way it is written', async () => {
  expect(await contactable()).toEqual(ids(0, 1, 2));
  expect(await contactable({ text: '高' })).toEqual(ids(0));
  expect(await contactable({ text: 'ﾀｶﾊ' })).toEqual(ids(0));
  expect(await contactable({ text: 'さきやま' })).toEqual(ids(1));
  expect(await contactable({ text: '田中' })).toEqual(ids(2));
  expect(await contactable({ text: '居ない' })).toEqual([]);
});

test.each(['contactable', 'excluded', 'approachable'] as const)(
  'a search among the %s finds the same people, in the same order, on pages of any size',
  async (mode) => {
    const whole = await readRoster(views.pool, { ...question, mode });
    const written = (row: (typeof whole.rows)[number]) =>
      gramsOf([row.values.name, row.values.kana].map((name) => `${name?.family ?? ''}${name?.given ?? ''}`));
    for (const text of ['高', 'た', '田中', '居ない']) {
      const expected = whole.rows.filter((row) =>
        gramsToFind(text).every((gram) => written(row).includes(gram)),
      );
      for (const limit of [1, 2, 50]) {
        const found: string[] = [];
        let cursor: RosterCursor | undefined;
        do {
          const page = await readRoster(views.pool, {
            ...question,
            mode,
            limit,
            filters: { text },
            ...(cursor && { cursor }),
          });
          found.push(...page.rows.map(({ alumnusId: id }) => id));
          cursor = page.next;
        } while (cursor);
        expect(found).toEqual(expected.map(({ alumnusId: id }) => id));
      }
    }
  },
);

test('filters narrow, and a scope hides everybody outside its departments', async () => {
  expect(await contactable({ department: '営業部' })).toEqual(ids(0));
  expect(await contactable({ job: 'エンジニア' })).toEqual(ids(0, 2));
  expect(await contactable({ serviceMonthsMin: 24, serviceMonthsMax: 24 })).toEqual(ids(0));
  expect(await contactable({ leftFrom: '2010-01-01' })).toEqual(ids(1, 2));
  expect(await contactable({ leavingKind: 'retirement-age' })).toEqual(ids(0));
  expect(await contactable({ employmentKind: 'dispatch' })).toEqual(ids(2));
  expect(await contactable({ eligibility: { not: { fact: 'amicable', is: true } } })).toEqual(ids());
  const scoped = await readRoster(views.pool, {
    ...question,
    mode: 'contactable',
    scope: { departments: ['開発部'] },
  });
  expect(scoped.rows.map((row) => row.alumnusId)).toEqual(ids(2));
  expect(await readMenus(views.pool)).toEqual({
    departments: ['営業部', '総務部', '開発部'],
    jobs: ['エンジニア', '営業'],
  });
  expect(await readMenus(views.pool, { departments: ['開発部'] })).toEqual({
    departments: ['開発部'],
    jobs: ['エンジニア'],
  });
});

test('a person has their values and every answer; why says it in one code with its events', async () => {
  const person = await readPerson(views.pool, alumnusId(0), at);
  expect(person?.values.name).toEqual({ family: '髙橋', given: '花子' });
  expect(person?.values.email).toBe('person0@example.jp');
  expect(person?.consents).toMatchObject([{ channel: 'email', answer: { state: 'granted' } }]);
  expect(await readPerson(views.pool, uuid('nobody'), at)).toBeUndefined();
  const grant = ledger.records.find(({ type }) => type === 'ConsentGranted')!;
  const yes = await readWhy(views.pool, { ...question, alumnusId: alumnusId(0) });
  expect(yes.sentence).toBe('may-contact');
  expect(yes.eventIds).toContain(grant.id);
  const no = await readWhy(views.pool, { ...question, alumnusId: alumnusId(3) });
  expect(no).toMatchObject({ sentence: 'consent-refused', eventIds: [ledger.records.at(-1)!.id] });
});

test('a parked person is nobody to contact and says why; everybody else is answered for', async () => {
  await park('alumni-roster', 'alumnus', alumnusId(0));
  expect(await contactable()).toEqual(ids(1, 2));
  const { rows } = await readRoster(views.pool, { ...question, mode: 'excluded' });
  const parked = rows.find((row) => row.alumnusId === alumnusId(0));
  expect(parked?.answer).toMatchObject({ answer: 'no', reasons: [{ code: 'view-parked' }] });
  expect(await readWhy(views.pool, { ...question, alumnusId: alumnusId(0) })).toMatchObject({
    sentence: 'view-parked',
  });
  await expect(readPerson(views.pool, alumnusId(0), at)).rejects.toBeInstanceOf(ViewParked);
});

test.each([
  ['purpose', purposeId(0)],
  ['programme', programmeId(0)],
  ['all', ''],
])('questions over a parked %s are refused', async (kind, id) => {
  await park('alumni-roster', kind, id);
  await expect(contactable()).rejects.toBeInstanceOf(ViewParked);
  await expect(readWhy(views.pool, { ...question, alumnusId: alumnusId(0) })).rejects.toBeInstanceOf(
    ViewParked,
  );
});

test('the catalogue knows the company, its officer, purposes and programmes with their versions', async () => {
  expect(await listPurposes(views.pool, at)).toMatchObject([
    { purposeId: purposeId(0), code: 'rehire', current: { version: 1 }, retired: false, draft: undefined },
  ]);
  expect(await findPurpose(views.pool, purposeId(1), at)).toBeUndefined();
  expect(await listProgrammes(views.pool, at)).toMatchObject([
    { programmeId: programmeId(1), current: undefined, closed: true },
  ]);
  expect(await readCompany(views.pool)).toBeUndefined();
  const head = await ledger.head();
  const opened = writeHistory([[1, 1, 0, 0, 0]], ledger).append({
    stream: 'company',
    type: 'LedgerOpened',
    data: { ledgerId: uuid('ledger'), companyId: uuid('company'), mode: 'development' },
    decidedAt: at,
  });
  const fresh = ledger.records.filter(({ position }) => position > (head ?? 0n));
  await applyAll(db, purposeCatalogue, new PlainVault(), fresh, [100]);
  ledger.records.length -= fresh.length;
  expect(opened.position).toBeGreaterThan(head ?? 0n);
  expect(await readCompany(views.pool)).toMatchObject({
    ledgerId: uuid('ledger'),
    party: { name: { ja: '会社 1' } },
    officer: { name: { family: '﨑山' } },
  });
});
