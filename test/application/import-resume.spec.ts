import { randomUUID } from 'node:crypto';
import { runImport, systemContext, type ImportJob, type Ledger } from '@enishi/application/ledger';
import { HEAD_BYTES, proposeMapping, recognise } from '@enishi/intake';
import type { Infrastructure } from '../../apps/server/src/infrastructure';
import { openTestRoom, type TestRoom } from './room';

jest.setTimeout(60_000);

let opened: TestRoom;
let room: Infrastructure;

beforeAll(async () => {
  opened = await openTestRoom('resuming');
  room = opened.room;
});
afterAll(() => opened?.close());

const HEADER = '社員番号,職場氏名(氏),職場氏名(名),入社年月日,退職年月日,所属';
const ROWS = 4000;

/** Leavers, and in every hundred one impossible day, one still employed and one who stands twice. */
function file(prefix: string): readonly string[] {
  return Array.from({ length: ROWS }, (_, index) => {
    if (index % 100 === 7) return `${prefix}${index},鈴木,一郎,2001/04/01,2020/02/31,営業部`;
    if (index % 100 === 8) return `${prefix}${index},高橋,次郎,2001/04/01,,営業部`;
    if (index % 100 === 9) return `${prefix}${index - 4},佐藤,花子,2001/04/01,2020/03/31,人事部`;
    return `${prefix}${index},佐藤,花子,2001/04/01,2020/03/31,営業部`;
  });
}

async function stage(lines: readonly string[]): Promise<string> {
  const bytes = Buffer.from([HEADER, ...lines, ''].join('\n'));
  const importId = randomUUID();
  const source = (async function* () {
    yield bytes;
  })();
  const staged = await room.staging.write(importId, source, 1e9);
  const recognition = recognise(bytes.subarray(0, HEAD_BYTES));
  if (!recognition.ok) throw new Error(recognition.code);
  const { mapping, columns } = proposeMapping(recognition.headers, recognition.myNumberColumns);
  const options = { freeText: false, dateOrder: 'ymd', source: 'hr' } as const;
  await room.jobs.create({
    importId,
    recognition,
    columns,
    mapping,
    options,
    actor: 'system:test',
    ...staged,
  });
  return importId;
}

async function run(importId: string, ledger: Ledger = room.ledger, dryRun = false): Promise<ImportJob> {
  const { jobs, staging } = room;
  await jobs.move(importId, ['staged', 'failed', 'checked'], dryRun ? 'checking' : 'running');
  const one = { ledger, jobs, staging, signal: new AbortController().signal };
  await runImport(one, (await jobs.find(importId))!, systemContext('test'), dryRun).catch(() => undefined);
  return (await jobs.find(importId))!;
}

/** A ledger that breaks at the n-th bulk append. */
function breaking(nth: number): Ledger {
  let appends = 0;
  const store: typeof room.store = {
    ...room.store,
    async appendMany(events) {
      if ((appends += 1) === nth) throw Object.assign(new Error('gone'), { name: 'StoreUnavailable' });
      return room.store.appendMany(events);
    },
  };
  return { ...room.ledger, store };
}

/** A ledger that counts the rows whose identity is asked for. */
function counting(): { readonly ledger: Ledger; rows(): number } {
  let rows = 0;
  const { vault } = room.ledger;
  const identities: typeof vault.identities = {
    reserve: (asked) => {
      rows += asked.length;
      return vault.identities.reserve(asked);
    },
    find: (...of) => vault.identities.find(...of),
    lookUp: (...of) => vault.identities.lookUp(...of),
    register: (...of) => vault.identities.register(...of),
    block: (...of) => vault.identities.block(...of),
  };
  return { ledger: { ...room.ledger, vault: { ...vault, identities } }, rows: () => rows };
}

const told = async (importId: string) =>
  (await room.jobs.problems(importId, 0, 1000))
    .map(({ line, code, severity }) => ({ line, code, severity }))
    .toSorted((a, b) => a.line - b.line);

it('goes on where it was settled, and ends with the counts and problems of one whole run', async () => {
  const whole = await run(await stage(file('W')));
  const importId = await stage(file('R'));
  const failed = await run(importId, breaking(5));
  expect(failed).toMatchObject({ state: 'failed', failure: 'StoreUnavailable' });
  expect(failed.resume!.number).toBeGreaterThan(500);
  const { ledger, rows } = counting();
  const done = await run(importId, ledger);
  expect(done.state).toBe('done');
  expect(rows()).toBeLessThanOrEqual(ROWS - failed.resume!.number);
  expect(done.counts).toEqual({ ...whole.counts, bytesRead: done.counts.bytesRead });
  expect(await told(importId)).toEqual(await told(whole.importId));
});

it('judges by the day on which it began', async () => {
  const importId = await stage(file('D'));
  await run(importId, breaking(5));
  const later: Ledger = { ...room.ledger, clock: { now: () => '2031-01-01T00:00:00.000Z' } };
  const done = await run(importId, later);
  expect(done.resume!.today).toBe((await run(await stage(file('E')))).resume!.today);
});

it('begins anew after a dry run, and when the columns were mapped anew', async () => {
  const importId = await stage(file('N'));
  expect((await run(importId, breaking(5))).resume!.number).toBeGreaterThan(0);
  const checked = await run(importId, room.ledger, true);
  expect(checked).toMatchObject({ state: 'checked', resume: null });
  const again = await stage(file('M'));
  const { mapping, options } = await run(again, breaking(5));
  await room.jobs.map(again, mapping, options);
  expect(await room.jobs.find(again)).toMatchObject({ state: 'staged', resume: null });
});
