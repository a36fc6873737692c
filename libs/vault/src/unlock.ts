import type { Pool, PoolClient } from 'pg';
import type { Random } from './aead';
import type { EpochKeys } from './epoch-keys';
import { VaultError } from './errors';
import type { MasterKeyProvider } from './master-key';
import { SESSION_LOCK_CLASS } from './sessions';
import { inTransaction } from './transaction';

export interface UnlockOptions {
  readonly pool: Pool;
  readonly ledgerId: string;
  readonly masterKey: MasterKeyProvider;
  readonly epochs: EpochKeys;
  readonly random: Random;
  readonly now: () => string;
}

// Second key of the lock under which a vault is furnished; sessions are numbered from 1, 0 is the rotation's.
const FURNISHING = -1;

/** PostgreSQL: undefined table, undefined schema. */
const NOT_THERE = new Set(['42P01', '3F000']);

/**
 * Checks that this database holds this ledger's vault, furnishes an empty one, and unwraps the ledger secret
 * (32 bytes), which lives as long as the ledger and is no epoch's.
 */
export async function unlock(options: UnlockOptions): Promise<Buffer> {
  const { pool, ledgerId, masterKey, epochs } = options;
  const found = (await read(pool)) ?? (await furnish(options));
  if (found.ledgerId !== ledgerId) {
    throw new VaultError('vault-of-another-ledger', 'this database holds the vault of another ledger');
  }
  if (!found.isDurable) {
    // A key must be durable before the first event that is sealed with it.
    throw new VaultError('vault-not-durable', 'synchronous_commit is off for this connection: switch it on');
  }
  const secret = await masterKey.unwrap(found.wrapped, secretContext(ledgerId));
  await epochs.keyOf(await epochs.current());
  return secret;
}

interface LedgerRow {
  readonly ledgerId: string;
  readonly wrapped: Buffer;
  readonly isDurable: boolean;
}

async function read(queryable: Pool | PoolClient): Promise<LedgerRow | undefined> {
  try {
    const { rows } = await queryable.query<LedgerRow>(
      `SELECT ledger_id AS "ledgerId", wrapped_secret AS wrapped,
         current_setting('synchronous_commit') <> 'off' AS "isDurable" FROM vault.ledger`,
    );
    return rows[0];
  } catch (error) {
    if (NOT_THERE.has((error as { code?: string }).code ?? '')) {
      throw new VaultError('vault-not-migrated', 'schema vault is missing: run the migrations', {
        cause: error,
      });
    }
    throw error;
  }
}

/** Ledger secret and epoch 1. Two processes that start at once agree: the second finds what the first made. */
async function furnish({
  pool,
  ledgerId,
  masterKey,
  epochs,
  random,
  now,
}: UnlockOptions): Promise<LedgerRow> {
  return inTransaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1, $2)', [SESSION_LOCK_CLASS, FURNISHING]);
    const found = await read(client);
    if (found) return found;
    const wrapped = await masterKey.wrap(random(32), secretContext(ledgerId));
    await client.query(
      'INSERT INTO vault.ledger (ledger_id, wrapped_secret, created_at) VALUES ($1, $2, $3)',
      [ledgerId, wrapped, now()],
    );
    await epochs.make(1);
    await client.query(`INSERT INTO vault.epochs (epoch, state, opened_at) VALUES (1, 'current', $1)`, [
      now(),
    ]);
    return (await read(client))!;
  });
}

/** What the ledger secret is wrapped for. */
export function secretContext(ledgerId: string): string {
  return `enishi/ledger-secret/v1/${ledgerId}`;
}
