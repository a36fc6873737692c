import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { Pool } from 'pg';
import type { Random } from './aead';
import { MasterKeyInvalid } from './errors';
import type { MasterKeyProvider } from './master-key';
import type { Signer } from './port';

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

/**
 * The key that signs checkpoints. The first time, it is drawn; two processes that draw one at once agree on the one
 * that was kept first.
 *
 * @throws MasterKeyInvalid where its seed was wrapped by another master key, or is not that of the public key
 */
export async function openSigningKey(options: SigningKeyOptions): Promise<Signer> {
  const { pool, masterKey, ledgerId } = options;
  const found = (await read(pool)) ?? (await make(options));
  const seed = await masterKey.unwrap(found.wrapped, contextOf(ledgerId));
  const signer = signerOf(seed);
  if (!found.publicKey.equals(signer.publicKey))
    throw new MasterKeyInvalid('the key that signs checkpoints is not the one that its public key names');
  return signer;
}

interface KeyRow {
  readonly publicKey: Buffer;
  readonly wrapped: Buffer;
}

async function read(pool: Pool): Promise<KeyRow | undefined> {
  const { rows } = await pool.query<KeyRow>(
    'SELECT public_key AS "publicKey", wrapped_seed AS wrapped FROM vault.signing_key',
  );
  return rows[0];
}

async function make({ pool, masterKey, ledgerId, random, now }: SigningKeyOptions): Promise<KeyRow> {
  const seed = random(SEED_BYTES);
  const wrapped = await masterKey.wrap(seed, contextOf(ledgerId));
  await pool.query(
    `INSERT INTO vault.signing_key (public_key, wrapped_seed, created_at) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING`,
    [Buffer.from(signerOf(seed).publicKey), wrapped, now()],
  );
  return (await read(pool))!;
}

const contextOf = (ledgerId: string): string => `enishi/checkpoint-key/v1/${ledgerId}`;

function signerOf(seed: Buffer): Signer {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    publicKey: Uint8Array.from(spki.subarray(-SEED_BYTES)),
    sign: (message) => Uint8Array.from(sign(null, message, key)),
  };
}
