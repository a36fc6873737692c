import { declarationOf, UPCASTERS, type UpcasterTable } from '@enishi/domain';
import { Pool } from 'pg';
import { pagedRandom, type Random } from './aead';
import { ArtefactFiles } from './artefacts';
import { closeKeys, destroyedKeys, destroyKeys, liveKeys, type ClosingOptions } from './closing';
import { disclose } from './disclose';
import type { Declarations } from './disclosure-check';
import { EpochKeys } from './epoch-keys';
import { VaultError } from './errors';
import { openFacts } from './facts';
import { IdentityTable } from './identities';
import { KeyRing } from './key-ring';
import { KeyTable } from './key-table';
import { Lease } from './lease';
import type { MasterKeyProvider } from './master-key';
import type { Alarm, FaultPoint, VaultLogger } from './observing';
import type { Epoch, Vault } from './port';
import { tagOf } from './recovery';
import { renewKeys, reseal, type RenewalOptions } from './renewal';
import { rotateEpoch } from './rotation';
import { Sessions } from './sessions';
import { SigningKeyTable } from './signing-key';
import { unlock } from './unlock';

export interface VaultOptions {
  /** Connection string of the serving role. Either this or `pool`. */
  readonly databaseUrl?: string;
  /**
   * A pool to share; one connection of it is kept for good, a rotation takes two more. Connections must reach
   * PostgreSQL itself or a pooler in session mode, because session locks and LISTEN are used.
   */
  readonly pool?: Pool;
  readonly ledgerId: string;
  /** Outside the databases and their backups; shared by all servers of the ledger. */
  readonly epochsDirectory: string;
  /** A second place for the epoch keys, on another disk. */
  readonly epochsCopyDirectory?: string;
  readonly artefactsDirectory: string;
  /** Where destroyed keys and blocked identities are listed, outside the databases and their backups; absent: they are not. */
  readonly shredsDirectory?: string;
  readonly masterKey: MasterKeyProvider;
  /** Default: the system's. */
  readonly clock?: () => Date;
  /** Default: the system's generator, read a page at a time. */
  readonly random?: Random;
  readonly logger?: VaultLogger;
  /** Told of what a person must look at. Default: the logger's `warn`. */
  readonly onAlarm?: (alarm: Alarm) => void;
  /** See `rotation.ts`: the vault backup under the new epoch. Default: nothing, until backups exist. */
  readonly beforeDestroy?: (retiring: number, current: number) => Promise<void>;
  /** Unwrapped keys kept in memory (default 100,000, some 30 MB). */
  readonly cachedKeys?: number;
  /** How long destroying a key waits for other processes (default 10,000 ms). */
  readonly acknowledgementMs?: number;
  /** Between looks at closed keys when no notification comes (default 1,000 ms). */
  readonly pollMs?: number;
  /** After so long without an answer the session counts as lost (default 5,000 ms). */
  readonly sessionTimeoutMs?: number;
  /** For tests: another disclosure table, other upcasters, places to die at. */
  readonly declarations?: Declarations;
  readonly upcasters?: UpcasterTable;
  readonly faultPoint?: (name: FaultPoint) => void | Promise<void>;
}

const silent: VaultLogger = { info: () => undefined, warn: () => undefined };

/**
 * Opens the vault of a ledger. The first time, it draws the ledger secret and the key of epoch 1.
 * @throws MasterKeyInvalid, EpochKeyUnavailable, and VaultError `vault-not-migrated`,
 * `vault-of-another-ledger` or `vault-not-durable`.
 * @example
 * const vault = await openVault({ databaseUrl, ledgerId, epochsDirectory, artefactsDirectory,
 *   masterKey: parseKeysSetting('env:ENISHI_MASTER_KEY', { development: false }) });
 */
export async function openVault(options: VaultOptions): Promise<Vault> {
  const { ledgerId, masterKey, logger = silent, random = pagedRandom(), clock = () => new Date() } = options;
  if (!/^[0-9a-zA-Z_-]{1,64}$/.test(ledgerId))
    throw new VaultError('ledger-id-invalid', 'not an opaque ledger id');
  const now = (): string => clock().toISOString();
  const faultPoint = options.faultPoint ?? (() => undefined);
  const onAlarm =
    options.onAlarm ??
    (({ code, details }: Alarm): void => logger.warn({ ...details, alarm: code }, 'vault alarm'));

  const pool = options.pool ?? ownPool(options.databaseUrl);
  const release = async (): Promise<void> => (options.pool ? undefined : pool.end());
  const directories = [options.epochsDirectory];
  if (options.epochsCopyDirectory !== undefined) directories.push(options.epochsCopyDirectory);
  const epochs = new EpochKeys({ ledgerId, pool, masterKey, directories, random, onAlarm, faultPoint });
  const sessions = new Sessions({
    pool,
    cacheBound: options.cachedKeys ?? 100_000,
    pollMs: options.pollMs ?? 1_000,
    sessionTimeoutMs: options.sessionTimeoutMs ?? 5_000,
    now,
    onEpochs: (living) => epochs.keepOnly(living),
    onLost: (number) => logger.warn({ session: number }, 'sealing session lost; its keys are dropped'),
  });

  let secret: Buffer;
  try {
    secret = await unlock({ pool, ledgerId, masterKey, epochs, random, now });
    await sessions.current();
  } catch (error) {
    await sessions.close();
    await release();
    throw error;
  }

  const hmac = (purpose: string, parts: readonly string[]): Buffer => tagOf(secret, purpose, parts);
  const ring = new KeyRing({ table: new KeyTable(pool), epochs, random, now, onAlarm });
  const declarations = options.declarations ?? declarationOf;
  const upcasters = options.upcasters ?? UPCASTERS;
  const lease = (): Lease => new Lease({ ledgerId, sessions, ring, declarations, random });
  const { shredsDirectory } = options;
  const outside = shredsDirectory === undefined ? undefined : { directory: shredsDirectory, ledgerId };
  const closing: ClosingOptions = {
    pool,
    sessions,
    now,
    acknowledgementMs: options.acknowledgementMs ?? 10_000,
    onAlarm,
    faultPoint,
    ...(outside && { shreds: outside }),
  };
  const renewal: RenewalOptions = { ledgerId, pool, sessions, ring, epochs, random, now, lease, closing };
  let closed: Promise<void> | undefined;
  const beforeDestroy = options.beforeDestroy ?? (() => Promise.resolve());

  return {
    ledgerId,
    lease,
    openFacts: (records, open) =>
      openFacts({ ledgerId, pool, sessions, ring, declarations, upcasters }, records, open),
    disclose: (records, categories) => disclose({ ledgerId, pool, sessions, ring }, records, categories),
    identities: new IdentityTable({
      pool,
      now,
      tagOf: (source, number) => hmac('identity', [source, number]),
      ...(outside && { blocks: outside }),
    }),
    artefacts: new ArtefactFiles({
      ledgerId,
      directory: options.artefactsDirectory,
      sessions,
      ring,
      lease,
      random,
      faultPoint,
    }),
    tag: (purpose, ...parts) => hmac(purpose, parts).toString('hex'),
    signing: new SigningKeyTable({ pool, ledgerId, masterKey, random, now }),
    closeKeys: (...of) => closeKeys(closing, ...of),
    destroyKeys: (...of) => destroyKeys(closing, ...of),
    renewKeys: (...of) => renewKeys(renewal, ...of),
    reseal: (...of) => reseal(renewal, ...of),
    closeKey: (subject, category, by, why) => closeKeys(closing, [{ subject, category }], by, why),
    destroyKey: (subject, category, by, why, planEventId) =>
      destroyKeys(closing, [{ subject, category, planEventId }], by, why),
    liveKeys: (subjects) => liveKeys(pool, subjects),
    destroyedKeys: (subjects) => destroyedKeys(pool, subjects),
    rotateEpoch: (progress) =>
      rotateEpoch({ pool, epochs, now, logger, faultPoint, beforeDestroy }, progress),
    epochs: () => readEpochs(pool),
    close: () => (closed ??= sessions.close().then(release)),
  };
}

function ownPool(databaseUrl: string | undefined): Pool {
  if (databaseUrl === undefined) throw new VaultError('vault-unconfigured', 'give databaseUrl or pool');
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 6,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  });
  // An idle connection that breaks is replaced; what was under way fails by itself.
  pool.on('error', () => undefined);
  // One that breaks while it is lent out tells whoever uses it; unheard, its event would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

async function readEpochs(pool: Pool): Promise<readonly Epoch[]> {
  const { rows } = await pool.query<{
    epoch: number;
    state: Epoch['state'];
    opened_at: Date;
    destroyed_at: Date | null;
  }>('SELECT epoch, state, opened_at, destroyed_at FROM vault.epochs ORDER BY epoch');
  return rows.map(({ epoch, state, opened_at, destroyed_at }) => ({
    epoch,
    state,
    openedAt: opened_at.toISOString(),
    ...(destroyed_at && { destroyedAt: destroyed_at.toISOString() }),
  }));
}
