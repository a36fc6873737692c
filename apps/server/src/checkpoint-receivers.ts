import { NODE_STAMPS } from '@enishi/verification-node';
import {
  keeperReceiver,
  mailAddress,
  mailedKeeper,
  readKeepers,
  readWitnesses,
  timestampReceiver,
  witnessReceiver,
  type KnownReceiver,
  type Receiver,
  type Witness,
} from '@enishi/worker';
import type { Pool } from 'pg';
import { loopbackIn, type ServerConfig } from './config';

/** Who cosigns checkpoints, by the settings. */
export function witnessesOf(config: ServerConfig): readonly Witness[] {
  const { ENISHI_WITNESSES: witnesses } = config;
  return witnesses === undefined ? [] : readWitnesses(witnesses, loopbackIn(config))!;
}

function keepersOf(config: ServerConfig): readonly string[] {
  const { ENISHI_CHECKPOINT_KEEPERS: keepers } = config;
  return keepers === undefined ? [] : readKeepers(keepers, loopbackIn(config))!;
}

/** Mail addresses that checkpoints are kept at, by the settings. */
export function mailedKeepersOf(config: ServerConfig): readonly string[] {
  return keepersOf(config).flatMap((keeper) => mailAddress(keeper) ?? []);
}

/** To whom outside checkpoints are handed, by the settings. */
export function checkpointReceivers(config: ServerConfig, pool: Pool): readonly Receiver[] {
  const every = config.ENISHI_KEEPER_SECONDS;
  return [
    ...witnessesOf(config).flatMap(({ key, url }) =>
      url === undefined ? [] : [witnessReceiver(pool, { key, url })],
    ),
    ...keepersOf(config).map((keeper) => {
      const address = mailAddress(keeper);
      return address === undefined ? keeperReceiver(pool, keeper, every) : mailedKeeper(pool, address, every);
    }),
    ...stamping(config, pool),
  ];
}

/** Those, and whose cosignatures are brought by hand. */
export function knownReceivers(config: ServerConfig, pool: Pool): readonly KnownReceiver[] {
  const byHand = witnessesOf(config).filter(({ url }) => url === undefined);
  return [
    ...checkpointReceivers(config, pool),
    ...byHand.map(({ key }) => ({ kind: 'witness' as const, name: key.name, everySeconds: 0 })),
  ];
}

function stamping(config: ServerConfig, pool: Pool): readonly Receiver[] {
  const { ENISHI_TIMESTAMP_AUTHORITY: url, ENISHI_TIMESTAMP_CERTIFICATES: certificates } = config;
  if (url === undefined) return [];
  const authority = {
    ...{ url, everySeconds: config.ENISHI_TIMESTAMP_SECONDS },
    ...(certificates !== undefined && { certificates }),
  };
  return [timestampReceiver(pool, authority, NODE_STAMPS)];
}
