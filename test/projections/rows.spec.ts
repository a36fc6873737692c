import { ahead, readMembers, transaction, writeRows } from '@enishi/projections/engine';
import * as fc from 'fast-check';
import { Pool } from 'pg';
import { viewsDatabase, type ViewsDatabase } from './support/laws';

let views: ViewsDatabase;
beforeAll(async () => {
  views = await viewsDatabase('rows');
});
afterAll(() => views.stop());

const instant = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
const word = fc.oneof(
  fc.constantFrom('', 'email', 'NULL', 'null', '{}', 'a,b', '"', '\\', '営業部', ' '),
  fc.string({ maxLength: 5 }).filter((text) => !text.includes('\0')),
);

test.each(['UTC', 'Asia/Tokyo', 'America/St_Johns'])(
  'instants and texts of a row are what was written, in a session of %s',
  async (zone) => {
    const pool = new Pool({ connectionString: views.database.url, options: `-c TimeZone=${zone}`, max: 1 });
    await fc.assert(
      fc.asyncProperty(instant, fc.array(word, { maxLength: 4 }), async (recordedAt, sealedFields) => {
        const [row] = await readMembers(
          pool,
          'SELECT $1::timestamptz AS recorded_at, $2::text[] AS sealed_fields, NULL AS nothing, 7::bigint AS position',
          [recordedAt.toISOString(), sealedFields],
        );
        expect(row).toEqual({ recordedAt: recordedAt.toISOString(), sealedFields, position: '7' });
      }),
      { numRuns: 100 },
    );
    await pool.end();
  },
);

test('tables of one name in two views are each written in their own columns', async () => {
  const client = await views.pool.connect();
  const layouts = [
    { id: 'integer', name: 'text' },
    { id: 'integer', place: 'text', at: 'integer' },
  ] as const;
  const rows = [
    { id: 1, name: 'x' },
    { id: 2, place: 'y', at: 3 },
  ] as const;
  try {
    for (const [at, columns] of layouts.entries())
      await transaction(client, async () => {
        const members = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
        await client.query(
          `CREATE TEMP TABLE thing (${members.join(', ')}, PRIMARY KEY (id)) ON COMMIT DROP`,
        );
        await writeRows(client, 'thing', columns, ['id'], 'replace', [rows[at] as never]);
        expect((await client.query('SELECT * FROM thing')).rows).toEqual([rows[at]]);
      });
  } finally {
    client.release();
  }
});

async function* counting(told: number[], failsAt?: number): AsyncGenerator<number> {
  for (let page = 0; page < 4; page += 1) {
    if (page === failsAt) throw new Error('gone');
    told.push(page);
    yield page;
  }
}

test('the next page is asked for while one is worked on, and no further', async () => {
  const asked: number[] = [];
  const seen: number[][] = [];
  for await (const page of ahead(counting(asked))) {
    await new Promise(setImmediate);
    seen.push([page, asked.length]);
  }
  expect(seen).toEqual([
    [0, 2],
    [1, 3],
    [2, 4],
    [3, 4],
  ]);
});

test('a page that cannot be read fails in its turn, and whoever stops reading stops the source', async () => {
  const seen: number[] = [];
  const failing = async (): Promise<void> => {
    for await (const page of ahead(counting([], 2))) seen.push(page);
  };
  await expect(failing()).rejects.toThrow('gone');
  expect(seen).toEqual([0, 1]);

  const asked: number[] = [];
  for await (const page of ahead(counting(asked))) if (page === 1) break;
  await new Promise(setImmediate);
  expect(asked).toEqual([0, 1, 2]);
});
