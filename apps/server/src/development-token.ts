import { loadDevelopmentAccess } from '@enishi/access';
import type { Infrastructure } from './infrastructure';

/**
 * Writes the token file for the command line. Development only.
 * @returns who can sign in
 */
export async function writeTokenFile({ config, pool }: Infrastructure): Promise<readonly string[]> {
  const { writeDevelopmentToken, DEVELOPMENT_PEOPLE } = loadDevelopmentAccess({ mode: 'development' });
  await writeDevelopmentToken(pool, config.ENISHI_HOME, config.ENISHI_PUBLIC_URL);
  return DEVELOPMENT_PEOPLE.map(({ name, office }) => `${name} (${office})`);
}
