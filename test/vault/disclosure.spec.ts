import type { JsonObject, NewEvent } from '@enishi/domain';
import { NotDeclared, type Vault } from '@enishi/vault';
import { anId, guest, House, record } from './house';

const HASH = 'a'.repeat(64);

describe('what may be sealed', () => {
  let house: House;
  let vault: Vault;
  beforeAll(async () => {
    house = await House.build();
    vault = await house.open();
  });
  afterAll(() => house.tearDown());

  const sealing = (data: JsonObject): Promise<unknown> => record(vault, [guest(anId(), data)]);

  it.each<[string, JsonObject]>([
    ['nothing optional', {}],
    ['an enum', { room: 'hall' }],
    ['some of a list, none too', { tastes: [] }],
    ['an instant', { at: '2024-02-29T23:59:59.999Z' }],
    ['a number', { cups: Number.MAX_SAFE_INTEGER }],
    ['a flag', { paid: false }],
    ['published text', { menu: { ja: '抹茶', en: 'matcha' } }],
    ['a digest', { proof: HASH }],
    ['a sealed null', { name: null }],
    ['undefined, which is absence', { name: undefined, cups: undefined }],
  ])('takes %s', async (_, data) => {
    await sealing(data);
  });

  it.each<[string, unknown]>([
    ['room', 'cellar'],
    ['room', ['hall']],
    ['tastes', 'sweet'],
    ['tastes', ['sweet', 'salty']],
    ['at', '2024-02-30T00:00:00.000Z'],
    ['at', '2024-02-29T00:00:00Z'],
    ['at', '2024-02-29T00:00:00.000+09:00'],
    ['at', 0],
    ['cups', 1.5],
    ['cups', 2 ** 53],
    ['cups', '1'],
    ['paid', 'yes'],
    ['proof', HASH.toUpperCase()],
    ['proof', HASH.slice(1)],
    ['menu', Number.NaN],
    ['name', 'lone \ud800 surrogate'],
    ['name', { family: 'nul \0' }],
    ['name', 2 ** 60],
  ])('refuses %s = %j and tells the field, not the value', async (field, value) => {
    const error = await sealing({ [field]: value } as JsonObject).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(NotDeclared);
    expect(error).toMatchObject({ code: 'not-declared', type: 'GuestNoted', field });
    expect((error as Error).message).not.toContain(String(value));
  });

  it.each(['', '青木', 'a b', 'a'.repeat(65), "x'", 'a\n'])('refuses the id %j', async (id) => {
    await expect(record(vault, [guest(id)])).rejects.toThrow(NotDeclared);
  });

  it('refuses an unknown field without repeating its name, which may be personal', async () => {
    const error = (await sealing({ 'Aoki Hanako': 'x' }).catch((caught: unknown) => caught)) as Error;
    expect(error).toBeInstanceOf(NotDeclared);
    expect(error.message).not.toContain('Aoki');
    // Nor may data bring what only the vault writes, or reach the prototype.
    await expect(sealing({ sealed: [] })).rejects.toThrow(NotDeclared);
    await expect(sealing(JSON.parse('{"__proto__":{"a":1}}') as JsonObject)).rejects.toThrow(NotDeclared);
    await expect(sealing({ constructor: 'x' })).rejects.toThrow(NotDeclared);
  });

  it('refuses a missing field and an unknown type', async () => {
    const noId = { type: 'GuestNoted', data: { name: 'x' } } as unknown as NewEvent;
    await expect(record(vault, [noId])).rejects.toThrow('GuestNoted.alumnusId: is missing');
    const unknown = { type: '青木', data: { alumnusId: 'a' } } as unknown as NewEvent;
    const error = (await record(vault, [unknown]).catch((caught: unknown) => caught)) as Error;
    expect(error).toBeInstanceOf(NotDeclared);
    expect(error.message).not.toContain('青木');
  });

  it('creates no key for a batch of which one event is refused', async () => {
    const id = anId();
    await expect(record(vault, [guest(id), guest(anId(), { cups: 1.5 })])).rejects.toThrow(NotDeclared);
    expect(await house.keysOf(id)).toEqual([]);
  });

  it('seals nothing where the table seals nothing', async () => {
    const event = { type: 'EpochOpened', data: { epoch: 1 } } as unknown as NewEvent;
    const lease = vault.lease();
    expect(await lease.seal([{ stream: 'vault', id: anId(), event }])).toEqual([{ epoch: 1 }]);
    lease.release();
    await expect(lease.seal([{ stream: 's', id: anId(), event: guest(anId()) }])).rejects.toMatchObject({
      code: 'lease-released',
    });
  });
});
