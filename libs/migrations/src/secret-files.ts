import { readFileSync } from 'node:fs';

/** Settings that hold a secret: each may stand in a file, which `<name>_FILE` names. */
const SECRETS = [
  'ENISHI_DATABASE',
  'ENISHI_DATABASE_OWNER',
  'ENISHI_EVENT_STORE',
  'ENISHI_EVENT_STORE_OWNER',
  'ENISHI_OIDC_CLIENT_SECRET',
  'ENISHI_SMTP',
] as const;

/** A secret cannot be had. Names the setting, never what is in it. */
export class SecretUnreadable extends Error {
  constructor(
    readonly code: 'secret-unreadable' | 'secret-twice',
    message: string,
    readonly remedy: string,
  ) {
    super(message);
    this.name = 'SecretUnreadable';
  }
}

/**
 * The environment with the secrets that stand in files: the content of the file that ENISHI_…_FILE names becomes
 * ENISHI_…, without blanks around it.
 *
 * @returns a new environment, without the names of the files
 * @throws SecretUnreadable
 */
export function withSecretFiles(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const files = new Set<string>(SECRETS.map((name) => `${name}_FILE`));
  const result: NodeJS.ProcessEnv = Object.fromEntries(
    Object.entries(env).filter(([name]) => !files.has(name)),
  );
  for (const name of SECRETS) {
    const file = env[`${name}_FILE`];
    if (file === undefined || file === '') continue;
    if (env[name]) {
      throw new SecretUnreadable(
        'secret-twice',
        `${name} and ${name}_FILE are both set.`,
        'Keep one of them.',
      );
    }
    result[name] = secretIn(file, name);
  }
  return result;
}

function secretIn(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new SecretUnreadable(
      'secret-unreadable',
      `${name}_FILE cannot be read (${code}).`,
      'Name a file that this account may read.',
    );
  }
}
