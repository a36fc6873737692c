import { createHmac } from 'node:crypto';
import { EpochKeys } from './epoch-keys';
import { SealBroken, VaultError } from './errors';
import type { KeyName } from './key-table';
import type { MasterKeyProvider } from './master-key';
import { secretContext } from './unlock';

/** A vault without its database: what its rows and files outside can be checked with. */
export interface VaultKeys {
  /** As {@link Vault.tag}. */
  tag(purpose: string, ...parts: readonly string[]): string;
  /**
   * Whether the epoch's key opens a person's key.
   * @throws EpochKeyUnavailable, MasterKeyInvalid
   */
  opens(name: KeyName, epoch: number, wrapped: Buffer): Promise<boolean>;
}

/**
 * The keys of a backup, opened without a database.
 * @param options.wrappedSecret `vault.ledger.wrapped_secret`
 * @param options.epochsDirectories the places where epoch keys are looked for
 * @throws MasterKeyInvalid where it is another master key
 */
export async function vaultKeysOf(options: {
  readonly ledgerId: string;
  readonly masterKey: MasterKeyProvider;
  readonly wrappedSecret: Buffer;
  readonly epochsDirectories: readonly string[];
}): Promise<VaultKeys> {
  const { ledgerId, masterKey, wrappedSecret, epochsDirectories } = options;
  const secret = await masterKey.unwrap(wrappedSecret, secretContext(ledgerId));
  const epochs = new EpochKeys({
    ledgerId,
    masterKey,
    pool: { query: () => Promise.reject(new VaultError('no-database', 'a backup has none')) } as never,
    directories: epochsDirectories,
    random: () => Buffer.alloc(0),
    onAlarm: () => undefined,
    faultPoint: () => undefined,
  });
  return {
    tag: (purpose, ...parts) => tagOf(secret, purpose, parts).toString('hex'),
    async opens(name, epoch, wrapped) {
      try {
        epochs.unwrap(await epochs.keyOf(epoch), epoch, name, wrapped);
        return true;
      } catch (error) {
        if (error instanceof SealBroken) return false;
        throw error;
      }
    },
  };
}

/** HMAC-SHA-256 of the parts under the ledger secret. */
export function tagOf(secret: Buffer, purpose: string, parts: readonly string[]): Buffer {
  // A JSON list keeps the parts apart, whatever characters they hold.
  return createHmac('sha256', secret)
    .update(JSON.stringify(['enishi/tag/v1', purpose, ...parts]))
    .digest();
}
