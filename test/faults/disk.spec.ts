import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { stagingIn } from '@enishi/application/ledger';
import { readShreds, type Vault } from '@enishi/vault';
import { notRun } from '../support/not-run';
import { anId, guest, House, openOne, record } from '../vault/house';
import { failEachChange, smallDisk, type DiskError } from './failing-disk';

const FAILS: readonly DiskError[] = ['EIO', 'ENOSPC'];
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();

describe('an upload', () => {
  const vault = {
    tag: (...parts: string[]) => Buffer.from(parts.join()).toString('hex'),
  } as unknown as Vault;
  const bytes = randomBytes(700_000);
  const read = async (folder: string): Promise<Buffer> =>
    Buffer.concat((await Readable.from(stagingIn(folder, vault).read('import')).toArray()) as Buffer[]);

  it.each(FAILS)(
    'leaves nothing when any of its changes fails (%s), and is taken in afterwards',
    async (code) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'enishi-staging-'));
      try {
        const staging = stagingIn(path.join(folder, 'staging'), vault);
        const write = () => staging.write('import', Readable.from([bytes]), bytes.length);
        const changes = await failEachChange(folder, code, write, (error) => {
          expect(error).toMatchObject({ code });
          expect(filesIn(folder)).toEqual([]);
        });
        expect(changes).toBeGreaterThanOrEqual(7);
        expect((await read(path.join(folder, 'staging'))).equals(bytes)).toBe(true);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );

  // The system may write a part of what it was given, and say how much, before it says that the disk is full.
  it('is whole or refused on a disk that is full at any byte of it', async () => {
    const file = bytes.subarray(0, 100_000);
    for (let kilobytes = 40; kilobytes <= 120; kilobytes += 16) {
      const disk = smallDisk(kilobytes);
      if (!disk) return notRun('uploads on a full disk', 'a small file system cannot be mounted here');
      try {
        const written = stagingIn(disk.folder, vault).write('import', Readable.from([file]), file.length);
        const refused = await written.then(
          () => undefined,
          (error: unknown) => error as { code: string },
        );
        if (refused) expect([refused.code, filesIn(disk.folder)]).toEqual(['ENOSPC', []]);
        else expect((await read(disk.folder)).equals(file)).toBe(true);
        expect(refused === undefined).toBe(kilobytes > 100);
      } finally {
        disk.remove();
      }
    }
  });
});

describe('a vault whose disk fails', () => {
  let house: House;
  beforeEach(async () => {
    house = await House.build();
  });
  afterEach(() => house.tearDown());

  it.each(FAILS)('keeps an artefact whole or not at all (%s)', async (code) => {
    const vault = await house.open();
    const subject = `alumnus:${anId()}` as const;
    const folder = path.join(house.directory, 'artefacts');
    const bytes = randomBytes(20_000);
    const put = () => vault.artefacts.put(subject, 'contact', bytes);
    const first = await put();
    const changes = await failEachChange(folder, code, put, (error, failed) => {
      // A folder that could not be synced leaves a whole file that nobody was told of.
      expect([failed, (error as { code: string }).code]).toEqual([expect.any(String), code]);
      expect(filesIn(folder).filter((name) => !name.endsWith('.sealed'))).toEqual([]);
    });
    expect(changes).toBeGreaterThanOrEqual(4);
    expect(filesIn(folder)).toHaveLength(2);
    expect(Buffer.from(await vault.artefacts.get(subject, first.artefactId)).equals(bytes)).toBe(true);
  });

  it.each(FAILS)('destroys no key that it could not put on the list (%s)', async (code) => {
    const shredsDirectory = path.join(house.directory, 'shreds');
    const vault = await house.open({ shredsDirectory });
    const [person, before] = [anId(), anId()];
    const [event] = await record(vault, [guest(person)]);
    await vault.closeKey(`alumnus:${before}`, 'contact', 'staff:1', 'test');
    await vault.destroyKey(`alumnus:${before}`, 'contact', 'staff:1', 'test', 'event-0');
    await vault.closeKey(`alumnus:${person}`, 'programme', 'staff:1', 'test');
    const destroy = () => vault.destroyKey(`alumnus:${person}`, 'programme', 'staff:1', 'test', 'event-1');
    const listed = async () =>
      (await readShreds(shredsDirectory, house.ledgerId)).map(({ subject }) => subject);
    await failEachChange(shredsDirectory, code, destroy, async (error) => {
      expect(error).toMatchObject({ code });
      expect((await listed())[0]).toBe(`alumnus:${before}`);
      expect((await house.keysOf(person)).map(({ state }) => state)).toEqual(['closing']);
    });
    expect(await listed()).toContain(`alumnus:${person}`);
    expect((await house.keysOf(person)).map(({ state }) => state)).toEqual(['destroyed']);
    expect((await openOne(vault, event!)).erased).toEqual(['programme']);
  });

  it.each(FAILS)('rotates its epoch to the end once the disk writes again (%s)', async (code) => {
    const vault = await house.open();
    const events = await record(vault, [guest(anId()), guest(anId())]);
    let failures = 0;
    await failEachChange(
      house.directory,
      code,
      () => vault.rotateEpoch(),
      async (error) => {
        failures += 1;
        expect(error).toMatchObject({ code });
        // Nobody's data is out of reach meanwhile, for this process or for a new one.
        for (const one of [vault, await house.open()])
          for (const event of events) expect((await openOne(one, event)).data).toHaveProperty('name');
      },
    );
    expect(failures).toBeGreaterThanOrEqual(8);
    const states = (await vault.epochs()).map(({ state }) => state);
    expect(states.filter((state) => state !== 'destroyed')).toEqual(['current']);
    for (const folder of [house.epochs, house.epochsCopy])
      expect(readdirSync(folder)).toEqual([`ledger-1.epoch-${states.length}.json`]);
  });
});
