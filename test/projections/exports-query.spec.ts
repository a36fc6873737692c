import { auditTrail } from '@enishi/projections/audit-trail/projection';
import { countIncluded, hasErased, readAuditTrail, readExports } from '@enishi/projections/audit-trail/query';
import type { EventType, JsonObject } from '@enishi/domain';
import type { PoolClient } from 'pg';
import { applyAll, beginAnew, dump, viewsDatabase, type ViewsDatabase } from './support/laws';
import { MemoryLedger, uuid } from './support/memory-ledger';
import { PlainVault } from './support/plain-vault';

const [anna, ben, cleo] = ['anna', 'ben', 'cleo'].map((name) => uuid(name)) as [string, string, string];
const staffId = uuid('staff');
const [one, two] = [uuid('export', 1), uuid('export', 2)] as [string, string];
const ledger = new MemoryLedger();
let clock = Date.parse('2026-01-05T00:00:00.000Z');

const add = (stream: string, type: EventType, data: JsonObject): bigint => {
  clock += 1000;
  return ledger.append({ stream, type, data, decidedAt: new Date(clock).toISOString() }).position;
};
const step = (exportId: string, type: EventType, data: JsonObject = {}): bigint =>
  add(`export-${exportId}`, type, { exportId, ...data });
const chunk = (exportId: string, number: number, alumnusIds: readonly string[]): bigint =>
  step(exportId, 'ExportChunkRecorded', {
    number,
    alumnusIds: [...alumnusIds],
    eventIds: alumnusIds.map((id, at) => uuid('event', id, at)),
  });
const request = { staffId, content: 'consents', level: 'masked', format: 'csv', reason: 'audit' };

step(one, 'ExportRequested', { ...request, alumnusId: cleo });
step(two, 'ExportRequested', request);
step(one, 'ExportApproved', { staffId: uuid('other') });
const started = step(one, 'ExportStarted');
chunk(one, 0, [anna, anna, ben]);
chunk(one, 1, [ben]);
step(one, 'ExportCompleted', {
  staffId,
  lines: 4,
  people: 2,
  chunks: 2,
  bytes: 9,
  fileHash: 'ab'.repeat(32),
});
const erased = add(`lifecycle-${ben}`, 'ErasureStarted', { alumnusId: ben, categories: ['contact'] });

let views: ViewsDatabase;
let db: PoolClient;
beforeAll(async () => {
  views = await viewsDatabase('exports');
  db = await views.pool.connect();
});
afterAll(async () => {
  db.release();
  await views.stop();
});

test('the rows are the same whatever the batches, and after a repeat', async () => {
  const dumps: string[] = [];
  for (const sizes of [[1], [3, 2], [100]]) {
    await beginAnew(db, auditTrail);
    await applyAll(db, auditTrail, new PlainVault(), ledger.records, sizes);
    dumps.push(await dump(db, auditTrail));
  }
  expect(new Set(dumps).size).toBe(1);
  expect(dumps[0]).toContain('""number"":0,""lines"":3}');
  // Who is in it stands in a table of its own, once for each chunk.
  expect(dumps[0]!.split('\n').filter((row) => row.startsWith(`(${anna},`))).toHaveLength(1);
});

test('the trail of a person has the chunks that name them, and the exports asked for about them', async () => {
  const types = async (alumnusId: string) =>
    (await readAuditTrail(views.pool, { alumnusId })).rows.map(({ type }) => type);
  expect(await types(anna)).toEqual(['ExportChunkRecorded']);
  expect(await types(ben)).toEqual(['ExportChunkRecorded', 'ExportChunkRecorded', 'ErasureStarted']);
  expect(await types(cleo)).toEqual(['ExportRequested']);
});

test('exports are listed the latest first, with their steps and without their chunks, page by page', async () => {
  const first = await readExports(views.pool, { limit: 1 });
  expect(first.rows.map(({ stream, steps }) => [stream, steps.map(({ type }) => type)])).toEqual([
    [`export-${two}`, ['ExportRequested']],
  ]);
  const second = await readExports(views.pool, { limit: 1, cursor: first.next! });
  expect(second.next).toBeUndefined();
  expect(second.rows[0]!.steps.map(({ type }) => type)).toEqual([
    'ExportRequested',
    'ExportApproved',
    'ExportStarted',
    'ExportCompleted',
  ]);
  const of = async (alumnusId: string) => (await readExports(views.pool, { alumnusId })).rows.length;
  expect([await of(anna), await of(ben), await of(cleo)]).toEqual([1, 1, 0]);
});

test('who is in an export is counted once, and looked for among those whose erasure has started since', async () => {
  expect(await countIncluded(views.pool, `export-${one}`)).toBe(2);
  expect(await countIncluded(views.pool, `export-${two}`)).toBe(0);
  expect(await hasErased(views.pool, `export-${one}`, started)).toBe(true);
  expect(await hasErased(views.pool, `export-${one}`, erased)).toBe(false);
  expect(await hasErased(views.pool, `export-${two}`, started)).toBe(false);
});
