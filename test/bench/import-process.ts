import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { runImport, systemContext } from '@enishi/application/ledger';
import { generateLeavers, HEAD_BYTES, proposeMapping, recognise } from '@enishi/intake';
import type { Infrastructure } from '../../apps/server/src/infrastructure';
import type { Place } from './ground';
import { timed } from './measure';
import { openRoom } from './room';

/** What the process is told: to take an invented file in, or to import one that was. */
export type ImportOrder =
  { readonly place: Place; readonly stage: number } | { readonly place: Place; readonly importId: string };

/** What it answers. */
export interface ImportReport {
  readonly milliseconds: number;
  readonly registered: number;
}

process.once('message', (order: ImportOrder) => {
  const work =
    'stage' in order ? stageInto(order.place, order.stage) : importInto(order.place, order.importId);
  void work.then((report) => process.send!(report, () => process.exit(0)));
});

async function stageInto(place: Place, rows: number): Promise<string> {
  const room = await openRoom(place);
  const importId = await stage(room, rows);
  await room.close();
  return importId;
}

async function importInto(place: Place, importId: string): Promise<ImportReport> {
  const room = await openRoom(place);
  const job = (await room.jobs.find(importId))!;
  await room.jobs.move(importId, ['staged'], 'running');
  const context = systemContext('bench');
  const signal = new AbortController().signal;
  const { ledger, jobs, staging } = room;
  const milliseconds = await timed(() => runImport({ ledger, jobs, staging, signal }, job, context, false));
  const { counts } = (await jobs.find(importId))!;
  await room.close();
  return { milliseconds, registered: counts.registered };
}

/** Takes an invented file in, as an upload does. */
async function stage({ staging, jobs }: Infrastructure, rows: number): Promise<string> {
  const importId = randomUUID();
  const file = Readable.from(generateLeavers({ count: rows, seed: 7, layout: 'jinjer', encoding: 'cp932' }));
  const staged = await staging.write(importId, file, Number.MAX_SAFE_INTEGER);
  const head: Uint8Array[] = [];
  for await (const chunk of staging.read(importId)) {
    head.push(chunk);
    if (Buffer.concat(head).length >= HEAD_BYTES) break;
  }
  const recognition = recognise(Buffer.concat(head).subarray(0, HEAD_BYTES));
  if (!recognition.ok) throw new Error(`invented file not recognised: ${recognition.code}`);
  const { mapping, columns } = proposeMapping(recognition.headers, recognition.myNumberColumns);
  const options = { freeText: false, dateOrder: 'ymd', source: 'hr' } as const;
  await jobs.create({ importId, recognition, columns, mapping, options, actor: 'system:bench', ...staged });
  return importId;
}
