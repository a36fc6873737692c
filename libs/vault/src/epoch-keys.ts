import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { openBytes, sealBytes, type Random } from './aead';
import { destroyFile, isMissing, writeDurably } from './durable-file';
import { EpochKeyUnavailable, SealBroken } from './errors';
import type { KeyName } from './key-table';
import type { MasterKeyProvider } from './master-key';
import type { Alarm, FaultPoint } from './observing';

export interface EpochKeysOptions {
  readonly ledgerId: string;
  readonly pool: Pool;
  readonly masterKey: MasterKeyProvider;
  /** Where servers read epoch keys, and the copy apart. Both outside the databases and their backups. */
  readonly directories: readonly string[];
  readonly random: Random;
  readonly onAlarm: (alarm: Alarm) => void;
  readonly faultPoint: (name: FaultPoint) => void | Promise<void>;
}

/** The keys that wrap persons' keys: their files, and in memory the ones unwrapped by the master key. */
export class EpochKeys {
  private readonly unwrapped = new Map<number, Promise<Buffer>>();
  private currentEpoch: number | undefined;

  constructor(private readonly options: EpochKeysOptions) {}

  /** The current epoch, as last read; {@link reload} after it turned out to be another. */
  async current(): Promise<number> {
    return this.currentEpoch ?? this.reload();
  }

  async reload(): Promise<number> {
    const { rows } = await this.options.pool.query<{ epoch: number }>(
      `SELECT epoch FROM vault.epochs WHERE state = 'current'`,
    );
    if (!rows[0]) throw new EpochKeyUnavailable(0, 'the vault has no current epoch');
    return (this.currentEpoch = rows[0].epoch);
  }

  /** The current epoch and its key. What another process rotated away since it was last read is read anew. */
  async forWrapping(): Promise<{ readonly epoch: number; readonly epochKey: Buffer }> {
    const known = await this.current();
    try {
      return { epoch: known, epochKey: await this.keyOf(known) };
    } catch (error) {
      const epoch = await this.reload();
      if (epoch === known) throw error;
      return { epoch, epochKey: await this.keyOf(epoch) };
    }
  }

  /** Forgets the keys of epochs that are gone. */
  keepOnly(living: readonly number[]): void {
    for (const epoch of this.unwrapped.keys()) {
      // A key that is being made has no row yet, and stands above every living epoch.
      if (!living.includes(epoch) && living.some((other) => other > epoch)) this.unwrapped.delete(epoch);
    }
  }

  /** A person's key. @param epochKey of `epoch`, from {@link keyOf}. @throws SealBroken */
  unwrap(epochKey: Buffer, epoch: number, name: KeyName, wrapped: Buffer): Buffer {
    try {
      return openBytes(epochKey, wrapped, this.context(epoch, name));
    } catch {
      throw new SealBroken(`the ${name.category} key (generation ${name.generation}) of ${name.subject}`);
    }
  }

  /** Wraps a person's key. The epoch, the ledger and the key's name are authenticated. */
  wrap(epochKey: Buffer, epoch: number, name: KeyName, key: Buffer): Buffer {
    return sealBytes(epochKey, key, this.context(epoch, name), this.options.random);
  }

  /** The epoch's key, 32 bytes; unwrapped by the master key once. @throws EpochKeyUnavailable */
  keyOf(epoch: number): Promise<Buffer> {
    let key = this.unwrapped.get(epoch);
    if (!key) {
      key = this.load(epoch).catch((error: unknown) => {
        this.unwrapped.delete(epoch);
        throw error;
      });
      this.unwrapped.set(epoch, key);
    }
    return key;
  }

  /**
   * Makes the key of an epoch that has no row yet, durable in every place. A file left by an attempt that broke
   * off is taken over: nothing was sealed under it.
   */
  async make(epoch: number): Promise<void> {
    const { directories, masterKey, random, faultPoint } = this.options;
    const found = (await Promise.all(directories.map((directory) => this.readFrom(directory, epoch)))).find(
      (file) => file !== undefined,
    );
    const file =
      found ??
      JSON.stringify({
        v: 1,
        ledger: this.options.ledgerId,
        epoch,
        provider: masterKey.name,
        wrapped: (await masterKey.wrap(random(32), this.masterContext(epoch))).toString('base64'),
      }) + '\n';
    this.unwrapped.delete(epoch);
    for (const [index, directory] of directories.entries()) {
      await writeDurably(this.path(directory, epoch), file);
      await faultPoint(index === 0 ? 'epoch-key-written' : 'epoch-key-copied');
    }
    // Read back from the first place before anything depends on it.
    await this.keyOf(epoch);
  }

  /** Destroys the epoch's key in every place and in this process. */
  async destroy(epoch: number): Promise<void> {
    for (const [index, directory] of this.options.directories.entries()) {
      await destroyFile(this.path(directory, epoch));
      if (index === 0) await this.options.faultPoint('epoch-key-destroyed-in-one-place');
    }
    this.unwrapped.delete(epoch);
  }

  private async load(epoch: number): Promise<Buffer> {
    const files = await Promise.all(
      this.options.directories.map((directory) => this.readFrom(directory, epoch)),
    );
    const file = files.find((found) => found !== undefined);
    if (file === undefined) throw new EpochKeyUnavailable(epoch, 'its file is in no epochs directory');
    files.forEach((found, place) => {
      if (found === undefined)
        this.options.onAlarm({ code: 'epoch-copy-missing', details: { epoch, place } });
    });
    const { ledger, epoch: written, wrapped } = parse(file, epoch);
    if (ledger !== this.options.ledgerId || written !== epoch) {
      throw new EpochKeyUnavailable(epoch, 'its file is of another ledger or epoch');
    }
    return this.options.masterKey.unwrap(Buffer.from(wrapped, 'base64'), this.masterContext(epoch));
  }

  private async readFrom(directory: string, epoch: number): Promise<string | undefined> {
    try {
      return await readFile(this.path(directory, epoch), 'utf8');
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw new EpochKeyUnavailable(epoch, 'its file cannot be read', { cause: error });
    }
  }

  private path(directory: string, epoch: number): string {
    return join(directory, `${this.options.ledgerId}.epoch-${epoch}.json`);
  }

  private masterContext(epoch: number): string {
    return `enishi/epoch-key/v1/${this.options.ledgerId}/${epoch}`;
  }

  private context(epoch: number, { subject, category, generation }: KeyName): string {
    return `{"category":"${category}","epoch":${epoch},"generation":${generation},"ledger":"${this.options.ledgerId}","subject":"${subject}"}`;
  }
}

function parse(file: string, epoch: number): { ledger: string; epoch: number; wrapped: string } {
  try {
    return JSON.parse(file) as { ledger: string; epoch: number; wrapped: string };
  } catch {
    throw new EpochKeyUnavailable(epoch, 'its file is damaged');
  }
}
