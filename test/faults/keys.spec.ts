import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseKeysSetting, type MasterKeyProvider } from '@enishi/vault';
import { anId, guest, House, openOne, record } from '../vault/house';

describe('keys that are out of reach', () => {
  let house: House;
  beforeEach(async () => {
    house = await House.build();
  });
  afterEach(() => house.tearDown());

  const epoch = (number: number) => `ledger-1.epoch-${number}.json`;
  const own = () => parseKeysSetting(`file:${house.directory}/master.key`, { development: true });
  const keys = async () =>
    (await house.owner.query('SELECT * FROM vault.keys ORDER BY subject, category, generation')).rows;

  /** Both places of the epoch keys, as `spoil` leaves them; `mend` puts them back. */
  async function spoilt(spoil: (file: string) => Promise<unknown>): Promise<() => Promise<void>> {
    const places = [house.epochs, house.epochsCopy];
    for (const place of places) {
      await rename(path.join(place, epoch(1)), path.join(place, 'kept'));
      await spoil(path.join(place, epoch(1)));
    }
    return async () => {
      for (const place of places) {
        await rm(path.join(place, epoch(1)), { recursive: true, force: true });
        await rename(path.join(place, 'kept'), path.join(place, epoch(1)));
      }
    };
  }

  it.each<[string, string, (file: string) => Promise<unknown>]>([
    ['missing', 'its file is in no epochs directory', () => Promise.resolve()],
    ['unreadable', 'its file cannot be read', (file) => mkdir(file)],
    ['damaged', 'its file is damaged', (file) => writeFile(file, '{"v":1,"led')],
    [
      'of another ledger',
      'its file is of another ledger or epoch',
      (file) => writeFile(file, JSON.stringify({ v: 1, ledger: 'ledger-2', epoch: 1, wrapped: 'AAAA' })),
    ],
  ])(
    '%s: no server opens the vault, nothing changes, and it opens when the key is back',
    async (_, said, spoil) => {
      const person = anId();
      const vault = await house.open();
      const [event] = await record(vault, [guest(person)]);
      await vault.close();
      const before = await keys();
      const mend = await spoilt(spoil);
      await expect(house.open()).rejects.toMatchObject({
        code: 'epoch-key-unavailable',
        message: `key of epoch 1: ${said}`,
      });
      expect(await keys()).toEqual(before);
      await mend();
      expect((await openOne(await house.open(), event!)).data).toHaveProperty('name');
    },
  );

  // Making folders recursively, Node never comes back from a place where none can be made.
  it('to be kept where no folder can be made: refused at once', async () => {
    if (process.platform !== 'linux') return;
    await expect(house.open({ epochsDirectory: '/proc/enishi/current' })).rejects.toMatchObject({
      code: 'ENOENT',
      path: '/proc/enishi',
    });
  });

  it('of another company: the master key is refused with what to do, and nothing is written', async () => {
    await house.open();
    const before = await keys();
    const other = await readFile(path.join(house.directory, 'master.key'), 'utf8');
    const elsewhere = path.join(house.directory, 'other.key');
    await writeFile(elsewhere, other.replace(/:.*\n/, `:${Buffer.alloc(32, 7).toString('base64')}\n`), {
      mode: 0o600,
    });
    const masterKey = parseKeysSetting(`file:${elsewhere}`, { development: true });
    await expect(house.open({ masterKey })).rejects.toMatchObject({
      code: 'master-key-invalid',
      message: expect.stringContaining('give the key it was created with') as string,
    });
    expect(await keys()).toEqual(before);
  });

  it('slow: the vault opens all the same, and asks once for each key whatever happens meanwhile', async () => {
    let asked = 0;
    const slow: MasterKeyProvider = {
      name: 'slow',
      wrap: (...of) => own().wrap(...of),
      unwrap: async (...of) => {
        asked += 1;
        await sleep(700);
        return own().unwrap(...of);
      },
    };
    await (await house.open()).close();
    const vault = await house.open({ masterKey: slow });
    const people = Array.from({ length: 20 }, () => anId());
    const events = await Promise.all(people.map(async (person) => record(vault, [guest(person)])));
    for (const [event] of events) expect((await openOne(vault, event!)).data).toHaveProperty('name');
    expect(asked).toBe(2);
  });

  it('down while a server works: it goes on with the keys it has, and rotates when the provider is back', async () => {
    let down = false;
    const gone = () => Promise.reject(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' }));
    const masterKey: MasterKeyProvider = {
      name: 'at times',
      wrap: (...of) => (down ? gone() : own().wrap(...of)),
      unwrap: (...of) => (down ? gone() : own().unwrap(...of)),
    };
    const vault = await house.open({ masterKey });
    down = true;
    const [event] = await record(vault, [guest(anId())]);
    expect((await openOne(vault, event!)).data).toHaveProperty('name');
    await expect(vault.rotateEpoch()).rejects.toThrow('no answer');
    expect((await vault.epochs()).map(({ state }) => state)).toEqual(['current']);
    await expect(house.open({ masterKey })).rejects.toThrow('no answer');
    down = false;
    await vault.rotateEpoch();
    expect((await vault.epochs()).map(({ state }) => state)).toEqual(['destroyed', 'current']);
    expect((await openOne(vault, event!)).data).toHaveProperty('name');
  });

  it('rotated by another server, and out of this one’s reach: it seals nothing, and works again by itself', async () => {
    const mount = path.join(house.directory, 'mount');
    const first = await house.open();
    await mkdir(mount);
    await copyFile(path.join(house.epochs, epoch(1)), path.join(mount, epoch(1)));
    const late = await house.open({ epochsDirectory: mount, epochsCopyDirectory: `${mount}-copy` });
    await first.rotateEpoch();
    const person = anId();
    await expect(record(late, [guest(person)])).rejects.toMatchObject({ code: 'epoch-key-unavailable' });
    expect(await house.keysOf(person)).toEqual([]);
    const [event] = await record(first, [guest(anId())]);
    await expect(openOne(late, event!)).rejects.toMatchObject({ code: 'epoch-key-unavailable' });

    await copyFile(path.join(house.epochs, epoch(2)), path.join(mount, epoch(2)));
    expect((await openOne(late, event!)).data).toHaveProperty('name');
    const [sealed] = await record(late, [guest(person)]);
    expect((await openOne(first, sealed!)).data).toHaveProperty('name');
  });
});
