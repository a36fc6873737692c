import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { RecordedEvent } from '@enishi/event-store';
import { verifyBackup } from '@enishi/backup';
import { dropVersion, readVersions, transaction } from '@enishi/projections/engine';
import { readShreds } from '@enishi/vault';
import { Pool } from 'pg';
import type { Infrastructure } from '../../../apps/server/src/infrastructure';
import type { Place } from '../../bench/ground';
import { openRoom } from '../../bench/room';
import { readEverything } from '../../contract/event-store.contract';
import { dump } from '../../projections/support/laws';
import type { Done } from './order';

/** What the processes of one ledger were told, and did. */
export interface Ledgered {
  /** Every command that was ever sent, and the first answer of those that were acknowledged. */
  readonly sent: ReadonlySet<number>;
  readonly answers: ReadonlyMap<number, readonly string[]>;
  /** Commands that were answered in two ways. */
  readonly contradicted: readonly number[];
  readonly done: readonly Done[];
}

/** What the oracle found. */
export interface Judged {
  /** Commands that were never acknowledged, and acknowledged ones whose events are not in the ledger exactly once. */
  readonly lost: readonly number[];
  /** Commands that wrote twice, or were answered otherwise when repeated. */
  readonly twice: readonly (number | string)[];
  /** Views that differ from a rebuild. */
  readonly differing: readonly string[];
  /** Artefacts, destroyed keys and backups that are not what was said. */
  readonly spoilt: readonly string[];
  readonly people: number;
}

/** @param rebuild follows the ledger until all views, begun anew, have reached its end */
export async function judge(
  place: Place,
  { sent, answers, contradicted, done }: Ledgered,
  rebuild: () => Promise<void>,
): Promise<Judged> {
  const room = await openRoom(place);
  let events: readonly RecordedEvent[];
  let spoilt: readonly string[];
  try {
    events = await readEverything(room.store);
    spoilt = [...(await spoiltIn(room, done)), ...(await backupsOf(place, done))];
    // Everything opens, whatever happened to keys.
    await room.vault.openFacts(events);
  } finally {
    await room.close();
  }
  const counted = new Map<string, number>();
  for (const { id } of events) counted.set(id, (counted.get(id) ?? 0) + 1);
  const gone = [...answers].filter(([, ids]) => ids.some((id) => counted.get(id) !== 1)).map(([at]) => at);
  const people = events.filter(({ type }) => type === 'AlumnusRegistered');
  return {
    lost: [...[...sent].filter((at) => !answers.has(at)), ...gone],
    twice: [...contradicted, ...wroteTwice(events)],
    differing: await differing(place, rebuild),
    spoilt,
    people: new Set(people.map(({ stream }) => stream)).size === people.length ? people.length : Number.NaN,
  };
}

/** Commands of which each writes one event, and that wrote more. */
function wroteTwice(events: readonly RecordedEvent[]): readonly string[] {
  const seen = new Set<string>();
  return events
    .filter(({ stream }) => /^(consent-|purpose-|company$)/.test(stream))
    .map(({ metadata }) => (metadata as { commandId: string }).commandId)
    .filter((commandId) => seen.size === seen.add(commandId).size);
}

async function spoiltIn(
  { vault, config, identity }: Infrastructure,
  done: readonly Done[],
): Promise<string[]> {
  const spoilt: string[] = [];
  const listed = new Set(
    (await readShreds(config.ENISHI_SHREDS, identity.ledgerId)).map(({ subject }) => subject as string),
  );
  for (const one of done) {
    if (one.kind === 'shreds') spoilt.push(...one.subjects.filter((subject) => !listed.has(subject)));
    if (one.kind !== 'artefacts') continue;
    for (const { subject, artefactId, sha256, text } of one.kept) {
      const opened = Buffer.from(await vault.artefacts.get(subject, artefactId)).toString();
      const hash = await vault.artefacts.sealedHash(subject, artefactId);
      if (opened !== text || hash !== sha256) spoilt.push(artefactId);
    }
  }
  const epochs = await vault.epochs();
  if (epochs.filter(({ state }) => state === 'current').length !== 1) spoilt.push('epochs');
  return spoilt;
}

/** Every folder that has a backup's name is a whole one, whether anybody was told of it or not. */
async function backupsOf({ home }: Place, done: readonly Done[]): Promise<string[]> {
  const folder = path.join(home, 'backups');
  const told = done.flatMap((one) => (one.kind === 'backup' ? [one.folder] : []));
  const found = told.length === 0 ? [] : readdirSync(folder).filter((name) => !name.startsWith('.'));
  const spoilt = told.filter((one) => !found.includes(path.basename(one)));
  for (const name of found) {
    await verifyBackup(path.join(folder, name)).catch(() => spoilt.push(name));
  }
  return spoilt;
}

/** The names of views whose rows are not those that a build from nothing makes. */
async function differing({ appUrl }: Place, rebuild: () => Promise<void>): Promise<readonly string[]> {
  const pool = new Pool({ connectionString: appUrl, max: 2 });
  pool.on('error', () => undefined);
  try {
    const stood = await rowsIn(pool);
    const db = await pool.connect();
    try {
      await transaction(db, async () => {
        for (const { name, slot } of await readVersions(db)) await dropVersion(db, name, slot);
      });
    } finally {
      db.release();
    }
    await rebuild();
    const built = await rowsIn(pool);
    return [...built].filter(([name, text]) => stood.get(name) !== text).map(([name]) => name);
  } finally {
    await pool.end();
  }
}

async function rowsIn(pool: Pool): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const version of await readVersions(pool)) {
    if (version.slot === 'serving') found.set(version.name, await dump(pool, version));
  }
  return found;
}
