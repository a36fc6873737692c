import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { declarationOf, type Category, type EventType, type JsonObject } from '@enishi/domain';
import type { RecordedEvent } from '@enishi/event-store';
import { canonical, leafHash, leafText, type LeafInput } from '@enishi/transparency';
import { part } from '../../libs/vault/src/disclosure-check';
import type { Subject } from '../../libs/vault/src/port';
import { sealGroup } from '../../libs/vault/src/sealed-group';
import { EXAMPLES, streamOf } from './examples';

const FOLDER = path.resolve(__dirname, '../fixtures/events');
/** The ledger all fixtures stand in. */
export const LEDGER = '40000000-0000-4000-8000-000000000010';

/** One event as it was stored by the version that wrote it. Never changed: data of customers look like this. */
export interface Fixture {
  readonly stored: Omit<RecordedEvent, 'position' | 'dataText' | 'metadataText'>;
  /** What it must open to in the shape of that version. */
  readonly opened: JsonObject;
  /** RFC 8785 text of the leaf. */
  readonly leafText: string;
  /** SHA-256 of 0x00 and the text, hex. */
  readonly leafHash: string;
}

/** The key that fixtures are sealed under. */
export function fixtureKey(subject: string, category: Category, generation: number): Buffer {
  return createHash('sha256').update(`fixture key ${subject} ${category} ${generation}`).digest();
}

/** Every fixture by its file's name. */
export function fixtures(): ReadonlyMap<string, Fixture> {
  const names = readdirSync(FOLDER).sort();
  return new Map(
    names.map((name) => [name, JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')) as Fixture]),
  );
}

/** What the leaf of a fixture is made of. */
export function leafOf({ stored }: Pick<Fixture, 'stored'>): LeafInput {
  const { stream, revision, id, type, data, metadata, recordedAt } = stored;
  const texts = { dataText: canonical(data), metadataText: canonical(metadata) };
  return { ledger: LEDGER, stream, revision, id, type, recordedAt, ...texts };
}

/** Writes a fixture for each event type and version that has none. What is there is never touched. */
export function writeMissing(): readonly string[] {
  return (Object.keys(EXAMPLES) as EventType[]).flatMap((type) => {
    const name = `${type}.v${declarationOf(type).version}.json`;
    if (existsSync(path.join(FOLDER, name))) return [];
    writeFileSync(path.join(FOLDER, name), `${JSON.stringify(freeze(type), null, 2)}\n`, { flag: 'wx' });
    return [name];
  });
}

function freeze(type: EventType): Fixture {
  const opened = EXAMPLES[type] as unknown as JsonObject;
  const { version, clear, groups, subject } = part(declarationOf, type, opened);
  const stream = streamOf(opened);
  const id = '50000000-0000-5000-8000-000000000011';
  const place = { ledger: LEDGER, stream, eventId: id, type, version };
  const sealed = [...groups.keys()].sort().map((category) => {
    const name = { category, subject: subject as Subject, generation: 1 };
    const key = fixtureKey(name.subject, category, 1);
    return sealGroup(key, place, name, groups.get(category)!, randomBytes);
  });
  const commandId = '60000000-0000-5000-8000-000000000012';
  const stored: Fixture['stored'] = {
    stream,
    revision: 3,
    id,
    type,
    data: sealed.length === 0 ? clear : { ...clear, sealed },
    metadata: {
      v: version,
      commandId,
      $correlationId: '70000000-0000-4000-8000-000000000013',
      $causationId: commandId,
      actor: 'staff:80000000-0000-4000-8000-000000000014',
      decidedAt: '2026-11-21T06:04:05.006Z',
      effectiveAt: '2026-11-20T15:00:00.000Z',
      batchId: '90000000-0000-4000-8000-000000000015',
    },
    recordedAt: '2026-11-21T06:04:05.007Z',
  };
  const leaf = leafOf({ stored });
  const hash = leafHash(leaf, (bytes) => createHash('sha256').update(bytes).digest());
  return { stored, opened, leafText: leafText(leaf), leafHash: Buffer.from(hash).toString('hex') };
}
