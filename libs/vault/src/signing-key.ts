import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { Pool } from 'pg';
import type { Random } from './aead';
import { MasterKeyInvalid, VaultError } from './errors';
import type { MasterKeyProvider } from './master-key';
import type { Signer, SigningKey, SigningKeys } from './port';

interface SigningKeyOptions {
  readonly pool: Pool;
  readonly ledgerId: string;
  readonly masterKey: MasterKeyProvider;
  readonly random: Random;
  readonly now: () => string;
}

/** What stands before the 32 bytes of an Ed25519 seed in PKCS #8 (RFC 8410 section 7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SEED_BYTES = 32;
const FIRST = 1;

interface KeyRow {
  readonly number: number;
  readonly publicKey: Buffer;
  /** Absent once it is destroyed. */
  readonly wrapped: Buffer | null;
  readonly destroyedAt: Date | null;
}

/** The keys that sign checkpoints, each wrapped by the master key. */
export class SigningKeyTable implements SigningKeys {
  private readonly open = new Map<number, Promise<Signer>>();

  constructor(private readonly options: SigningKeyOptions) {}

  async list(): Promise<readonly SigningKey[]> {
    let rows = await this.rows('');
    if (rows.length === 0) rows = [await this.row(FIRST)];
    return rows.map(({ number, publicKey, destroyedAt }) => ({
      ...{ number, publicKey: Uint8Array.from(publicKey) },
      ...(destroyedAt && { destroyedAt: destroyedAt.toISOString() }),
    }));
  }

  signer(number: number): Promise<Signer> {
    const known = this.open.get(number);
    if (known) return known;
    const opening = this.unwrap(number).catch((error: unknown) => {
      // So that a remedy works without a restart.
      this.open.delete(number);
      throw error;
    });
    this.open.set(number, opening);
    return opening;
  }

  async draw(number: number): Promise<void> {
    const { pool, masterKey, ledgerId, random, now } = this.options;
    const seed = random(SEED_BYTES);
    const wrapped = await masterKey.wrap(seed, contextOf(ledgerId, number));
    await pool.query(
      `INSERT INTO vault.signing_key (number, public_key, wrapped_seed, created_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [number, Buffer.from(signerOf(seed).publicKey), wrapped, now()],
    );
  }

  async destroy(number: number): Promise<void> {
    const { pool, now } = this.options;
    await pool.query(
      `UPDATE vault.signing_key SET wrapped_seed = NULL, destroyed_at = $2
        WHERE number = $1 AND destroyed_at IS NULL
          AND EXISTS (SELECT FROM vault.signing_key k WHERE k.number > $1 AND k.destroyed_at IS NULL)`,
      [number, now()],
    );
    this.open.delete(number);
  }

  private async unwrap(number: number): Promise<Signer> {
    const { masterKey, ledgerId } = this.options;
    const { wrapped, publicKey } = await this.row(number);
    if (wrapped === null)
      throw new VaultError('signing-key-destroyed', `key ${number} that signs checkpoints is destroyed`);
    const signer = signerOf(await masterKey.unwrap(wrapped, contextOf(ledgerId, number)));
    if (!publicKey.equals(signer.publicKey))
      throw new MasterKeyInvalid('the key that signs checkpoints is not the one that its public key names');
    return signer;
  }

  /** The first one is drawn when it is asked for; two processes that draw it at once agree on the one kept first. */
  private async row(number: number): Promise<KeyRow> {
    const [found] = await this.rows('WHERE number = $1', number);
    if (found) return found;
    if (number !== FIRST) throw new VaultError('signing-key-unknown', `there is no signing key ${number}`);
    await this.draw(FIRST);
    return (await this.rows('WHERE number = $1', FIRST))[0]!;
  }

  private async rows(where: string, ...values: readonly number[]): Promise<readonly KeyRow[]> {
    const { rows } = await this.options.pool.query<KeyRow>(
      `SELECT number, public_key AS "publicKey", wrapped_seed AS wrapped, destroyed_at AS "destroyedAt"
         FROM vault.signing_key ${where} ORDER BY number`,
      [...values],
    );
    return rows;
  }
}

/** Seeds of different keys cannot be put in each other's place. The first one has the context it always had. */
function contextOf(ledgerId: string, number: number): string {
  const context = `enishi/checkpoint-key/v1/${ledgerId}`;
  return number === FIRST ? context : `${context}/${number}`;
}

function signerOf(seed: Buffer): Signer {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    publicKey: Uint8Array.from(spki.subarray(-SEED_BYTES)),
    sign: (message) => Uint8Array.from(sign(null, message, key)),
  };
}
