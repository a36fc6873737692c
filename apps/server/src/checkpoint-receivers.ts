import { readWitnesses, witnessReceiver, type Receiver } from '@enishi/worker';
import type { Pool } from 'pg';
import { loopbackIn, type ServerConfig } from './config';

/** To whom outside checkpoints are handed, by the settings. */
export function checkpointReceivers(config: ServerConfig, pool: Pool): readonly Receiver[] {
  const { ENISHI_WITNESSES: witnesses } = config;
  const read = witnesses === undefined ? [] : readWitnesses(witnesses, loopbackIn(config))!;
  return read.map((witness) => witnessReceiver(pool, witness));
}
