import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyShreds, mergeShreds, readShreds, undoneShreds } from '@enishi/vault';
import { anId, guest, House, openOne, record } from './house';

const PLAN = 'event-1';

describe('the list of destroyed keys', () => {
  let house: House;
  let directory: string;
  beforeEach(async () => {
    house = await House.build();
    directory = join(house.directory, 'shreds');
  });
  afterEach(() => house.tearDown());

  const erase = async (vault: Awaited<ReturnType<House['open']>>, alumnusId: string): Promise<void> => {
    await vault.closeKey(`alumnus:${alumnusId}`, 'programme', 'staff:s', 'plan');
    await vault.destroyKey(`alumnus:${alumnusId}`, 'programme', 'staff:s', 'plan', PLAN);
  };

  it('names a key before the vault forgets it, and says what its tombstone says', async () => {
    const vault = await house.open({ shredsDirectory: directory });
    const alumnusId = anId();
    await record(vault, [guest(alumnusId)]);
    await erase(vault, alumnusId);
    await erase(vault, alumnusId);
    const shreds = await readShreds(directory, house.ledgerId);
    expect(shreds).toEqual([
      {
        number: 1,
        subject: `alumnus:${alumnusId}`,
        category: 'programme',
        generation: 1,
        at: expect.any(String) as string,
        by: 'staff:s',
        why: 'plan',
        event: PLAN,
      },
    ]);
    expect(await undoneShreds(house.owner, shreds)).toBe(0);
  });

  it('leaves a key alone that it cannot name', async () => {
    const vault = await house.open({ shredsDirectory: join(house.directory, 'master.key', 'under') });
    const alumnusId = anId();
    const [event] = await record(vault, [guest(alumnusId)]);
    await expect(erase(vault, alumnusId)).rejects.toThrow();
    expect(await house.keysOf(alumnusId)).toMatchObject([{ state: 'closing' }]);
    expect((await openOne(vault, event!)).data['name']).toBe('青木 花子');
  });

  it('is read past what a power cut left of an entry, and written on over it', async () => {
    const vault = await house.open({ shredsDirectory: directory });
    const [one, two] = [anId(), anId()];
    await record(vault, [guest(one), guest(two)]);
    await erase(vault, one);
    const file = join(directory, `${house.ledgerId}.shreds.ndjson`);
    await appendFile(file, '{"number":2,"subj');
    expect(await readShreds(directory, house.ledgerId)).toHaveLength(1);
    await erase(vault, two);
    expect((await readShreds(directory, house.ledgerId)).map(({ number }) => number)).toEqual([1, 2]);
    await appendFile(file, 'x\n');
    await expect(readShreds(directory, house.ledgerId)).rejects.toMatchObject({ code: 'shreds-damaged' });
  });

  it('destroys in an older vault what was destroyed since, and what that vault never had', async () => {
    const vault = await house.open();
    const [old, unknown] = [anId(), anId()];
    const [event] = await record(vault, [guest(old)]);
    const shred = (alumnusId: string, number: number) => ({
      number,
      subject: `alumnus:${alumnusId}` as const,
      category: 'programme' as const,
      generation: 1,
      at: '2026-11-21T00:00:00.000Z',
      by: 'staff:s',
      why: 'plan',
      event: PLAN,
    });
    const shreds = [shred(old, 7), shred(unknown, 8)];
    expect(await undoneShreds(house.owner, shreds)).toBe(2);
    expect(await applyShreds(house.owner, shreds)).toBe(2);
    expect(await undoneShreds(house.owner, shreds)).toBe(0);
    expect(await applyShreds(house.owner, shreds)).toBe(0);
    expect((await openOne(await house.open(), event!)).erased).toEqual(['programme']);
    await expect(record(vault, [guest(unknown)])).rejects.toMatchObject({ code: 'key-closed' });
    // Closings go on behind the list's.
    await vault.closeKey(`alumnus:${anId()}`, 'contact', 'staff:s', 'plan');
    const { rows } = await house.owner.query<{ last: string }>('SELECT last FROM vault.closings');
    expect(rows).toEqual([{ last: '9' }]);
  });

  it('finishes what broke off between list and vault', async () => {
    const vault = await house.open({ shredsDirectory: directory });
    const alumnusId = anId();
    await record(vault, [guest(alumnusId)]);
    await vault.closeKey(`alumnus:${alumnusId}`, 'programme', 'staff:s', 'plan');
    const entry = {
      number: 1,
      subject: `alumnus:${alumnusId}`,
      category: 'programme',
      generation: 1,
    } as const;
    const shreds = [{ ...entry, at: '2026-11-21T00:00:00.000Z', by: 'staff:s', why: 'plan', event: PLAN }];
    expect(await undoneShreds(house.owner, shreds)).toBe(0);
    expect(await house.keysOf(alumnusId)).toMatchObject([{ state: 'destroyed', wrapped: null }]);
  });

  it('takes in what another copy names', async () => {
    const vault = await house.open({ shredsDirectory: directory });
    const alumnusId = anId();
    await record(vault, [guest(alumnusId)]);
    await erase(vault, alumnusId);
    const shreds = await readShreds(directory, house.ledgerId);
    const copy = join(house.directory, 'copy');
    await mergeShreds(copy, house.ledgerId, shreds);
    await mergeShreds(copy, house.ledgerId, shreds);
    expect(await readFile(join(copy, `${house.ledgerId}.shreds.ndjson`), 'utf8')).toBe(
      await readFile(join(directory, `${house.ledgerId}.shreds.ndjson`), 'utf8'),
    );
  });
});
