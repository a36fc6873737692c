import type { Category, Json } from '@enishi/domain';
import type { RecordedEvent } from '@enishi/event-store';
import { canonical, fieldSalt } from '@enishi/transparency';
import type { Pool } from 'pg';
import { openBytes, sealBytes, type Random } from './aead';
import { SealBroken, VaultError } from './errors';
import { fetchKeys } from './fetch-keys';
import { keyIdOf, slotOf, type KeyId } from './key-cache';
import type { KeyRing } from './key-ring';
import type { KeyName } from './key-table';
import type { Subject } from './port';
import { additionalData, openGroup, sha256, type Place, type SealedGroup } from './sealed-group';
import type { Sessions } from './sessions';

/** A row of `vault.resealed`: what stayed of one sealed group when items of it were erased. */
export interface Resealed {
  readonly eventId: string;
  readonly category: Category;
  readonly subject: Subject;
  readonly generation: number;
  /** nonce ‖ ciphertext ‖ tag. */
  readonly ciphertext: Buffer;
}

/**
 * Values with the salt of each field (32 bytes in base64). Never the salt of the group: with it, and with the commitment that
 * stays in the event, whoever guesses an erased value could tell that the guess is right.
 */
export interface Remains {
  readonly values: { readonly [field: string]: Json };
  readonly salts: { readonly [field: string]: string };
}

/** A sealed group of a recorded event. */
export interface GroupOf {
  readonly record: RecordedEvent;
  readonly group: SealedGroup;
}

interface RemainsOptions {
  readonly ledgerId: string;
  readonly pool: Pool;
  readonly sessions: Sessions;
  readonly ring: KeyRing;
}

/** Which group of which event. */
export type GroupId = `${string} ${Category}`;

export function groupIdOf(eventId: string, category: Category): GroupId {
  return `${eventId} ${category}`;
}

/** Where a recorded event stands. @throws VaultError `event-unreadable` */
export function placeOf(ledger: string, { stream, id: eventId, type, metadata }: RecordedEvent): Place {
  const version = metadata['v'];
  if (typeof version !== 'number')
    throw new VaultError('event-unreadable', `event ${eventId} lacks v in its metadata`);
  return { ledger, stream, eventId, type, version };
}

const FIND = {
  name: 'vault-resealed',
  text: `SELECT r.event_id AS "eventId", r.category, r.subject, r.generation, r.ciphertext
    FROM unnest($1::text[], $2::text[]) AS w (event_id, category) JOIN vault.resealed r USING (event_id, category)`,
};

// What a later generation has replaced is not put back by a run that was broken off before.
const KEEP = `
  INSERT INTO vault.resealed AS r (event_id, category, subject, generation, ciphertext)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::bytea[])
  ON CONFLICT (event_id, category) DO UPDATE SET generation = excluded.generation, ciphertext = excluded.ciphertext
  WHERE excluded.generation > r.generation`;

export async function findResealed(
  pool: Pool,
  groups: readonly GroupOf[],
): Promise<ReadonlyMap<GroupId, Resealed>> {
  if (groups.length === 0) return new Map();
  const { rows } = await pool.query<Resealed>({
    ...FIND,
    values: [groups.map(({ record }) => record.id), groups.map(({ group }) => group.category)],
  });
  return new Map(rows.map((row) => [groupIdOf(row.eventId, row.category), row]));
}

/** Durable when it resolves. */
export async function keepResealed(pool: Pool, rows: readonly Resealed[]): Promise<void> {
  if (rows.length === 0) return;
  await pool.query(KEEP, [
    rows.map(({ eventId }) => eventId),
    rows.map(({ category }) => category),
    rows.map(({ subject }) => subject),
    rows.map(({ generation }) => generation),
    rows.map(({ ciphertext }) => ciphertext),
  ]);
}

/** What is authenticated: the place of the group, and that this is what stayed of it. */
function contextOf(place: Place, group: Pick<SealedGroup, 'category' | 'subject' | 'generation'>): string {
  return `enishi/resealed/v1\n${additionalData(place, group)}`;
}

/** Seals what stays of a group. It opens at no other event, and in no other place than `vault.resealed`. */
export function sealRemains(
  key: Uint8Array,
  place: Place,
  group: Pick<SealedGroup, 'category' | 'subject' | 'generation'>,
  { values, salts }: Remains,
  random: Random,
): Resealed {
  const { category, subject, generation } = group;
  const plaintext = canonical({ salts, values } as Json);
  const ciphertext = sealBytes(key, plaintext, contextOf(place, group), random);
  return { eventId: place.eventId, category, subject, generation, ciphertext };
}

/** @throws SealBroken */
export function openRemains(key: Uint8Array, place: Place, row: Resealed): Remains {
  let plaintext: Buffer;
  try {
    plaintext = openBytes(key, row.ciphertext, contextOf(place, row));
  } catch {
    throw new SealBroken(`what stayed of the ${row.category} group of event ${place.eventId}`);
  }
  return JSON.parse(plaintext.toString('utf8')) as Remains;
}

/** A group as it stands in its event, in the form in which what stays of one is kept. @throws SealBroken */
export function openWhole(key: Uint8Array, place: Place, group: SealedGroup): Remains {
  const { salt, values } = openGroup(key, place, group);
  const bytes = Buffer.from(salt, 'base64');
  const saltOf = (field: string): string =>
    Buffer.from(fieldSalt(sha256, bytes, group.category, field)).toString('base64');
  return { values, salts: Object.fromEntries(Object.keys(values).map((field) => [field, saltOf(field)])) };
}

/**
 * What stayed of groups whose key is destroyed, where items of them were erased; the others are erased whole, and absent.
 * @throws KeyLost, SealBroken, VaultError `event-unreadable`, VaultUnavailable
 */
export async function remainsOf(
  options: RemainsOptions,
  groups: readonly GroupOf[],
  once?: boolean,
): Promise<ReadonlyMap<GroupId, Remains>> {
  const remains = new Map<GroupId, Remains>();
  let left = groups;
  // Once more for what was sealed anew, under the next generation, between the two reads.
  for (let attempt = 0; attempt < 2 && left.length > 0; attempt++) {
    const rows = await findResealed(options.pool, left);
    if (rows.size === 0) break;
    const wanted = new Map<KeyId, KeyName>([...rows.values()].map((row) => [keyOf(row), row]));
    const keys = await fetchKeys(options, wanted, once);
    left = left.filter(({ record, group }) => {
      const id = groupIdOf(record.id, group.category);
      const row = rows.get(id);
      if (row === undefined) return false;
      const key = keys.get(keyOf(row))!;
      if (key === 'destroyed') return true;
      remains.set(id, openRemains(key, placeOf(options.ledgerId, record), row));
      return false;
    });
  }
  return remains;
}

/** The fields of a group of which nothing stayed. */
export function erasedFieldsOf({ commitments }: SealedGroup, { values }: Remains): readonly string[] {
  return Object.keys(commitments).filter((field) => !Object.hasOwn(values, field));
}

function keyOf({ subject, category, generation }: KeyName): KeyId {
  return keyIdOf(slotOf(subject, category), generation);
}
