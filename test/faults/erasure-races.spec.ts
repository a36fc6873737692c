import { randomUUID } from 'node:crypto';
import {
  handle,
  lifecycleStream,
  OnAlumnus,
  OnAlumnusHandler,
  RegisterByHand,
  RegisterByHandHandler,
  startErasure,
  systemContext,
  takeOver,
} from '@enishi/application';
import { lifecycleDecider } from '@enishi/domain';
import { KeyClosed } from '@enishi/vault';
import { openTestRoom, type TestRoom } from '../application/room';

jest.setTimeout(60_000);

describe('an erasure that meets a hold', () => {
  let test: TestRoom;
  beforeAll(async () => {
    test = await openTestRoom('erasure_races');
  });
  afterAll(() => test?.close());

  it('comes first, and the hold is refused, or the other way round; never both', async () => {
    const { ledger, store } = test.room;
    const erasureId = randomUUID();
    const categories = ['programme'] as const;
    const won = await Promise.all(
      Array.from({ length: 60 }, async (_, at) => {
        const alumnusId = randomUUID();
        const holdId = randomUUID();
        const reviewAt = '2099-01-01T00:00:00.000Z';
        const hold = {
          kind: 'PlaceHold',
          alumnusId,
          holdId,
          stopsContact: false,
          reviewAt,
          reason: '係争',
        } as const;
        const erase = () => startErasure(ledger, { alumnusId, erasureId, categories, onlyMarked: false });
        const stream = lifecycleStream(alumnusId);
        const place = () => handle(ledger, lifecycleDecider, stream, hold, systemContext('test'));
        // A hold is sealed first, which takes longer: some have it done before.
        const before = at % 3 === 0 ? await place() : undefined;
        const [erasing, holding] = await Promise.all([erase(), before ?? place()]);
        const records = await store.readStream(lifecycleStream(alumnusId));
        const [first] = records;
        expect(records).toHaveLength(1);
        const isErased = first!.type === 'ErasureStarted';
        expect([erasing.kind, holding.kind]).toEqual(isErased ? ['done', 'refused'] : ['refused', 'done']);
        const refused = isErased ? holding : erasing;
        expect(refused).toMatchObject({ code: isErased ? 'erasure-started' : 'erasure-held' });
        return isErased;
      }),
    );
    expect(new Set(won)).toEqual(new Set([true, false]));
  });

  it('refuses what is written about the person with keys that are being closed, and reads nothing of it later', async () => {
    const { ledger, vault, store } = test.room;
    const employment = { joinedOn: '2010-04-01', leftOn: '2019-03-31' };
    const command = { kind: 'RegisterAlumnus', person: { name: { family: '消野' } }, employment } as const;
    const order = new RegisterByHand('hr', 'R-1', command, systemContext('test'));
    const { alumnusId = '' } = await new RegisterByHandHandler(ledger).execute(order);
    const slots = [{ subject: `alumnus:${alumnusId}`, category: 'programme' }] as const;
    expect(await vault.liveKeys([slots[0].subject])).toEqual(slots);
    await vault.closeKeys(slots, 'test', 'erasure');
    const patch = { kind: 'CorrectAlumnus', patch: { name: { family: '別野' } } } as const;
    const correct = new OnAlumnus(alumnusId, patch, systemContext('test'));
    await expect(new OnAlumnusHandler(ledger).execute(correct)).rejects.toThrow(KeyClosed);
    await vault.destroyKeys([{ ...slots[0], planEventId: 'plan-1' }], 'test', 'erasure');
    const [fact] = await vault.openFacts(await store.readStream(`alumnus-${alumnusId}`));
    expect(fact!.erased).toEqual(['programme']);
    expect(await vault.liveKeys([slots[0].subject])).toEqual([]);
    expect(await vault.destroyedKeys([slots[0].subject])).toMatchObject([
      { ...slots[0], generation: 1, planEventId: 'plan-1', epoch: 1 },
    ]);
  });

  it('passes over rows of whoever is being erased, or of whose category nothing may be sealed any more', async () => {
    const { ledger, vault } = test.room;
    const rowOf = (number: string, more: object) => ({
      ...{ employeeNumber: number, familyName: '消野', givenName: '花子' },
      ...{ joinedOn: '2010-04-01', leftOn: '2019-03-31', email: `${number}@example.jp`, ...more },
    });
    const turn = { reserved: () => undefined, earlier: Promise.resolve() };
    const take = (of: readonly object[]) => {
      const context = systemContext('test');
      const batch = { batchId: randomUUID(), commandBase: randomUUID(), source: 'hr', context };
      const rows = of.map((row, number) => ({ number: number + 1, row: row as never }));
      return takeOver(ledger, rows, batch, turn);
    };
    const numbers = ['M-1', 'M-2', 'M-3'];
    expect(await take(numbers.map((number) => rowOf(number, {})))).toMatchObject({ registered: 3 });
    const [first, second] = await Promise.all(numbers.map((number) => vault.identities.find('hr', number)));
    // Of the first the erasure stands between two of its steps; the second never had a reason for leaving.
    await vault.closeKeys([{ subject: `alumnus:${first!}`, category: 'contact' }], 'test', 'erasure');
    await vault.closeKeys([{ subject: `alumnus:${second!}`, category: 'leaving-detail' }], 'test', 'erasure');
    const changed = (number: string) =>
      rowOf(number, { email: `${number}@example.com`, leavingReason: '転職' });
    expect(await take(numbers.map(changed))).toMatchObject({ registered: 0, corrected: 1, blocked: 2 });
  });
});
