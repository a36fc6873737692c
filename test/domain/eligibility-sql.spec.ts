import fc from 'fast-check';
import { Pool } from 'pg';
import {
  addDays,
  dayStart,
  eligibility,
  eligibilitySql,
  EMPLOYMENT_KINDS,
  LEAVING_KINDS,
  rosterColumns,
  type Employment,
  type PersonFacts,
} from '@enishi/domain';
import { eligibilityRules } from '../support/eligibility-rules';
import { testCluster, type TestCluster, type TestDatabase } from '../support/postgres';

let cluster: TestCluster;
let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  cluster = await testCluster();
  database = await cluster.createDatabase('eligibility');
  pool = new Pool({ connectionString: database.ownerUrl, max: 1 });
});

afterAll(async () => {
  await pool?.end();
  await database?.drop();
  await cluster?.stop();
});

const unknownOr = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Somebody of whom anything may be missing. */
const people = fc
  .record({
    months: unknownOr(fc.nat(200)),
    left: unknownOr(fc.integer({ min: 15_000, max: 20_700 })),
    leavingKind: unknownOr(fc.constantFrom(...LEAVING_KINDS)),
    kind: unknownOr(fc.constantFrom(...EMPLOYMENT_KINDS)),
    department: unknownOr(fc.constantFrom('営業部', 'x', 'z')),
    job: unknownOr(fc.constantFrom('営業部', 'y', 'z')),
  })
  .map(({ months, left, ...rest }): PersonFacts => {
    const known = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const leftOn = left === undefined ? undefined : addDays('1970-01-01', left);
    const latest =
      leftOn === undefined ? undefined : ({ joinedOn: '2000-04-01', leftOn, ...known } as Employment);
    return {
      alumnusId: 'a1',
      registeredId: 'e1',
      channels: [],
      employments: [],
      ...(months !== undefined && { serviceMonths: months }),
      ...(latest && { latest }),
    };
  });

const COLUMNS = `service_months int, left_on date, leaving_kind text, employment_kind text, department text, job text`;

it('SQL and the pure rule give the same of three answers', async () => {
  await fc.assert(
    fc.asyncProperty(
      eligibilityRules,
      fc.array(people, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 20_000, max: 22_000 }),
      async (rule, persons, today) => {
        const at = dayStart(addDays('1970-01-01', today));
        const { sql, params } = eligibilitySql(rule, { at, firstParam: 2 });
        const { rows } = await pool.query<{ holds: boolean | null }>(
          `select ${sql} as holds from rows from (jsonb_to_recordset($1::jsonb) as (${COLUMNS})) with ordinality order by ordinality`,
          [JSON.stringify(persons.map(rosterColumns)), ...params],
        );
        const answers = { true: 'eligible', false: 'not-eligible', null: 'unknown' } as const;
        const expected = persons.map((person) => eligibility(rule, person, at).answer);
        expect(rows.map(({ holds }) => answers[`${holds}`])).toEqual(expected);
      },
    ),
    { numRuns: 300 },
  );
});
