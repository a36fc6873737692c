import { hash } from 'node:crypto';
import type { Category, Json, JsonObject } from '@enishi/domain';
import { commitment, fieldSalt, type Sha256 } from '@enishi/transparency';
import { openBytes, sealBytes, type Random } from './aead';
import { SealBroken } from './errors';
import type { Subject } from './port';

/** One group as it stands in an event's `sealed` list: one event, one key. */
export type SealedGroup = {
  readonly category: Category;
  readonly subject: Subject;
  readonly generation: number;
  /** base64 of nonce ‖ ciphertext ‖ tag. */
  readonly ciphertext: string;
  /** Field → commitment, hex. */
  readonly commitments: { readonly [field: string]: string };
};

/** Where a group stands. All of it is authenticated, so a group opens nowhere else. */
export interface Place {
  readonly ledger: string;
  readonly stream: string;
  readonly eventId: string;
  /** The type as stored, whatever upcasters make of it. */
  readonly type: string;
  readonly version: number;
}

/** Under a text form the one-shot hash makes no ArrayBuffer: twice as fast as asking it for bytes. */
export const sha256: Sha256 = (bytes) => Buffer.from(hash('sha256', bytes, 'binary'), 'latin1');
const sha256Hex: Sha256<string> = (bytes) => hash('sha256', bytes, 'hex');

/**
 * The additional data of a group: canonical JSON (RFC 8785) of {ledger, stream, event, type, schema, subject,
 * category, generation}, members already in sorted order.
 */
export function additionalData(
  place: Place,
  group: Pick<SealedGroup, 'category' | 'subject' | 'generation'>,
): string {
  return `{"category":"${group.category}","event":${JSON.stringify(place.eventId)},"generation":${group.generation},"ledger":${JSON.stringify(place.ledger)},"schema":${place.version},"stream":${JSON.stringify(place.stream)},"subject":${JSON.stringify(group.subject)},"type":${JSON.stringify(place.type)}}`;
}

/**
 * Seals the fields of one event that belong to one key, with a fresh salt that exists only inside.
 * Plaintext: canonical JSON `{"salt": base64 of 32 bytes, "values": {field: value}}`.
 * @param fields (field, canonical value) in code-unit order of the field names.
 */
export function sealGroup(
  key: Uint8Array,
  place: Place,
  group: Pick<SealedGroup, 'category' | 'subject' | 'generation'>,
  fields: readonly (readonly [field: string, value: string])[],
  random: Random,
): SealedGroup {
  const salt = random(32);
  const commitments: Record<string, string> = {};
  let values = '';
  for (const [field, value] of fields) {
    values += `${values === '' ? '' : ','}"${field}":${value}`;
    commitments[field] = commitment(sha256Hex, fieldSalt(sha256, salt, group.category, field), value);
  }
  const plaintext = `{"salt":"${salt.toString('base64')}","values":{${values}}}`;
  const ciphertext = sealBytes(key, plaintext, additionalData(place, group), random).toString('base64');
  const { category, subject, generation } = group;
  // In canonical order, in which they are written anyway.
  return { category, ciphertext, commitments, generation, subject };
}

/** What a group holds: the values, and the salt from which an export derives the field salts. */
export interface OpenedGroup {
  readonly salt: string;
  readonly values: { readonly [field: string]: Json };
}

/** Opens a group. @throws SealBroken when any byte, its place or its key is another. */
export function openGroup(key: Uint8Array, place: Place, group: SealedGroup): OpenedGroup {
  let plaintext: Buffer;
  try {
    plaintext = openBytes(key, Buffer.from(group.ciphertext, 'base64'), additionalData(place, group));
  } catch {
    throw new SealBroken(`the ${group.category} group of event ${place.eventId}`);
  }
  return JSON.parse(plaintext.toString('utf8')) as OpenedGroup;
}

/** The sealed groups of an event's stored data. */
export function sealedGroupsOf(data: JsonObject): readonly SealedGroup[] {
  return (data['sealed'] ?? []) as unknown as readonly SealedGroup[];
}
