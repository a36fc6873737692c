import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { openBytes, sealBytes } from './aead';
import { isMissing, writeDurably } from './durable-file';
import { MasterKeyInvalid } from './errors';

/**
 * Wraps epoch keys and the ledger secret. A key-management service implements the same two calls; the vault
 * calls it once per epoch and process, never per person.
 */
export interface MasterKeyProvider {
  /** Short name of the kind, for logs and for the files it wrapped. */
  readonly name: string;
  /**
   * @param plaintext 32 bytes. @param context what is wrapped; authenticated, so that nothing wrapped for one
   * use opens as another (the encryption context of a KMS).
   */
  wrap(plaintext: Uint8Array, context: string): Promise<Buffer>;
  /** @throws MasterKeyInvalid when key, context or bytes differ. */
  unwrap(wrapped: Uint8Array, context: string): Promise<Buffer>;
}

/** Marks key files made for development, so that production can refuse them wherever they turn up. */
const DEVELOPMENT_MARK = 'enishi-development-key:';
const BASE64_32 = /^[A-Za-z0-9+/]{43}=$/;

type Load = (use: 'wrap' | 'unwrap') => Promise<Buffer>;

/** A master key held in this process. */
function localProvider(name: string, load: Load): MasterKeyProvider {
  return {
    name,
    async wrap(plaintext, context) {
      return sealBytes(await load('wrap'), plaintext, context, randomBytes);
    },
    async unwrap(wrapped, context) {
      const key = await load('unwrap');
      try {
        return openBytes(key, Buffer.from(wrapped), context);
      } catch {
        throw new MasterKeyInvalid(
          `ENISHI_KEYS (${name}): this master key did not wrap what stands in the vault; give the key it was created with`,
        );
      }
    },
  };
}

/**
 * The provider that a setting names. Three kinds:
 *
 * - `file:/path`: development only; created with mode 0600 when the first key is wrapped;
 * - `mount:/path`: a file mounted by the operator, 32 raw bytes or their base64; never created;
 * - `env:NAME`: an environment variable with the base64 of 32 bytes.
 *
 * @param text the value of `ENISHI_KEYS`.
 * @param options.development whether development key files are allowed.
 * @param options.environment default `process.env`.
 * @throws MasterKeyInvalid saying what is wrong and what to write instead; it never holds the key.
 */
export function parseKeysSetting(
  text: string,
  options: { readonly development: boolean; readonly environment?: NodeJS.ProcessEnv },
): MasterKeyProvider {
  const colon = text.indexOf(':');
  const kind = colon < 0 ? '' : text.slice(0, colon);
  const rest = text.slice(colon + 1);
  switch (kind) {
    case 'env':
      return fromEnvironment(rest, options.environment ?? process.env);
    case 'file':
      if (!options.development) {
        throw new MasterKeyInvalid(
          'ENISHI_KEYS: file: keys are for development only; in production write mount:/absolute/path or env:NAME',
        );
      }
      return localProvider('file', developmentFile(absolute(rest)));
    case 'mount':
      return localProvider('mount', mountedFile(absolute(rest), options.development));
    default:
      // The text is not repeated: someone may have set the key itself.
      throw new MasterKeyInvalid(
        'ENISHI_KEYS: unknown kind of key provider; write file:/path (development), mount:/path or env:NAME',
      );
  }
}

function absolute(path: string): string {
  if (!isAbsolute(path)) throw new MasterKeyInvalid('ENISHI_KEYS: the path of the key file must be absolute');
  return path;
}

function fromEnvironment(name: string, environment: NodeJS.ProcessEnv): MasterKeyProvider {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    throw new MasterKeyInvalid(
      'ENISHI_KEYS: env: needs the name of a variable, such as env:ENISHI_MASTER_KEY',
    );
  }
  const value = environment[name];
  if (!value) throw new MasterKeyInvalid(`ENISHI_KEYS: the variable ${name} is not set`);
  const key = base64Key(value.trim());
  if (!key) {
    throw new MasterKeyInvalid(
      `ENISHI_KEYS: ${name} must hold 32 bytes in base64 (44 characters), as made by: openssl rand -base64 32`,
    );
  }
  return localProvider('env', () => Promise.resolve(key));
}

function base64Key(text: string): Buffer | undefined {
  if (!BASE64_32.test(text)) return undefined;
  const key = Buffer.from(text, 'base64');
  return key.length === 32 ? key : undefined;
}

async function read(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new MasterKeyInvalid(`ENISHI_KEYS: the key file ${path} cannot be read`, { cause: error });
  }
}

function mountedFile(path: string, development: boolean): Load {
  return once(async () => {
    const bytes = await read(path);
    if (!bytes) throw new MasterKeyInvalid(`ENISHI_KEYS: the key file ${path} is missing; mount it there`);
    const text = bytes.toString('latin1').trim();
    if (text.startsWith(DEVELOPMENT_MARK) && !development) {
      throw new MasterKeyInvalid(
        `ENISHI_KEYS: ${path} is a development key; production needs a key of its own`,
      );
    }
    const key = bytes.length === 32 ? bytes : base64Key(text.replace(DEVELOPMENT_MARK, ''));
    if (!key) throw new MasterKeyInvalid(`ENISHI_KEYS: ${path} must hold 32 bytes, raw or in base64`);
    return key;
  });
}

function developmentFile(path: string): Load {
  return once(async (use) => {
    let bytes = await read(path);
    if (!bytes && use === 'unwrap') {
      // Something was wrapped by a key that is gone; a new one would only hide the loss.
      throw new MasterKeyInvalid(
        `ENISHI_KEYS: the key file ${path} is missing, and the vault was made with it`,
      );
    }
    if (!bytes) {
      bytes = Buffer.from(`${DEVELOPMENT_MARK}${randomBytes(32).toString('base64')}\n`);
      await writeDurably(path, bytes);
    }
    if (process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0) {
      throw new MasterKeyInvalid(`ENISHI_KEYS: others may read ${path}; run chmod 600 on it`);
    }
    const text = bytes.toString('latin1').trim();
    const key = text.startsWith(DEVELOPMENT_MARK)
      ? base64Key(text.slice(DEVELOPMENT_MARK.length))
      : undefined;
    if (!key) throw new MasterKeyInvalid(`ENISHI_KEYS: ${path} is not a development key file`);
    return key;
  });
}

/** Loads once; a failure is not kept, so that a remedy works without a restart. */
function once(load: Load): Load {
  let loading: Promise<Buffer> | undefined;
  return (use) => {
    loading ??= load(use).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}
