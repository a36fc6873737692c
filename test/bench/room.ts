import { readConfig } from '../../apps/server/src/config';
import { openInfrastructure, type Infrastructure } from '../../apps/server/src/infrastructure';
import { createLogger } from '../../apps/server/src/logger';
import type { Place } from './ground';

/** The server's own furniture over a place: store, vault, ledger, pools, as `npm start` opens them. */
export function openRoom({ home, ownerUrl, appUrl }: Place): Promise<Infrastructure> {
  const config = readConfig({ ENISHI_HOME: home, ENISHI_MODE: 'development', ENISHI_LOG: 'error' });
  return openInfrastructure(config, { ownerUrl, appUrl, embedded: true }, createLogger('error'));
}
