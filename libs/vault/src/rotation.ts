import type { Pool } from 'pg';
import type { EpochKeys } from './epoch-keys';
import { VaultError } from './errors';
import type { KeyRow } from './key-table';
import type { FaultPoint, VaultLogger } from './observing';
import { CHANNEL, SESSION_LOCK_CLASS } from './sessions';
import { inTransaction, withConnection } from './transaction';

export interface RotationOptions {
  readonly pool: Pool;
  readonly epochs: EpochKeys;
  readonly now: () => string;
  readonly logger: VaultLogger;
  readonly faultPoint: (name: FaultPoint) => void | Promise<void>;
  /**
   * Called when nothing is wrapped by `retiring` any more and before its key is destroyed. The place for the
   * vault backup under the new epoch, written and read back, without which a lost disk after this point would
   * lose every key. It must throw where the backup is not safe. Called again when a rotation is resumed.
   */
  readonly beforeDestroy: (retiring: number, current: number) => Promise<void>;
}

/** Keys re-wrapped per statement. */
const BATCH = 1000;

// Second key of the rotation's advisory lock; sessions are numbered from 1.
const ROTATION = 0;

const PAGE = `
  SELECT subject, category, generation, state, wrapped, epoch FROM vault.keys
  WHERE (subject, category, generation) > ($2, $3, $4) AND epoch = $1 AND wrapped IS NOT NULL
  ORDER BY subject, category, generation LIMIT ${BATCH}`;

// Compare-and-set on state and old bytes: what was closed or destroyed since it was read stays as it is now.
const REWRAP = `
  WITH current AS MATERIALIZED (SELECT epoch FROM vault.epochs WHERE epoch = $1 AND state = 'current' FOR SHARE)
  UPDATE vault.keys k SET wrapped = w.new, epoch = current.epoch
  FROM current, unnest($2::text[], $3::text[], $4::integer[], $5::text[], $6::bytea[], $7::bytea[])
    AS w (subject, category, generation, state, old, new)
  WHERE k.subject = w.subject AND k.category = w.category AND k.generation = w.generation
    AND k.state = w.state AND k.wrapped = w.old`;

const LEFT = 'SELECT count(*)::integer AS count FROM vault.keys WHERE epoch = $1 AND wrapped IS NOT NULL';

/**
 * Opens a new epoch, re-wraps every key into it and destroys the old epoch's key in every place. Whatever
 * broke off is taken up where it stopped: each step finds out for itself whether it is done.
 * @throws VaultError `rotation-running` when another process is at it.
 */
export async function rotateEpoch(
  options: RotationOptions,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<{ readonly from: number; readonly to: number }> {
  return withConnection(options.pool, async (client) => {
    const lock = [SESSION_LOCK_CLASS, ROTATION];
    const { rows } = await client.query<{ mine: boolean }>(
      'SELECT pg_try_advisory_lock($1, $2) AS mine',
      lock,
    );
    if (!rows[0]!.mine) throw new VaultError('rotation-running', 'another process is rotating the epoch');
    try {
      return await rotate(options, progress);
    } finally {
      await client.query('SELECT pg_advisory_unlock($1, $2)', lock);
    }
  });
}

async function rotate(
  options: RotationOptions,
  progress: (done: number, total: number) => void,
): Promise<{ from: number; to: number }> {
  const { pool, epochs, logger, faultPoint } = options;
  const { from, to } = (await unfinished(pool)) ?? (await openNext(options));
  await epochs.reload();

  const { rows } = await pool.query<{ count: number }>(LEFT, [from]);
  const total = rows[0]!.count;
  let done = 0;
  progress(done, total);
  // More than one pass only where keys were closed between reading and writing them.
  for (let left = total; left > 0;) {
    done += await rewrapAll(options, from, to, (count) => progress(Math.min(done + count, total), total));
    left = (await pool.query<{ count: number }>(LEFT, [from])).rows[0]!.count;
  }
  progress(total, total);
  await faultPoint('epoch-all-rewrapped');

  await options.beforeDestroy(from, to);
  await faultPoint('epoch-backed-up');

  await epochs.destroy(from);
  await faultPoint('epoch-key-destroyed');
  await pool.query(
    `UPDATE vault.epochs SET state = 'destroyed', destroyed_at = $2 WHERE epoch = $1 AND state = 'retiring'`,
    [from, options.now()],
  );
  await pool.query(`NOTIFY ${CHANNEL}`);
  await faultPoint('epoch-destroyed');
  logger.info({ from, to, keys: total }, 'epoch rotated');
  return { from, to };
}

/** A rotation that broke off after the old epoch was retired. */
async function unfinished(pool: Pool): Promise<{ from: number; to: number } | undefined> {
  const { rows } = await pool.query<{ from: number; to: number }>(
    `SELECT old.epoch AS from, new.epoch AS to FROM vault.epochs old, vault.epochs new
     WHERE old.state = 'retiring' AND new.state = 'current'`,
  );
  return rows[0];
}

/** Makes the next epoch's key durable in both places, then retires the current epoch for it. */
async function openNext({
  pool,
  epochs,
  now,
  faultPoint,
}: RotationOptions): Promise<{ from: number; to: number }> {
  const from = await epochs.reload();
  const to = from + 1;
  await epochs.make(to);
  await inTransaction(pool, async (client) => {
    // Waits for every creation under the old epoch (FOR SHARE) to commit; later ones find it retiring.
    await client.query('SELECT FROM vault.epochs WHERE epoch = $1 FOR UPDATE', [from]);
    await client.query(`UPDATE vault.epochs SET state = 'retiring', retiring_at = $2 WHERE epoch = $1`, [
      from,
      now(),
    ]);
    await client.query(`INSERT INTO vault.epochs (epoch, state, opened_at) VALUES ($1, 'current', $2)`, [
      to,
      now(),
    ]);
  });
  await faultPoint('epoch-retiring');
  return { from, to };
}

/** One pass over the keys of `from`. @returns how many were re-wrapped. */
async function rewrapAll(
  { pool, epochs, faultPoint }: RotationOptions,
  from: number,
  to: number,
  progress: (count: number) => void,
): Promise<number> {
  const oldKey = await epochs.keyOf(from);
  const newKey = await epochs.keyOf(to);
  let after: [string, string, number] = ['', '', 0];
  let count = 0;
  for (;;) {
    const { rows } = await pool.query<KeyRow>(PAGE, [from, ...after]);
    const last = rows.at(-1);
    if (!last) return count;
    const rewrapped = rows.map((row) => {
      const bytes = epochs.unwrap(oldKey, from, row, row.wrapped!);
      return epochs.wrap(newKey, to, row, bytes);
    });
    const { rowCount } = await pool.query(REWRAP, [
      to,
      rows.map((row) => row.subject),
      rows.map((row) => row.category),
      rows.map((row) => row.generation),
      rows.map((row) => row.state),
      rows.map((row) => row.wrapped),
      rewrapped,
    ]);
    count += rowCount ?? 0;
    progress(count);
    after = [last.subject, last.category, last.generation];
    await faultPoint('epoch-batch-rewrapped');
  }
}
