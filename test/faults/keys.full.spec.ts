import { readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { vaultOf } from '../backup/support';
import {
  accepted,
  caughtUp,
  furnish,
  headOf,
  importFile,
  leaversFile,
  wholeRoster,
} from '../e2e/support/steps';
import { api } from '../support/api';
import { spawnServer, startServer, temporaryHome, freePort, type TestServer } from '../support/server';

jest.setTimeout(300_000);

const place = temporaryHome();
const PLACES = ['current', 'copy'].map((name) => path.join(place.home, 'epochs', name));
let server: TestServer | undefined;
let purposeId: string;

afterAll(async () => {
  await server?.stop();
  await place.remove();
});

/** Takes every epoch's key away; the answer brings them back. */
async function takeKeysAway(): Promise<() => Promise<void>> {
  for (const folder of PLACES) await rename(folder, `${folder}-away`);
  return async () => {
    for (const folder of PLACES) await rename(`${folder}-away`, folder);
  };
}

const person = (number: string) => ({
  employeeNumber: number,
  name: { family: '縁野', given: '結' },
  employment: { joinedOn: '2015-04-01', leftOn: '2024-03-31', leavingKind: 'personal-reason' },
});

it('a server whose key is out of reach seals nothing, says so, and works again by itself', async () => {
  server = await startServer({ home: place.home });
  const to = api(server);
  const { ledgerId } = accepted(await to.get<{ ledgerId: string }>('/v1/ledger')).body;
  ({ purposeId } = await furnish(to));
  await importFile(to, leaversFile(5));
  await caughtUp(to);

  // Another process rotates the epoch; its new key does not reach this one.
  const other = await vaultOf(place.home, ledgerId);
  await other.rotateEpoch();
  await other.close();
  expect(await readdir(PLACES[0]!)).toEqual([`${ledgerId}.epoch-2.json`]);
  const bringBack = await takeKeysAway();
  const head = await headOf(to);
  const refused = await to.post('/v1/alumni', person('K-1'), { key: 'person-1' });
  expect([refused.status, refused.body['code']]).toEqual([503, 'keys-unavailable']);
  expect(refused.headers.get('retry-after')).toBeTruthy();
  expect(await headOf(to)).toBe(head);

  await bringBack();
  const { body } = accepted(await to.post('/v1/alumni', person('K-1'), { key: 'person-1' }));
  expect(body['eventIds']).toHaveLength(1);
  await caughtUp(to);
  await server.stop();
  server = undefined;
});

it('is not started without its keys, and says what to do; with them it has everything', async () => {
  const bringBack = await takeKeysAway();
  const port = String(await freePort());
  const { ended, output } = spawnServer({ ENISHI_HOME: place.home, ENISHI_PORT: port });
  expect((await Promise.race([ended, sleep(60_000, { code: -1 }, { ref: false })])).code).toBe(1);
  expect(output()).toContain('key of epoch 2');
  expect(output()).toMatch(/→ .*ENISHI_EPOCHS/);
  await bringBack();
  server = await startServer({ home: place.home });
  await caughtUp(api(server));
  const question = { purposeId, channel: 'email', mode: 'excluded' };
  expect(await wholeRoster(api(server), question)).toHaveLength(6);
});
