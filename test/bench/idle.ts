import { setTimeout as sleep } from 'node:timers/promises';
import { accepted, furnish } from '../e2e/support/steps';
import { api, type Api } from '../support/api';
import { startServer, temporaryHome } from '../support/server';
import type { Ground } from './ground';
import type { Result } from './result';

/** A sealer that signed without need would do so once a second. */
const CHECKPOINT_SECONDS = 1;
/** Nothing has come for so long: what was done before is sealed. */
const RESTED_MS = 5_000;

/** How many events a running server adds to a ledger in which nothing happens. */
export async function idleBench(ground: Ground): Promise<readonly Result[]> {
  const seconds = ground.options.quick ? 10 : 60;
  const { home, remove } = temporaryHome();
  const env = { ENISHI_CHECKPOINT_SECONDS: String(CHECKPOINT_SECONDS) };
  const server = await startServer({ home, env });
  try {
    const to = api(server);
    await furnish(to);
    await withinTheHour(seconds);
    const before = await rested(to);
    // Or nothing would be said about the sealer.
    accepted(await to.get('/checkpoint'));
    await sleep(seconds * 1000);
    const line = `events that an idle ledger of ${before} grows by in ${seconds} s`;
    const note = `a checkpoint every ${CHECKPOINT_SECONDS} s where one is due`;
    const ours = (await events(to)) - before;
    return [{ bench: 'idle', line, unit: 'events', ours, target: { kind: 'none' }, note }];
  } finally {
    await server.stop();
    await remove();
  }
}

/** The digest of an hour's reading is due when the hour ends: not idleness, but something that happened. */
async function withinTheHour(seconds: number): Promise<void> {
  const minutes = () => (Date.now() / 60_000) % 60;
  while (minutes() < 2 || minutes() > 59 - seconds / 60) await sleep(1000);
}

/** Waits until nothing more comes. @returns how many events there are */
async function rested(to: Api): Promise<number> {
  for (let before = -1; ;) {
    const now = await events(to);
    if (now === before) return now;
    before = now;
    await sleep(RESTED_MS);
  }
}

/** Every event has its leaf, so that the last of these is their number. */
async function events(to: Api): Promise<number> {
  const { body } = accepted(await to.get<Views>('/v1/projections'));
  return Number(body.projections.find(({ name }) => name === 'leaves')!.position);
}

interface Views {
  readonly projections: readonly { readonly name: string; readonly position: string }[];
}
