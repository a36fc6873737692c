import { keeperReceiver, readKeepers, readWitnesses, witnessReceiver, type Receiver } from '@enishi/worker';
import type { Pool } from 'pg';
import { loopbackIn, type ServerConfig } from './config';

/** To whom outside checkpoints are handed, by the settings. */
export function checkpointReceivers(config: ServerConfig, pool: Pool): readonly Receiver[] {
  const { ENISHI_WITNESSES: witnesses, ENISHI_CHECKPOINT_KEEPERS: keepers } = config;
  const allowed = loopbackIn(config);
  const cosigning = witnesses === undefined ? [] : readWitnesses(witnesses, allowed)!;
  const keeping = keepers === undefined ? [] : readKeepers(keepers, allowed)!;
  return [
    ...cosigning.map((witness) => witnessReceiver(pool, witness)),
    ...keeping.map((url) => keeperReceiver(pool, url, config.ENISHI_KEEPER_SECONDS)),
  ];
}
