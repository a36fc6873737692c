import { generateKeyPair, randomBytes, randomUUID, type JsonWebKey } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What the development provider signs with. */
export interface DevelopmentKeys {
  readonly jwks: { readonly keys: readonly JsonWebKey[] };
  readonly cookieKeys: readonly string[];
}

/** The keys in `<home>/development-identity-provider.json` (mode 0600), made when there are none. */
export async function developmentKeys(home: string): Promise<DevelopmentKeys> {
  const file = join(home, 'development-identity-provider.json');
  try {
    return JSON.parse(await readFile(file, 'utf8')) as DevelopmentKeys;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const signing = { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' };
  const keys = { jwks: { keys: [signing] }, cookieKeys: [randomBytes(32).toString('base64url')] };
  await writePrivately(home, file, JSON.stringify(keys));
  return keys;
}

/** Writes a file that only its owner may read, whole or not at all. */
export async function writePrivately(home: string, file: string, text: string): Promise<void> {
  await mkdir(home, { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
  await rename(draft, file);
}
