import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RecordedEvent } from '@enishi/event-store';
import { canonical, commitment, fieldSalt } from '@enishi/transparency';
import type { Vault } from '@enishi/vault';
import { openRemains, openWhole, sealRemains } from '../../libs/vault/src/resealed';
import { sealedGroupsOf, sha256 } from '../../libs/vault/src/sealed-group';
import { anId, guest, House, openOne, record } from './house';

/** Erases items as a plan does; each step may be left out, as a crash would. */
async function erase(
  vault: Vault,
  alumnusId: string,
  events: readonly RecordedEvent[],
  fields: readonly string[],
  { by = 'erasure-1', steps = 3 } = {},
): Promise<void> {
  const slot = { subject: `alumnus:${alumnusId}`, category: 'programme' } as const;
  const going = await vault.renewKeys([slot], by, 'item-erasure');
  if (steps === 1) return;
  const erased = new Map(events.map(({ id }) => [id, new Set(fields)]));
  for (const one of going) await vault.reseal(events, one, erased);
  if (steps === 2) return;
  await vault.destroyKeys(
    going.map((one) => ({ ...one, planEventId: 'plan-1' })),
    by,
    'item-erasure',
  );
}

const both = { name: '青木 花子', words: 'お世話になりました' };

describe('single items of a sealed group', () => {
  let house: House;
  let one: Vault;
  let two: Vault;
  beforeAll(async () => {
    house = await House.build();
    one = await house.open({ pollMs: 60_000, acknowledgementMs: 2_000 });
    two = await house.open({ pollMs: 60_000, acknowledgementMs: 2_000 });
  });
  afterAll(() => house.tearDown());

  it('go, and the rest of what their key had sealed is read in every process, proven as before', async () => {
    const id = anId();
    const events = await record(one, [guest(id, both), guest(id, { name: '青木 華子' })]);
    await erase(one, id, events, ['name']);
    for (const vault of [one, two]) {
      const [first, second] = await vault.openFacts(events);
      expect([first!.data, first!.erased, first!.erasedFields]).toEqual([
        { alumnusId: id, words: both.words },
        [],
        ['name'],
      ]);
      expect([second!.data, second!.erased, second!.erasedFields]).toEqual([{ alumnusId: id }, [], ['name']]);
      const [groups] = await vault.disclose(events, ['programme']);
      const disclosed = groups![0]!;
      if (disclosed.erased) throw new Error('erased whole');
      expect(disclosed.erasedFields).toEqual(['name']);
      const { field, value, salt } = disclosed.fields[0]!;
      const stored = sealedGroupsOf(events[0]!.data).find(({ category }) => category === 'programme')!;
      const made = commitment(sha256, Buffer.from(salt, 'base64'), canonical(value));
      expect([field, Buffer.from(made).toString('hex')]).toEqual(['words', stored.commitments['words']]);
    }
    const keys = (await house.keysOf(id)).filter(({ category }) => category === 'programme');
    expect(keys.map(({ generation, state, wrapped }) => [generation, state, wrapped === null])).toEqual([
      [1, 'destroyed', true],
      [2, 'live', false],
    ]);
  });

  it('leave no salt behind by which a guess could be held against their commitment', () => {
    const place = { ledger: 'l', stream: 's', eventId: 'e', type: 'GuestNoted', version: 2 };
    const key = Buffer.alloc(32, 7);
    const group = { category: 'programme', subject: 'alumnus:a', generation: 2 } as const;
    const salt = Buffer.alloc(32, 9);
    const of = (field: string) => Buffer.from(fieldSalt(sha256, salt, 'programme', field)).toString('base64');
    const remains = { values: { words: both.words }, salts: { words: of('words') } };
    const row = sealRemains(key, place, group, remains, (length) => Buffer.alloc(length, 1));
    expect(openRemains(key, place, row)).toEqual(remains);
    expect(JSON.stringify(openRemains(key, place, row))).not.toContain(salt.toString('base64'));
    expect(() => openRemains(key, { ...place, eventId: 'another' }, row)).toThrow();
    // Nor does what stayed pass for a group of an event.
    const asGroup = { ...group, ciphertext: row.ciphertext.toString('base64'), commitments: {} };
    expect(() => openWhole(key, place, asGroup)).toThrow();
  });

  it('go though each step is broken off and taken again, and one plan after the other', async () => {
    const id = anId();
    const events = await record(one, [guest(id, both)]);
    for (const steps of [1, 1, 2, 2, 3, 3]) await erase(one, id, events, ['name'], { steps });
    expect(await openOne(two, events[0]!)).toMatchObject({ data: { words: both.words }, erased: [] });
    const later = await record(two, [guest(id, { name: '青木 華' })]);
    await erase(two, id, [...events, ...later], ['words'], { by: 'erasure-2' });
    // The words stand under the key of another category too.
    const programme = { categories: ['programme'] } as const;
    const [first, second] = await one.openFacts([...events, ...later], programme);
    expect(first!.data).toEqual({ alumnusId: id });
    expect(new Set(first!.erasedFields)).toEqual(new Set(['name', 'words']));
    expect(second!.data).toEqual({ alumnusId: id, name: '青木 華' });
  });

  it('and the whole category can still be erased, for good', async () => {
    const id = anId();
    const events = await record(one, [guest(id, both)]);
    await erase(one, id, events, ['name']);
    await one.closeKey(`alumnus:${id}`, 'programme', 'staff:s', 'erasure');
    // Of what is going nothing is renewed.
    await erase(two, id, events, ['words'], { by: 'erasure-3' });
    await one.destroyKey(`alumnus:${id}`, 'programme', 'staff:s', 'erasure', 'plan-2');
    for (const vault of [one, two])
      expect(await openOne(vault, events[0]!)).toMatchObject({
        data: { alumnusId: id },
        erased: ['programme'],
      });
  });

  it('go while others write about the same person, who are never refused, and lose nothing', async () => {
    const id = anId();
    const events = await record(one, [guest(id, both)]);
    const written: RecordedEvent[] = [];
    let isErasing = true;
    const writing = (async () => {
      while (isErasing) {
        written.push(...(await record(two, [guest(id, { words: `その${written.length}` })])));
        // A key that is known is taken without asking anybody: nothing else would get a turn.
        await nextTurn();
      }
    })();
    try {
      for (let number = 1; number <= 5; number++) {
        const slot = { subject: `alumnus:${id}`, category: 'programme' } as const;
        const by = `erasure-w${number}`;
        const going = await one.renewKeys([slot], by, 'item-erasure');
        // Whoever was acknowledged has recorded what it sealed; later events are under the next key.
        const erased = new Map([[events[0]!.id, new Set(['name'])]]);
        for (const each of going) await one.reseal([...events, ...written], each, erased);
        await one.destroyKeys(
          going.map((each) => ({ ...each, planEventId: 'plan-1' })),
          by,
          'item-erasure',
        );
      }
    } finally {
      isErasing = false;
    }
    await writing;
    const facts = await one.openFacts([...events, ...written]);
    expect(written.length).toBeGreaterThan(0);
    expect(facts.filter(({ erased }) => erased.length > 0)).toEqual([]);
    expect(facts.map(({ data }) => (data as { words?: string }).words)).toEqual([
      both.words,
      ...written.map((_, index) => `その${index}`),
    ]);
  });
});
