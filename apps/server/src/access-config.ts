import type { AccessConfig } from '@enishi/access';
import type { ServerConfig } from './config';

/** Name under which the development identity provider knows this server. */
const DEVELOPMENT_CLIENT = 'enishi-console';

/** What the access room is told of the settings. */
export function accessConfigOf(config: ServerConfig): AccessConfig {
  const development = config.ENISHI_MODE === 'development';
  const issuer = config.ENISHI_OIDC_ISSUER ?? new URL('/dev-idp', config.ENISHI_PUBLIC_URL).href;
  return {
    mode: config.ENISHI_MODE,
    publicUrl: config.ENISHI_PUBLIC_URL,
    home: config.ENISHI_HOME,
    oidc: {
      issuer: development ? new URL('/dev-idp', config.ENISHI_PUBLIC_URL).href : issuer,
      clientId: config.ENISHI_OIDC_CLIENT_ID ?? DEVELOPMENT_CLIENT,
      clientSecret: config.ENISHI_OIDC_CLIENT_SECRET,
      audience: config.ENISHI_OIDC_AUDIENCE,
      scopes: ['openid', 'profile'],
    },
  };
}
