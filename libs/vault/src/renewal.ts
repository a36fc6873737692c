import type { RecordedEvent } from '@enishi/event-store';
import type { Pool, PoolClient } from 'pg';
import type { Random } from './aead';
import { acknowledged, closeIn, type ClosingOptions } from './closing';
import type { EpochKeys } from './epoch-keys';
import { KeyClosed, VaultUnavailable } from './errors';
import { fetchKeys } from './fetch-keys';
import { keyIdOf, slotOf, type KeyId, type SealKey } from './key-cache';
import type { KeyRing } from './key-ring';
import { KeyTable, type KeyName } from './key-table';
import { oneSlot, type Lease } from './lease';
import type { KeySlot } from './port';
import {
  findResealed,
  groupIdOf,
  keepResealed,
  openRemains,
  openWhole,
  placeOf,
  sealRemains,
  type GroupOf,
  type Remains,
  type Resealed,
} from './resealed';
import { sealedGroupsOf } from './sealed-group';
import type { Sessions } from './sessions';
import { inTransaction } from './transaction';

export interface RenewalOptions {
  readonly ledgerId: string;
  readonly pool: Pool;
  readonly sessions: Sessions;
  readonly ring: KeyRing;
  readonly epochs: EpochKeys;
  readonly random: Random;
  readonly now: () => string;
  readonly lease: () => Lease;
  readonly closing: ClosingOptions;
}

const KEY_BYTES = 32;
/** Attempts where an epoch ends meanwhile. */
const ATTEMPTS = 3;

/** Slots whose newest key lives and that the order `$3` has not renewed before, with the generation that lives. */
const RENEWABLE = `
  SELECT k.subject, k.category, k.generation
  FROM unnest($1::text[], $2::text[]) AS s (subject, category) JOIN vault.keys k USING (subject, category)
  WHERE k.state = 'live' AND NOT EXISTS (
    SELECT FROM vault.keys o WHERE o.subject = k.subject AND o.category = k.category AND o.closed_by = $3)
  ORDER BY k.subject, k.category FOR UPDATE OF k`;

/** Slots with a key that is going, beside one that lives; and the last closing that is to be waited for. */
const GOING = `
  SELECT o.subject, o.category, max(o.closing_number)::float8 AS closing
  FROM unnest($1::text[], $2::text[]) AS s (subject, category) JOIN vault.keys o USING (subject, category)
  WHERE o.state = 'closing' AND EXISTS (
    SELECT FROM vault.keys k WHERE k.subject = o.subject AND k.category = o.category AND k.state = 'live')
  GROUP BY o.subject, o.category ORDER BY o.subject, o.category`;

/** See {@link Vault.renewKeys}. */
export async function renewKeys(
  options: RenewalOptions,
  slots: readonly KeySlot[],
  by: string,
  why: string,
): Promise<readonly KeySlot[]> {
  const { pool, closing } = options;
  const columns = [slots.map(({ subject }) => subject), slots.map(({ category }) => category)];
  for (let attempt = 0; !(await renewed(options, columns, by, why)); attempt++) {
    if (attempt === ATTEMPTS) throw new VaultUnavailable('epochs kept changing while keys were renewed');
    await options.epochs.reload();
  }
  await options.sessions.catchUp();
  const { rows } = await pool.query<KeySlot & { closing: number }>(GOING, columns);
  if (rows.length === 0) return [];
  await acknowledged(closing, Math.max(...rows.map((row) => row.closing)));
  return rows.map(({ subject, category }) => ({ subject, category }));
}

/** In one transaction, so that whoever seals finds a key that lives, before and after. False where the epoch has ended. */
async function renewed(
  { pool, epochs, random, now, closing }: RenewalOptions,
  columns: readonly (readonly string[])[],
  by: string,
  why: string,
): Promise<boolean> {
  const { epoch, epochKey } = await epochs.forWrapping();
  const work = async (client: PoolClient): Promise<void> => {
    // As whoever closes does it: first the number, then the keys.
    await client.query('SELECT FROM vault.closings FOR UPDATE');
    const { rows } = await client.query<KeyName>(RENEWABLE, [...columns, by]);
    if (rows.length === 0) return;
    await closeIn(client, closing, rows, by, why);
    const next = rows.map((row) => ({ ...row, generation: row.generation + 1 }));
    const drawn = random(KEY_BYTES * next.length);
    const wrapped = next.map((name, index) => {
      const bytes = drawn.subarray(KEY_BYTES * index, KEY_BYTES * (index + 1));
      return epochs.wrap(epochKey, epoch, name, bytes);
    });
    const { isCurrent } = await new KeyTable(client).create(next, wrapped, epoch, now());
    if (!isCurrent) throw new EpochEnded();
  };
  try {
    await inTransaction(pool, work);
    return true;
  } catch (error) {
    if (error instanceof EpochEnded) return false;
    throw error;
  }
}

/** Undoes the transaction: nothing is closed without its next generation. */
class EpochEnded extends Error {}

/** See {@link Vault.reseal}. */
export async function reseal(
  options: RenewalOptions,
  records: readonly RecordedEvent[],
  { subject, category }: KeySlot,
  erased: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<void> {
  const groups: readonly GroupOf[] = records.flatMap((record) =>
    sealedGroupsOf(record.data)
      .filter((group) => group.category === category && group.subject === subject)
      .map((group) => ({ record, group })),
  );
  const rows = await findResealed(options.pool, groups);
  const lease = options.lease();
  try {
    await lease.withKeys(oneSlot(subject, category), async (keys) => {
      const key = keys.get(slotOf(subject, category))!;
      await keepResealed(options.pool, await resealed(options, groups, rows, key, erased));
    });
  } catch (error) {
    // All of it goes meanwhile: there is nothing that stays.
    if (!(error instanceof KeyClosed)) throw error;
  } finally {
    lease.release();
  }
}

/** What stays of each group that another key than the living one holds. */
async function resealed(
  options: RenewalOptions,
  groups: readonly GroupOf[],
  rows: ReadonlyMap<string, Resealed>,
  key: SealKey,
  erased: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<readonly Resealed[]> {
  const older = groups
    .map((one) => ({ ...one, row: rows.get(groupIdOf(one.record.id, one.group.category)) }))
    .filter(({ group, row }) => (row ?? group).generation < key.generation)
    .map((one) => ({
      ...one,
      id: keyIdOf(slotOf(key.subject, key.category), (one.row ?? one.group).generation),
    }));
  const wanted = new Map<KeyId, KeyName>(older.map(({ id, row, group }) => [id, row ?? group]));
  const keys = wanted.size === 0 ? new Map<KeyId, never>() : await fetchKeys(options, wanted, true);
  return older.flatMap(({ record, group, row, id }) => {
    const old = keys.get(id)!;
    if (old === 'destroyed') return [];
    const place = placeOf(options.ledgerId, record);
    const remains = row === undefined ? openWhole(old, place, group) : openRemains(old, place, row);
    return [sealRemains(key.bytes, place, key, without(remains, erased.get(record.id)), options.random)];
  });
}

function without({ values, salts }: Remains, erased: ReadonlySet<string> = new Set()): Remains {
  const staying = <T>(fields: { readonly [field: string]: T }) =>
    Object.fromEntries(Object.entries(fields).filter(([field]) => !erased.has(field)));
  return { values: staying(values), salts: staying(salts) };
}
