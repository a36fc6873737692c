import path from 'node:path';
import { Readable } from 'node:stream';
import { runImport, systemContext } from '@enishi/application/ledger';
import { takeBackup } from '@enishi/backup';
import { generateLeavers, proposeMapping, recognise } from '@enishi/intake';
import { requestRebuild } from '@enishi/projections/engine';
import { parseKeysSetting } from '@enishi/vault';
import { projectionsOf } from '@enishi/worker';
import type { Infrastructure } from '../../../apps/server/src/infrastructure';
import type { Place } from '../../bench/ground';
import { idOf } from './commands';
import type { Chore, Done, Kept } from './order';

/** Carries out one piece of work. It may be repeated as a whole, in any process. */
export async function doChore(room: Infrastructure, place: Place, chore: Chore): Promise<Done> {
  const { id } = chore;
  switch (chore.kind) {
    case 'import':
      await importFile(room, id, chore.rows);
      return { chore: id, kind: chore.kind };
    case 'artefacts':
      return { chore: id, kind: chore.kind, kept: await keepThree(room, id) };
    case 'shreds':
      return { chore: id, kind: chore.kind, subjects: await shredThree(room, id) };
    case 'rotation':
      await room.vault.rotateEpoch();
      return { chore: id, kind: chore.kind };
    case 'backup':
      return { chore: id, kind: chore.kind, folder: await backUp(place) };
    case 'rebuild':
      for (const projection of projectionsOf(room.identity.ledgerId))
        await requestRebuild(room.pool, projection, await room.store.head());
      return { chore: id, kind: chore.kind };
  }
}

/** An upload and its import, both under ids of their own: what is there already is carried on. */
async function importFile(
  { ledger, jobs, staging }: Infrastructure,
  id: string,
  rows: number,
): Promise<void> {
  const importId = idOf(`import ${id}`);
  if ((await jobs.find(importId)) === undefined) {
    const file = [...generateLeavers({ count: rows, seed: 7, layout: 'jinjer', encoding: 'cp932' })];
    const staged = await staging.write(importId, Readable.from(file), Number.MAX_SAFE_INTEGER);
    const recognition = recognise(Buffer.concat(file));
    if (!recognition.ok) throw new Error(`invented file not recognised: ${recognition.code}`);
    const { mapping, columns } = proposeMapping(recognition.headers, recognition.myNumberColumns);
    // Each file from a system of its own, so that its people are its own.
    const options = { freeText: false, dateOrder: 'ymd', source: id } as const;
    await jobs.create({
      ...{ importId, recognition, columns, mapping, options, actor: 'system:faults' },
      ...staged,
    });
  }
  const job = (await jobs.find(importId))!;
  if (job.state === 'done') return;
  await jobs.move(importId, ['staged', 'interrupted', 'failed', 'running'], 'running');
  const signal = new AbortController().signal;
  const context = systemContext('faults', importId);
  await runImport({ ledger, jobs, staging, signal }, (await jobs.find(importId))!, context, false);
}

async function keepThree({ vault }: Infrastructure, id: string): Promise<readonly Kept[]> {
  const kept: Kept[] = [];
  for (let number = 1; number <= 3; number += 1) {
    const subject = `alumnus:${idOf(`artefact ${id} ${number}`)}` as const;
    const text = `a scanned form, number ${number} of ${id}`;
    kept.push({
      subject,
      text,
      ...(await vault.artefacts.put(subject, 'consent-evidence', Buffer.from(text))),
    });
  }
  return kept;
}

/** Destroys the keys of three people nobody knows. A repeat finds destroyed what was. */
async function shredThree({ vault }: Infrastructure, id: string): Promise<readonly string[]> {
  const subjects: string[] = [];
  for (let number = 1; number <= 3; number += 1) {
    const subject = `alumnus:${idOf(`shred ${id} ${number}`)}` as const;
    await vault.closeKey(subject, 'contact', 'faults', 'test');
    await vault.destroyKey(subject, 'contact', 'faults', 'test', idOf(`plan ${subject}`));
    subjects.push(subject);
  }
  return subjects;
}

async function backUp({ home, appUrl }: Place): Promise<string> {
  const key = parseKeysSetting(`file:${path.join(home, 'keys', 'master.key')}`, { development: true });
  const { folder } = await takeBackup({
    places: {
      databaseUrl: appUrl,
      eventStore: { url: appUrl, embedded: true },
      artefactsDirectory: path.join(home, 'artefacts'),
      epochsDirectory: path.join(home, 'epochs'),
      shredsDirectory: path.join(home, 'epochs', 'shreds'),
    },
    into: path.join(home, 'backups'),
    masterKeyOf: () => key,
  });
  return folder;
}
