import type { AccessConfig } from './config';

/**
 * The development identity provider, its invented people and the token file. Loaded here and nowhere else,
 * so that a production process never has these modules, nor `oidc-provider`, in memory.
 *
 * @throws Error outside development
 */
export function loadDevelopmentAccess(
  config: Pick<AccessConfig, 'mode'>,
): typeof import('./development/index') {
  if (config.mode !== 'development') {
    throw new Error('the development identity provider is not available in production');
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when called, and only then
  return require('./development/index') as typeof import('./development/index');
}
