import { randomUUID } from 'node:crypto';
import { alumnusStream, consentStream } from '@enishi/application/ledger';
import type { JsonObject } from '@enishi/domain';
import type { EventStore } from '@enishi/event-store';
import { dropVersion, parkedScopes, readVersion, requestRebuild, schemaOf } from '@enishi/projections/engine';
import { projectionsOf } from '@enishi/worker';
import type { Infrastructure } from '../../apps/server/src/infrastructure';
import { Desk, peopleOf, type PublishedPurpose } from '../bench/desk';
import { doChore } from './campaign/chores';
import { caughtUp, following, openSmallLedger, type SmallLedger } from './small-ledger';

jest.setTimeout(120_000);

const VIEWS = [
  'alumni-roster',
  'as-of-facts',
  'audit-trail',
  'consent-history',
  'leaves',
  'purpose-catalogue',
  'request-register',
  'retention-calendar',
];

/** What the table of a view says, without what names any of these. */
async function rowsWithout(
  room: Infrastructure,
  view: string,
  gone: readonly string[],
): Promise<readonly string[]> {
  const schema = schemaOf(view, 'serving');
  const { rows: tables } = await room.pool.query<{ name: string }>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = $1 ORDER BY 1',
    [schema],
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await room.pool.query<{ row: string }>(`SELECT t::text AS row FROM ${schema}.${name} t`);
    found.push(
      ...rows.map(({ row }) => `${name} ${row}`).filter((row) => !gone.some((id) => row.includes(id))),
    );
  }
  return found.sort();
}

describe('events that this program cannot apply, in a ledger with everything else', () => {
  let ground: SmallLedger;
  let room: Infrastructure;
  let desk: Desk;
  let purpose: PublishedPurpose;
  let people: readonly string[];
  const poison = new Set<string>();
  const consentOf = (person: string) => consentStream(person, purpose.purposeId);

  /** Puts an event with the data of a stream's last one behind it, past all rules. */
  async function inject(stream: string, of: { type?: string; metadata?: JsonObject }) {
    const last = (await room.store.readStream(stream)).at(-1)!;
    const { data } = last;
    const { type = last.type, metadata = last.metadata } = of;
    const id = randomUUID();
    const commandId = randomUUID();
    const events = [{ id, type, data, metadata: { ...metadata, commandId } }];
    await room.store.append({ stream, expected: last.revision, events });
    poison.add(id);
  }

  beforeAll(async () => {
    ground = await openSmallLedger('poison');
    ({ room } = ground);
    desk = new Desk(room.ledger);
    [purpose] = (await desk.publishPurposes()) as [PublishedPurpose];
    await doChore(room, ground.place, { kind: 'import', id: 'people', rows: 8 });
    people = await peopleOf(room.ledger);
    for (const person of people) await desk.request(person, purpose);
    await following(room, room.store, () => caughtUp(room));
  });
  afterAll(() => ground.stop());

  it('park their person where they matter, and nobody else; every event has its leaf', async () => {
    const [unknown, newer, broken, torn, ...others] = people as [string, string, string, string, ...string[]];
    await following(room, room.store, async () => {
      await inject(consentOf(unknown), { type: 'ConsentForetold' });
      const { metadata } = (await room.store.readStream(consentOf(newer))).at(-1)!;
      await inject(consentOf(newer), { metadata: { ...metadata, v: 99 } });
      // Sealed for another event: it does not open here.
      await inject(alumnusStream(broken), {});
      await inject(consentOf(torn), { metadata: { v: 1 } });
      for (const person of others) await desk.grant(person, purpose);
      await caughtUp(room);
    });
    const parked = async (view: string) =>
      (await parkedScopes(room.pool, view))
        .map(({ scope }) => ('id' in scope ? scope.id : scope.kind))
        .sort();
    expect(await parked('leaves')).toEqual([]);
    expect(await parked('purpose-catalogue')).toEqual([]);
    expect(await parked('alumni-roster')).toEqual([newer, broken, torn].sort());
    // It opens nothing of a registration, and knows no event of that name.
    expect(await parked('consent-history')).toEqual([newer, torn].sort());
    expect(await parked('audit-trail')).toEqual([unknown, newer, torn].sort());
    const { rows } = await room.pool.query<{ n: number }>('SELECT count(*)::integer AS n FROM leaves.leaf');
    expect(BigInt(rows[0]!.n)).toBe(await room.store.head());
  });

  it('are told in the status of the views, by code and place', async () => {
    const [, newer] = people;
    const found = (await parkedScopes(room.pool, 'alumni-roster')).find(
      ({ scope }) => 'id' in scope && scope.id === newer,
    );
    expect(poison.has(found!.eventId)).toBe(true);
    expect(found!.code).toMatch(/^[\w-]+$/);
  });

  it('stop a rebuild, while what serves goes on', async () => {
    const before = await rowsWithout(room, 'alumni-roster', []);
    await following(room, room.store, async () => {
      const roster = projectionsOf(room.identity.ledgerId).find(({ name }) => name === 'alumni-roster')!;
      await requestRebuild(room.pool, roster, await room.store.head());
      while ((await readVersion(room.pool, roster.name, 'building'))?.state !== 'stopped')
        await new Promise((go) => setTimeout(go, 20));
    });
    expect(await rowsWithout(room, 'alumni-roster', [])).toEqual(before);
  });

  it('leave everybody else’s rows as a ledger without them has them', async () => {
    const gone = [...people.slice(0, 4), ...poison];
    const stood = new Map<string, readonly string[]>();
    for (const view of VIEWS) stood.set(view, await rowsWithout(room, view, gone));
    const db = await room.pool.connect();
    for (const view of VIEWS)
      for (const slot of ['serving', 'building'] as const) await dropVersion(db, view, slot);
    db.release();
    const clean: EventStore = {
      ...room.store,
      readAll: async (options) => (await room.store.readAll(options)).filter(({ id }) => !poison.has(id)),
      subscribe: async function* (options) {
        for await (const page of room.store.subscribe(options)) {
          const rest = page.filter(({ id }) => !poison.has(id));
          if (rest.length > 0) yield rest;
        }
      },
    };
    await following(room, clean, () => caughtUp(room));
    for (const view of VIEWS.filter((name) => name !== 'leaves'))
      expect([view, await rowsWithout(room, view, gone)]).toEqual([view, stood.get(view)]);
  });
});
