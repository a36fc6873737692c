import { readdir, rm } from 'node:fs/promises';
import type { RecordedEvent } from '@enishi/event-store';
import {
  KeyClosed,
  parseKeysSetting,
  type FaultPoint,
  type MasterKeyProvider,
  type Vault,
} from '@enishi/vault';
import { anId, guest, House, openOne, record } from './house';

const STEPS: readonly FaultPoint[] = [
  'epoch-key-written',
  'epoch-key-copied',
  'epoch-retiring',
  'epoch-batch-rewrapped',
  'epoch-all-rewrapped',
  'epoch-backed-up',
  'epoch-key-destroyed-in-one-place',
  'epoch-key-destroyed',
];

/** Dies once, at one place, after the vault is open. */
function dyingAt(step: FaultPoint): { readonly faultPoint: (name: FaultPoint) => void; armed: boolean } {
  const fault = {
    armed: false,
    faultPoint: (name: FaultPoint): void => {
      if (name !== step || !fault.armed) return;
      fault.armed = false;
      throw new Error(`died at ${name}`);
    },
  };
  return fault;
}

describe('an epoch', () => {
  let house: House;
  beforeEach(async () => {
    house = await House.build();
  });
  afterEach(() => house.tearDown());

  const epochsOf = async (vault: Vault): Promise<[number, string][]> =>
    (await vault.epochs()).map(({ epoch, state }) => [epoch, state]);

  async function expectOnlyEpoch(epoch: number): Promise<void> {
    for (const directory of [house.epochs, house.epochsCopy]) {
      expect(await readdir(directory)).toEqual([`ledger-1.epoch-${epoch}.json`]);
    }
    const { rows } = await house.owner.query<{ epoch: number }>(
      'SELECT DISTINCT epoch FROM vault.keys WHERE wrapped IS NOT NULL',
    );
    expect(rows).toEqual([{ epoch }]);
  }

  it('begins with the vault, its key in both places and the same for all processes', async () => {
    const vaults = await Promise.all([house.open(), house.open(), house.open()]);
    expect(await epochsOf(vaults[0]!)).toEqual([[1, 'current']]);
    expect(await readdir(house.epochs)).toEqual(['ledger-1.epoch-1.json']);
    expect(await readdir(house.epochsCopy)).toEqual(['ledger-1.epoch-1.json']);
    expect(new Set(vaults.map((vault) => vault.tag('x', 'y'))).size).toBe(1);
  });

  it('costs one call to the master key, whatever the number of persons', async () => {
    let calls = 0;
    const given = parseKeysSetting(`file:${house.directory}/master.key`, {
      development: true,
    });
    const counting: MasterKeyProvider = {
      name: 'counting',
      wrap: (...of) => given.wrap(...of),
      unwrap: (...of) => (calls++, given.unwrap(...of)),
    };
    const vault = await house.open({ masterKey: counting });
    await record(
      vault,
      Array.from({ length: 50 }, () => guest(anId())),
    );
    // The ledger secret and epoch 1.
    expect(calls).toBe(2);
    await vault.rotateEpoch();
    expect(calls).toBe(3);
  });

  it('is rotated: keys re-wrapped, tombstones untouched, tags as before, old key gone from every place', async () => {
    const vault = await house.open();
    const other = await house.open();
    const [kept, gone, closing] = [anId(), anId(), anId()];
    const events = await record(vault, [guest(kept), guest(gone), guest(closing)]);
    const tag = vault.tag('command', 'a');
    await vault.closeKey(`alumnus:${gone}`, 'programme', 's', 'w');
    await vault.destroyKey(`alumnus:${gone}`, 'programme', 's', 'w', 'p');
    await vault.closeKey(`alumnus:${closing}`, 'programme', 's', 'w');
    const seen: [number, number][] = [];
    expect(await vault.rotateEpoch((done, total) => seen.push([done, total]))).toEqual({ from: 1, to: 2 });
    expect(seen.at(0)).toEqual([0, 2]);
    expect(seen.at(-1)).toEqual([2, 2]);
    expect(await epochsOf(vault)).toEqual([
      [1, 'destroyed'],
      [2, 'current'],
    ]);
    await expectOnlyEpoch(2);
    const fresh = await house.open();
    for (const reader of [vault, other, fresh]) {
      expect((await reader.openFacts(events)).map(({ erased }) => erased)).toEqual([[], ['programme'], []]);
      expect(reader.tag('command', 'a')).toBe(tag);
      await expect(record(reader, [guest(gone)])).rejects.toThrow(KeyClosed);
      await record(reader, [guest(anId())]);
    }
    expect(await vault.rotateEpoch()).toEqual({ from: 2, to: 3 });
    expect((await openOne(other, events[0]!)).data['name']).toBe('青木 花子');
  });

  it.each(STEPS)('is taken up after dying at %s, by the same process or a new one', async (step) => {
    const backups: number[][] = [];
    const beforeDestroy = (retiring: number, current: number): Promise<void> => {
      backups.push([retiring, current]);
      return Promise.resolve();
    };
    const fault = dyingAt(step);
    const dying = await house.open({ faultPoint: fault.faultPoint, beforeDestroy });
    fault.armed = true;
    const id = anId();
    const [event] = (await record(dying, [guest(id)])) as [RecordedEvent];
    await expect(dying.rotateEpoch()).rejects.toThrow(`died at ${step}`);

    // Between the attempts everything works, in the process that failed and in a new one.
    const fresh = await house.open({ beforeDestroy });
    const meanwhile: RecordedEvent[] = [];
    for (const vault of [dying, fresh]) {
      expect((await openOne(vault, event)).data['name']).toBe('青木 花子');
      meanwhile.push(...(await record(vault, [guest(anId()), guest(id)])));
    }
    expect(await fresh.rotateEpoch()).toEqual({ from: 1, to: 2 });
    await expectOnlyEpoch(2);
    expect(await epochsOf(fresh)).toEqual([
      [1, 'destroyed'],
      [2, 'current'],
    ]);
    expect(backups.at(-1)).toEqual([1, 2]);
    const after = await house.open();
    for (const vault of [dying, fresh, after]) {
      const facts = await vault.openFacts([event, ...meanwhile]);
      expect(facts.every((fact) => 'name' in fact.data)).toBe(true);
    }
  });

  it.each(['epoch-key-written', 'epoch-key-copied'] as const)(
    'begins again after dying at %s',
    async (step) => {
      const fault = dyingAt(step);
      fault.armed = true;
      await expect(house.open({ faultPoint: fault.faultPoint })).rejects.toThrow(`died at ${step}`);
      const vault = await house.open();
      const [event] = await record(vault, [guest(anId())]);
      expect((await openOne(await house.open(), event!)).data['name']).toBe('青木 花子');
      await expectOnlyEpoch(1);
    },
  );

  it('keeps the old key where the backup is not safe', async () => {
    let safe = false;
    const vault = await house.open({
      beforeDestroy: () => (safe ? Promise.resolve() : Promise.reject(new Error('no backup'))),
    });
    await record(vault, [guest(anId())]);
    await expect(vault.rotateEpoch()).rejects.toThrow('no backup');
    expect(await readdir(house.epochs)).toHaveLength(2);
    safe = true;
    await vault.rotateEpoch();
    await expectOnlyEpoch(2);
  });

  it('never has a key born under it once it retires', async () => {
    const one = await house.open();
    const two = await house.open();
    const sealed: RecordedEvent[] = [];
    let done = false;
    const creating = [one, two].map(async (vault) => {
      while (!done)
        sealed.push(
          ...(await record(
            vault,
            Array.from({ length: 5 }, () => guest(anId())),
          )),
        );
    });
    try {
      for (let round = 1; round <= 5; round++) {
        expect(await one.rotateEpoch()).toEqual({
          from: round,
          to: round + 1,
        });
        const { rows } = await house.owner.query(
          'SELECT FROM vault.keys WHERE epoch <= $1 AND wrapped IS NOT NULL',
          [round],
        );
        expect(rows).toHaveLength(0);
      }
    } finally {
      done = true;
    }
    await Promise.all(creating);
    expect(sealed.length).toBeGreaterThan(10);
    const facts = await (await house.open()).openFacts(sealed);
    expect(facts.every((fact) => 'name' in fact.data)).toBe(true);
  });

  it('does not revive what is destroyed while it is re-wrapped', async () => {
    const ids = Array.from({ length: 30 }, anId);
    const eraser = await house.open();
    let erased = 0;
    const vault = await house.open({
      // Between reading nothing and the final count there is always another pass to be won or lost.
      faultPoint: async (name) => {
        if (name !== 'epoch-retiring') return;
        for (const id of ids.slice(0, 15)) {
          await eraser.closeKey(`alumnus:${id}`, 'programme', 's', 'w');
          await eraser.destroyKey(`alumnus:${id}`, 'programme', 's', 'w', 'p');
          erased++;
        }
      },
    });
    const events = await record(
      vault,
      ids.map((id) => guest(id)),
    );
    const late = ids.slice(15).map(async (id) => {
      await eraser.closeKey(`alumnus:${id}`, 'programme', 's', 'w');
      await eraser.destroyKey(`alumnus:${id}`, 'programme', 's', 'w', 'p');
    });
    await Promise.all([vault.rotateEpoch(), ...late]);
    expect(erased).toBe(15);
    const facts = await vault.openFacts(events);
    expect(facts.every((fact) => fact.erased.length === 1)).toBe(true);
    const { rows } = await house.owner.query('SELECT FROM vault.keys WHERE wrapped IS NOT NULL');
    expect(rows).toHaveLength(0);
  });

  it('is rotated by one process at a time', async () => {
    const slow = await house.open({
      beforeDestroy: () => new Promise((resolve) => setTimeout(resolve, 150)),
    });
    const other = await house.open();
    const rotating = slow.rotateEpoch();
    await new Promise((resolve) => setTimeout(resolve, 60));
    await expect(other.rotateEpoch()).rejects.toMatchObject({ code: 'rotation-running' });
    await rotating;
  });

  it('reads its key from the copy where the first place lost it, and raises an alarm', async () => {
    const vault = await house.open();
    const [event] = await record(vault, [guest(anId())]);
    await rm(house.epochs, { recursive: true });
    const again = await house.open();
    expect((await openOne(again, event!)).data['name']).toBe('青木 花子');
    expect(house.alarms).toEqual([{ code: 'epoch-copy-missing', details: { epoch: 1, place: 0 } }]);
    await rm(house.epochsCopy, { recursive: true });
    await expect(house.open()).rejects.toMatchObject({ code: 'epoch-key-unavailable' });
  });
});
