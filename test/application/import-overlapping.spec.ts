import { randomUUID } from 'node:crypto';
import { runImport, systemContext } from '@enishi/application/ledger';
import { HEAD_BYTES, proposeMapping, recognise } from '@enishi/intake';
import type { Infrastructure } from '../../apps/server/src/infrastructure';
import { openTestRoom, type TestRoom } from './room';

jest.setTimeout(60_000);

let opened: TestRoom;
let room: Infrastructure;

beforeAll(async () => {
  opened = await openTestRoom('overlapping');
  room = opened.room;
});
afterAll(() => opened?.close());

const HEADER = '社員番号,職場氏名(氏),職場氏名(名),入社年月日,退職年月日,所属';

/** Runs a file of these lines as a new import, and answers its job. */
async function importOf(lines: readonly string[], ledger = room.ledger) {
  const bytes = Buffer.from([HEADER, ...lines, ''].join('\n'));
  const importId = randomUUID();
  const staged = await room.staging.write(
    importId,
    (async function* () {
      yield bytes;
    })(),
    1e9,
  );
  const recognition = recognise(bytes.subarray(0, HEAD_BYTES));
  if (!recognition.ok) throw new Error(recognition.code);
  const { mapping, columns } = proposeMapping(recognition.headers, recognition.myNumberColumns);
  const options = { freeText: false, dateOrder: 'ymd', source: 'hr' } as const;
  const { jobs, staging } = room;
  await jobs.create({ importId, recognition, columns, mapping, options, actor: 'system:test', ...staged });
  await jobs.move(importId, ['staged'], 'running');
  const run = { ledger, jobs, staging, signal: new AbortController().signal };
  await runImport(run, (await jobs.find(importId))!, systemContext('test'), false).catch(() => undefined);
  return (await jobs.find(importId))!;
}

function line(number: string, department: string): string {
  return `${number},佐藤,花子,2001/04/01,2020/03/31,${department}`;
}

it('takes a person in by their first row and corrects them by the later ones, whichever batches these are in', async () => {
  const lines = Array.from({ length: 4500 }, (_, index) => line(`A${index}`, '営業部'));
  // The same people again: in the same batch, and in each of the batches that are under way at the same time.
  const places = [500, 999, 1000, 1001, 1999, 2000, 2500, 3000, 4000, 4499];
  for (const place of places) lines[place] = line('A7', `部署${place}`);
  const job = await importOf(lines);
  expect(job.state).toBe('done');
  expect(job.counts).toMatchObject({
    rows: 4500,
    leavers: 4500,
    registered: 4490,
    corrected: 10,
    unchanged: 0,
    refused: 0,
  });
  const alumnusId = (await room.vault.identities.find('hr', 'A7'))!;
  const facts = await room.vault.openFacts(await room.store.readStream(`alumnus-${alumnusId}`));
  const departments = facts.map(
    ({ data }) => (data as { employment: { department: string } }).employment.department,
  );
  expect(departments).toEqual(['営業部', ...places.map((place) => `部署${place}`)]);
  const again = await importOf(lines.slice(0, 500));
  expect(again.counts).toMatchObject({ registered: 0, unchanged: 499 });
});

it('leaves nothing under way when a batch fails, and the next run finishes', async () => {
  const lines = Array.from({ length: 3500 }, (_, index) => line(`B${index}`, '人事部'));
  let appends = 0;
  let inFlight = 0;
  const store: typeof room.store = {
    ...room.store,
    async appendMany(events) {
      inFlight += 1;
      try {
        if ((appends += 1) === 2) throw Object.assign(new Error('gone'), { name: 'StoreUnavailable' });
        return await room.store.appendMany(events);
      } finally {
        inFlight -= 1;
      }
    },
  };
  const failed = await importOf(lines, { ...room.ledger, store });
  expect(failed).toMatchObject({ state: 'failed', failure: 'StoreUnavailable' });
  expect(inFlight).toBe(0);
  const done = await importOf(lines);
  expect(done.state).toBe('done');
  const { registered, unchanged } = done.counts;
  expect(registered + unchanged).toBe(3500);
  expect(failed.counts.registered + registered).toBeLessThanOrEqual(3500);
});
