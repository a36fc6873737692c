import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { wordsIn } from '../canary/places';
import { accepted, caughtUp, furnish, importFile, wholeRoster } from '../e2e/support/steps';
import { api, type Api } from '../support/api';
import { startServer, temporaryHome, type TemporaryHome } from '../support/server';
import { enishi, keysOf, newestIn } from './support';

jest.setTimeout(300_000);

/** Invented: who is erased, and who stays. */
const GONE = ['黒鶫野', 'kuina.bunchou@canary.example'];
const KEPT = '青鵐野';
const HEADER = '社員番号,姓,名,入社年月日,退職年月日,メールアドレス';
const OLD_FILE = Buffer.from(
  [
    HEADER,
    `K1,${GONE[0]},瑠璃,2010-04-01,2019-03-31,${GONE[1]}`,
    `K2,${KEPT},守,2010-04-01,2019-03-31,aoji@example.jp`,
  ].join('\n'),
);

describe('a backup from before somebody was erased, restored', () => {
  let old: TemporaryHome;
  let folder: string;
  let purposeId: string;
  /** Of before anybody was known, and of before the erasure. */
  const backups: string[] = [];
  const homes: TemporaryHome[] = [];
  const apart = () => path.join(folder, 'apart');

  const families = async (to: Api): Promise<readonly string[]> => {
    await caughtUp(to);
    const rows = await wholeRoster(to, { purposeId, channel: 'email', mode: 'excluded' });
    return rows.flatMap(({ name }) => name?.family ?? []).sort();
  };
  const backUp = async (): Promise<string> => {
    const into = path.join(folder, 'backups');
    const ran = await enishi(old.home, ['backup', into, '--apart', apart()]);
    expect(ran).toMatchObject({ code: 0 });
    return newestIn(into);
  };

  beforeAll(async () => {
    old = temporaryHome();
    folder = mkdtempSync(path.join(tmpdir(), 'enishi-erased-'));
    const server = await startServer({ home: old.home });
    const to = api(server);
    try {
      ({ purposeId } = await furnish(to));
      backups.push(await backUp());
      await importFile(to, OLD_FILE);
      expect(await families(to)).toEqual([GONE[0], KEPT].sort());
      backups.push(await backUp());
      const rows = await wholeRoster(to, { purposeId, channel: 'email', mode: 'excluded' });
      const { alumnusId } = rows.find(({ name }) => name.family === GONE[0])!;
      const order = { alumnusIds: [alumnusId], reason: '本人の申し出' };
      const { erasureId } = accepted(await to.post<{ erasureId: string }>('/v1/erasures', order)).body;
      accepted(await to.post(`/v1/erasures/${erasureId}/approval`));
      while ((await to.get(`/v1/erasures/${erasureId}`)).body['standing'] !== 'executed') await sleep(50);
      // Only what stands apart is brought up to date: the backup itself is lost.
      rmSync(await backUp(), { recursive: true });
    } finally {
      await server.stop();
    }
  });
  afterAll(async () => {
    for (const home of [...homes, old]) await home?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    [0, 'of before they were known'],
    [1, 'of before they were erased'],
  ])('number %i, %s, brings nobody back, nor does the old file after it', async (index) => {
    const place = temporaryHome();
    homes.push(place);
    const args = ['restore', backups[index]!, '--apart', apart(), '--accept-loss'];
    expect(await enishi(place.home, args, keysOf(old.home))).toMatchObject({ code: 0 });
    const server = await startServer({ home: place.home, env: keysOf(old.home) });
    const to = api(server);
    try {
      expect(await families(to)).toEqual(index === 0 ? [] : [KEPT]);
      const { counts } = await importFile(to, OLD_FILE);
      expect(counts).toMatchObject({ registered: index === 0 ? 1 : 0, blocked: 1 });
      expect(await families(to)).toEqual([KEPT]);
    } finally {
      await server.stop();
    }
    expect([...wordsIn(place.home, GONE)]).toEqual([]);
    expect(wordsIn(place.home, [KEPT]).size).toBeGreaterThan(0);
  });
});
