import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { takeBackup, verifyBackup } from '@enishi/backup';
import { parseKeysSetting } from '@enishi/vault';
import { furnishLedger } from '../backup/support';
import { accepted, caughtUp, headOf, importFile, leaversFile } from '../e2e/support/steps';
import { api } from '../support/api';
import { databaseOf } from '../support/home-database';
import { notRun } from '../support/not-run';
import { startServer, temporaryHome, type TestServer } from '../support/server';
import { failEachChange, smallDisk, type DiskError, type SmallDisk } from './failing-disk';

jest.setTimeout(300_000);

const FAILS: readonly DiskError[] = ['EIO', 'ENOSPC'];

describe('a backup', () => {
  const place = temporaryHome();
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ home: place.home });
    await furnishLedger(api(server), 20);
    await caughtUp(api(server));
  });
  afterAll(async () => {
    await server?.stop();
    await place.remove();
  });

  const backUp = (into: string) => {
    const { home } = place;
    const databaseUrl = databaseOf(home, 'enishi_admin');
    const masterKey = parseKeysSetting(`file:${path.join(home, 'keys', 'master.key')}`, {
      development: true,
    });
    return takeBackup({
      places: {
        databaseUrl,
        eventStore: { url: databaseUrl, embedded: true },
        artefactsDirectory: path.join(home, 'artefacts'),
        epochsDirectory: path.join(home, 'epochs'),
        shredsDirectory: path.join(home, 'epochs', 'shreds'),
      },
      into,
      masterKeyOf: () => masterKey,
    });
  };

  it.each(FAILS)(
    'leaves nothing half-done when any of its changes fails (%s), and says what to do',
    async (code) => {
      const into = path.join(place.home, `backups-${code}`);
      const changes = await failEachChange(
        into,
        code,
        () => backUp(into),
        async (error) => {
          expect(error).toMatchObject({
            code: code === 'EIO' ? 'disk-failed' : 'disk-full',
            remedy: expect.stringContaining('disk') as string,
          });
          // One whose folder has its name is whole, though nobody was told of it.
          for (const name of namesIn(into)) await verifyBackup(path.join(into, name));
          expect(namesIn(into).filter((name) => name.startsWith('.'))).toEqual([]);
        },
      );
      expect(changes).toBeGreaterThan(15);
      await verifyBackup(path.join(into, namesIn(into).at(-1)!));
    },
  );

  it('where no folder can be made ends at once', async () => {
    if (process.platform !== 'linux') return;
    await expect(backUp('/proc/enishi/backups')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('on a disk that is too small is refused, and leaves it empty', async () => {
    for (const kilobytes of [8, 32, 96]) {
      const disk = smallDisk(kilobytes);
      if (!disk) return notRun('backups on a full disk', 'a small file system cannot be mounted here');
      try {
        await expect(backUp(disk.folder)).rejects.toMatchObject({ code: 'disk-full' });
        expect(readdirSync(disk.folder)).toEqual([]);
      } finally {
        disk.remove();
      }
    }
  });
});

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
};

describe('a server whose disk is full', () => {
  const place = temporaryHome();
  const disks: SmallDisk[] = [];
  let server: TestServer | undefined;
  afterAll(async () => {
    await server?.stop();
    disks.forEach((disk) => disk.remove());
    await place.remove();
  });

  it('refuses uploads and scans with what to do, keeps nothing of them, and goes on', async () => {
    for (const name of ['staging', 'artefacts']) {
      const folder = path.join(place.home, name);
      mkdirSync(folder, { recursive: true });
      const disk = smallDisk(512, folder);
      if (!disk) return notRun('a server on a full disk', 'a small file system cannot be mounted here');
      disks.push(disk);
    }
    server = await startServer({ home: place.home });
    const to = api(server);
    const { alumnusId } = await furnishLedger(to, 20);
    await caughtUp(to);
    const head = await headOf(to);
    for (let time = 1; time <= 3; time += 1) {
      const upload = await to.post('/v1/imports', leaversFile(12_000));
      expect([upload.status, upload.body['code']]).toEqual([507, 'disk-full']);
      expect(upload.body['title']).toMatch(/free some space/);
      const scan = await to.post(`/v1/alumni/${alumnusId}/artefacts`, randomBytes(900_000));
      expect([scan.status, scan.body['code']]).toEqual([507, 'disk-full']);
    }
    expect(await headOf(to)).toBe(head);
    expect(readdirSync(path.join(place.home, 'staging'))).toEqual([]);
    const kept = readdirSync(path.join(place.home, 'artefacts'), { recursive: true });
    expect(kept.map(String).filter((name) => name.includes('.tmp'))).toEqual([]);
    // What fits is taken in as before.
    expect(await importFile(to, leaversFile(100, { seed: 3 }))).toMatchObject({ state: 'done' });
    accepted(await to.post(`/v1/alumni/${alumnusId}/artefacts`, randomBytes(1000)));
  });
});
