import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import {
  handle,
  lifecycleStream,
  handleErasure,
  proposeErasure,
  proposeItems,
  readErasure,
  RegisterByHand,
  RegisterByHandHandler,
  systemContext,
} from '@enishi/application';
import { ERASABLE, lifecycleDecider } from '@enishi/domain';
import { readShreds } from '@enishi/vault';
import { caughtUp, following, openSmallLedger, type SmallLedger } from './small-ledger';
import type { ErasingOrder } from './erasing';

jest.setTimeout(10 * 60_000);

const POINTS: readonly NonNullable<ErasingOrder['point']>[] = [
  'nothing-done',
  'erasure-started',
  'keys-closed',
  'shreds-listed',
  'keys-destroyed',
  'identities-blocked',
  'views-passed',
  'stores-purged',
  'erasure-completed',
  'chunk-executed',
  'erasure-executed',
];
const ITEM_POINTS: typeof POINTS = [
  'nothing-done',
  'erasure-started',
  'keys-renewed',
  'items-resealed',
  'shreds-listed',
  'keys-destroyed',
  'views-passed',
  'views-rebuilt',
  'stores-purged',
  'chunk-executed',
  'erasure-executed',
];
const PEOPLE = 5;
const NOTHING_KEPT = () => Promise.resolve(new Map<string, never>());

/** Runs one process, and tells how it ended. */
async function run(order: ErasingOrder): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  const hook = path.join(__dirname, '../event-store/typescript-hook.cjs');
  const child = fork(path.join(__dirname, 'erasing.ts'), { execArgv: ['-r', hook] });
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  child.send(order);
  const [code, signal] = await exit;
  if (child.connected) child.disconnect();
  return { code, signal };
}

describe('an erasure that is killed behind any of its steps', () => {
  let small: SmallLedger;
  let number = 0;

  beforeAll(async () => {
    small = await openSmallLedger('kill_erasure');
  });
  afterAll(() => small?.stop());

  const register = async (): Promise<string> => {
    const person = { name: { family: '消野' }, email: 'a@example.jp', leavingReason: '転職' };
    const employment = { joinedOn: '2010-04-01', leftOn: '2019-03-31' };
    const command = { kind: 'RegisterAlumnus', person, employment } as const;
    const order = new RegisterByHand('hr', `E-${(number += 1)}`, command, systemContext('test'));
    return (await new RegisterByHandHandler(small.room.ledger).execute(order)).alumnusId!;
  };
  const hold = async (alumnusId: string): Promise<void> => {
    const reviewAt = '2099-01-01T00:00:00.000Z';
    const place = {
      kind: 'PlaceHold',
      alumnusId,
      holdId: randomUUID(),
      stopsContact: false,
      reviewAt,
    } as const;
    const command = { ...place, reason: '労働審判' };
    const stream = lifecycleStream(alumnusId);
    await handle(small.room.ledger, lifecycleDecider, stream, command, systemContext('test'));
  };
  /** A plan that is approved, one of whose people was held since. */
  const approved = async (): Promise<{ erasureId: string; people: readonly string[] }> => {
    const { ledger } = small.room;
    const people = await Promise.all(Array.from({ length: PEOPLE }, register));
    const erasureId = randomUUID();
    const order = { alumnusIds: people, categories: ERASABLE, ground: 'ordered', reason: '申し出' } as const;
    const plan = { ...order, erasureId, staffId: randomUUID(), approvalAbove: 1 };
    await proposeErasure(ledger, plan, NOTHING_KEPT, systemContext('test'));
    const approve = { kind: 'ApproveErasure', staffId: randomUUID() } as const;
    await handleErasure(ledger, erasureId, approve, systemContext('test'));
    await hold(people[0]!);
    return { erasureId, people };
  };
  /** What is left of a plan's people, without what differs from one to the next. */
  const outcome = async (people: readonly string[]) => {
    const { pool, store, place } = { ...small.room, place: small.place };
    await caughtUp(small.room);
    const lives = await Promise.all(people.map((id) => store.readStream(lifecycleStream(id))));
    const { rows: keys } = await pool.query<{ key: string }>(
      `SELECT k.category || ' ' || k.state || ' ' || (k.wrapped IS NULL) AS key
       FROM unnest($1::text[]) WITH ORDINALITY p (subject, n) JOIN vault.keys k USING (subject) ORDER BY n, 1`,
      [people.map((id) => `alumnus:${id}`)],
    );
    const { rows: identities } = await pool.query<{ state: string }>(
      `SELECT i.state FROM unnest($1::uuid[]) WITH ORDINALITY p (id, n)
         JOIN vault.identities i ON i.alumnus_id = p.id ORDER BY n`,
      [people],
    );
    const { rows: shown } = await pool.query<{ shown: boolean }>(
      `SELECT programme IS NOT NULL AS shown FROM unnest($1::text[]) WITH ORDINALITY p (id, n)
         LEFT JOIN alumni_roster.person r ON r.alumnus_id = p.id ORDER BY n`,
      [people],
    );
    const shreds = await readShreds(path.join(place.home, 'epochs', 'shreds'), small.room.identity.ledgerId);
    const listed = shreds.filter(({ subject }) => people.includes(subject.slice('alumnus:'.length)));
    return {
      events: lives.map((records) => records.map(({ type }) => type)),
      keys: keys.map(({ key }) => key),
      identities: identities.map(({ state }) => state),
      shown: shown.map((row) => row.shown),
      listed: new Set(listed.map(({ subject, category }) => `${subject} ${category}`)).size,
    };
  };

  it('ends the same as one that nobody killed', async () => {
    const { room, place } = small;
    await following(room, room.store, async () => {
      const ledgerId = room.identity.ledgerId;
      const calm = await approved();
      expect(await run({ place, ledgerId, erasureId: calm.erasureId })).toEqual({ code: 0, signal: null });
      const expected = await outcome(calm.people);
      expect(expected.events).toEqual([
        ['HoldPlaced'],
        ...Array.from({ length: PEOPLE - 1 }, () => ['ErasureStarted', 'ErasureCompleted']),
      ]);
      expect(expected.identities).toEqual(['reserved', 'blocked', 'blocked', 'blocked', 'blocked']);
      expect(expected.shown).toEqual([true, false, false, false, false]);
      // What never had a key has its tombstone too.
      expect(expected.listed).toBe(4 * (PEOPLE - 1));

      for (const point of POINTS) {
        const { erasureId, people } = await approved();
        const killed = await run({ place, ledgerId, erasureId, point });
        expect([point, killed]).toEqual([point, { code: null, signal: 'SIGKILL' }]);
        expect([point, await run({ place, ledgerId, erasureId })]).toEqual([
          point,
          { code: 0, signal: null },
        ]);
        expect([point, await outcome(people)]).toEqual([point, expected]);
        const { ended } = await readErasure(room.ledger, erasureId);
        const totals = { erased: PEOPLE - 1, left: 1, keys: 3 * (PEOPLE - 1) };
        expect([point, ended?.data]).toMatchObject([point, totals]);
      }
    });
  });

  it('of single items, too: the items go, and the rest stays', async () => {
    const { room, place } = small;
    const { ledger, store, vault, identity } = room;
    const planned = async (): Promise<{ erasureId: string; alumnusId: string }> => {
      const alumnusId = await register();
      const erasureId = randomUUID();
      const order = { alumnusId, erasureId, fields: ['email'], reason: '申し出' } as const;
      await proposeItems(
        ledger,
        { ...order, staffId: randomUUID(), approvalAbove: 1 },
        systemContext('test'),
      );
      const approve = { kind: 'ApproveErasure', staffId: randomUUID() } as const;
      await handleErasure(ledger, erasureId, approve, systemContext('test'));
      return { erasureId, alumnusId };
    };
    const left = async (alumnusId: string) => {
      const [fact] = await vault.openFacts(await store.readStream(`alumnus-${alumnusId}`));
      const { rows } = await room.pool.query<{ key: string }>(
        `SELECT category || ' ' || generation || ' ' || state AS key FROM vault.keys WHERE subject = $1 ORDER BY 1`,
        [`alumnus:${alumnusId}`],
      );
      const { alumnusId: _, employeeNumber: __, ...data } = fact!.data as Readonly<Record<string, unknown>>;
      const lives = await store.readStream(lifecycleStream(alumnusId));
      return { data, keys: rows, erased: fact!.erasedFields, lives: lives.map(({ type }) => type) };
    };
    await following(room, room.store, async () => {
      const { ledgerId } = identity;
      const calm = await planned();
      expect(await run({ place, ledgerId, erasureId: calm.erasureId })).toEqual({ code: 0, signal: null });
      const expected = await left(calm.alumnusId);
      expect(expected).toMatchObject({ erased: ['email'], lives: ['ItemErased'] });
      expect(expected.data).not.toHaveProperty('email');
      expect(expected.keys.map(({ key }) => key)).toEqual([
        'contact 1 destroyed',
        'contact 2 live',
        'leaving-detail 1 live',
        'programme 1 live',
      ]);
      for (const point of ITEM_POINTS) {
        const { erasureId, alumnusId } = await planned();
        const killed = await run({ place, ledgerId, erasureId, point });
        expect([point, killed]).toEqual([point, { code: null, signal: 'SIGKILL' }]);
        expect([point, await run({ place, ledgerId, erasureId })]).toEqual([
          point,
          { code: 0, signal: null },
        ]);
        expect([point, await left(alumnusId)]).toEqual([point, expected]);
        const { ended } = await readErasure(ledger, erasureId);
        expect([point, ended?.data]).toMatchObject([point, { erased: 1, left: 0, keys: 1 }]);
      }
    });
  });
});
