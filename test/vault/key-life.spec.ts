import { setTimeout as delay } from 'node:timers/promises';
import { AcknowledgementMissing, KeyClosed, type Vault } from '@enishi/vault';
import { Pool } from 'pg';
import { SESSION_LOCK_CLASS } from '../../libs/vault/src/sessions';
import { anId, guest, House, openOne, record } from './house';

const place = (id: string) => ({ stream: `alumnus-${id}`, id: anId(), event: guest(id) });
const erase = async (vault: Vault, id: string): Promise<void> => {
  await vault.closeKey(`alumnus:${id}`, 'programme', 'staff:s', 'erasure');
  await vault.destroyKey(`alumnus:${id}`, 'programme', 'staff:s', 'erasure', 'plan-1');
};

describe('the life of a key', () => {
  let house: House;
  let one: Vault;
  let two: Vault;
  beforeAll(async () => {
    house = await House.build();
    // Slow polls: what works here works by notification. The poll has a test of its own.
    one = await house.open({ pollMs: 60_000, acknowledgementMs: 300 });
    two = await house.open({ pollMs: 60_000, acknowledgementMs: 300 });
  });
  afterAll(() => house.tearDown());

  it('is agreed on by two processes that create it at once', async () => {
    const ids = Array.from({ length: 200 }, anId);
    const [left, right] = await Promise.all([
      record(
        one,
        ids.map((id) => guest(id)),
      ),
      record(
        two,
        [...ids].reverse().map((id) => guest(id)),
      ),
    ]);
    for (const vault of [one, two]) {
      const facts = await vault.openFacts([...left, ...right]);
      expect(facts.every((fact) => fact.erased.length === 0 && 'name' in fact.data)).toBe(true);
    }
    const { rows } = await house.owner.query<{ n: number }>(
      'SELECT count(*)::integer AS n FROM vault.keys WHERE subject = ANY ($1)',
      [ids.map((id) => `alumnus:${id}`)],
    );
    expect(rows[0]!.n).toBe(200);
  });

  it('ends: sealing is refused everywhere, opening says erased, the row stays', async () => {
    const id = anId();
    const [event] = await record(one, [guest(id)]);
    expect((await openOne(two, event!)).data['name']).toBe('青木 花子');
    await erase(one, id);
    for (const vault of [one, two]) {
      await expect(record(vault, [guest(id)])).rejects.toThrow(KeyClosed);
      expect(await openOne(vault, event!)).toEqual({ data: { alumnusId: id }, erased: ['programme'] });
    }
    const { rows } = await house.owner.query('SELECT * FROM vault.keys WHERE subject = $1', [
      `alumnus:${id}`,
    ]);
    expect(rows).toMatchObject([
      {
        state: 'destroyed',
        wrapped: null,
        closed_by: 'staff:s',
        closed_why: 'erasure',
        destroyed_by: 'staff:s',
        destroyed_why: 'erasure',
        plan_event_id: 'plan-1',
      },
    ]);
    // Recovery goes forward: repeating either step is harmless.
    await erase(two, id);
  });

  it('must be closed before it is destroyed', async () => {
    const id = anId();
    await record(one, [guest(id)]);
    await expect(one.destroyKey(`alumnus:${id}`, 'programme', 's', 'w', 'p')).rejects.toMatchObject({
      code: 'key-not-closing',
    });
    await expect(one.destroyKey(`alumnus:${anId()}`, 'programme', 's', 'w', 'p')).rejects.toMatchObject({
      code: 'key-not-closing',
    });
  });

  it('leaves a tombstone where there never was a key, so that none is born later', async () => {
    const id = anId();
    await erase(one, id);
    await expect(record(two, [guest(id)])).rejects.toThrow(KeyClosed);
    expect(await house.keysOf(id)).toMatchObject([{ generation: 1, state: 'destroyed', wrapped: null }]);
  });

  it('is never made twice or past a tombstone for somebody who is wrongly said to be new', async () => {
    const known = anId();
    const gone = anId();
    const [event] = await record(one, [guest(known)]);
    await erase(one, gone);
    const fresh = anId();
    for (const vault of [one, two]) {
      const lease = vault.lease();
      const told = [known, fresh].map((id) => ({ ...place(id), isNewSubject: true }));
      const sealed = (await lease.seal(told)) as unknown as readonly { sealed: { generation: number }[] }[];
      expect(sealed.map((data) => data.sealed[0]!.generation)).toEqual([1, 1]);
      await expect(lease.seal([{ ...place(gone), isNewSubject: true }])).rejects.toThrow(KeyClosed);
      lease.release();
      expect((await openOne(vault, event!)).data['name']).toBe('青木 花子');
    }
    const { rows } = await house.owner.query<{ n: number }>(
      'SELECT count(*)::integer AS n FROM vault.keys WHERE subject = ANY ($1)',
      [[known, gone, fresh].map((id) => `alumnus:${id}`)],
    );
    expect(rows[0]!.n).toBe(3);
  });

  it('has a later generation only by an event that may reopen it', async () => {
    const id = anId();
    const [before] = await record(one, [guest(id, { name: 'before' })]);
    await erase(one, id);
    await expect(record(one, [guest(id)], { mayReopen: ['contact'] })).rejects.toThrow(KeyClosed);
    const [after] = await record(two, [guest(id, { name: 'after' })], { mayReopen: ['programme'] });
    const [later] = await record(one, [guest(id, { name: 'later' })]);
    expect((await house.keysOf(id)).map(({ generation, state }) => [generation, state])).toEqual([
      [1, 'destroyed'],
      [2, 'live'],
    ]);
    for (const vault of [one, two]) {
      expect((await openOne(vault, before!)).erased).toEqual(['programme']);
      expect((await openOne(vault, after!)).data['name']).toBe('after');
      expect((await openOne(vault, later!)).data['name']).toBe('later');
    }
  });

  it('re-seals under a later generation while the earlier one is closing, then destroys only that', async () => {
    const id = anId();
    const [old] = await record(one, [guest(id, { name: 'old' })]);
    await one.closeKey(`alumnus:${id}`, 'programme', 's', 'item-erased');
    expect((await openOne(one, old!)).data['name']).toBe('old');
    const [kept] = await record(one, [guest(id, { name: 'kept' })], { mayReopen: ['programme'] });
    await one.destroyKey(`alumnus:${id}`, 'programme', 's', 'item-erased', 'plan');
    expect((await openOne(one, old!)).erased).toEqual(['programme']);
    expect((await openOne(one, kept!)).data['name']).toBe('kept');
  });

  it('waits for a seal under way elsewhere, and goes on when it is settled', async () => {
    const id = anId();
    const lease = two.lease();
    await lease.seal([place(id)]);
    await one.closeKey(`alumnus:${id}`, 'programme', 's', 'erasure');
    await expect(one.destroyKey(`alumnus:${id}`, 'programme', 's', 'w', 'p')).rejects.toThrow(
      AcknowledgementMissing,
    );
    expect(house.alarms.at(-1)!.code).toBe('acknowledgement-missing');
    expect((await house.keysOf(id))[0]!.state).toBe('closing');

    // The lease already sealed; a second seal under the closing key is refused.
    await expect(lease.seal([place(id)])).rejects.toThrow(KeyClosed);
    const destroyed = one.destroyKey(`alumnus:${id}`, 'programme', 's', 'w', 'p');
    await delay(20);
    lease.release();
    lease.release();
    await destroyed;
    expect((await house.keysOf(id))[0]!.state).toBe('destroyed');
  });

  it('does not let one long lease hold up the erasure of others for longer than it lasts', async () => {
    const [held, other] = [anId(), anId()];
    await record(two, [guest(other)]);
    const lease = two.lease();
    await lease.seal([place(held)]);
    // Closed first, but not in use: acknowledged although a later closing has to wait.
    await erase(one, other);
    await one.closeKey(`alumnus:${held}`, 'programme', 's', 'erasure');
    lease.release();
    await one.destroyKey(`alumnus:${held}`, 'programme', 's', 'w', 'p');
  });

  it('never seals after a closing was acknowledged, whatever the interleaving', async () => {
    for (let round = 0; round < 15; round++) {
      const id = anId();
      let erased = false;
      const sealing = (async () => {
        for (;;) {
          // With its key cached a seal waits for nothing; a store would.
          await delay(0);
          const lease = two.lease();
          try {
            await lease.seal([place(id)]);
            expect(erased).toBe(false);
          } catch (error) {
            expect(error).toBeInstanceOf(KeyClosed);
            return;
          } finally {
            lease.release();
          }
        }
      })();
      await delay(round % 4);
      await one.closeKey(`alumnus:${id}`, 'programme', 's', 'erasure');
      await one.destroyKey(`alumnus:${id}`, 'programme', 's', 'w', 'p');
      erased = true;
      await sealing;
    }
  });

  it('finds closings by polling where notifications do not arrive', async () => {
    const polling = await house.open({ pollMs: 20 });
    const id = anId();
    await record(polling, [guest(id)]);
    // As closing does it, without NOTIFY.
    await house.owner.query(
      `WITH c AS (UPDATE vault.closings SET last = last + 1 RETURNING last)
       UPDATE vault.keys SET state = 'closing', closing_number = c.last FROM c WHERE subject = $1`,
      [`alumnus:${id}`],
    );
    await delay(150);
    await expect(record(polling, [guest(id)])).rejects.toThrow(KeyClosed);
    await polling.close();
  });

  describe('a process', () => {
    it('that is frozen delays the erasure, until its session is ended', async () => {
      const id = anId();
      await record(one, [guest(id)]);
      // Holds its lock and answers nothing.
      const frozen = await house.owner.connect();
      await frozen.query('SELECT pg_advisory_lock($1, 999999)', [SESSION_LOCK_CLASS]);
      await frozen.query('INSERT INTO vault.processes VALUES (999999, 0, now())');
      const { rows } = await frozen.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await one.closeKey(`alumnus:${id}`, 'programme', 's', 'erasure');
      const waiting = one.destroyKey(`alumnus:${id}`, 'programme', 's', 'w', 'p');
      await expect(waiting).rejects.toMatchObject({ backends: [rows[0]!.pid] });
      expect((await house.keysOf(id))[0]!.wrapped).not.toBeNull();
      frozen.release(true);
      await one.destroyKey(`alumnus:${id}`, 'programme', 's', 'w', 'p');
      expect((await house.keysOf(id))[0]!.wrapped).toBeNull();
    });

    it('that loses its session drops its keys and seals again only under a new one', async () => {
      const doomed = await house.open({ pollMs: 60_000 });
      const id = anId();
      const [event] = await record(doomed, [guest(id)]);
      const lease = doomed.lease();
      await lease.seal([place(id)]);
      await endSessions(house);
      // Its lock is gone, so nobody waits for it; what it may still append is born erased.
      await erase(one, id);
      lease.release();
      await expect(record(doomed, [guest(id)])).rejects.toThrow(KeyClosed);
      expect((await openOne(doomed, event!)).erased).toEqual(['programme']);
      await record(doomed, [guest(anId())]);
      expect(house.lines.some((line) => line.includes('sealing session lost'))).toBe(true);
    });

    it('carries the seals under way into its new session', async () => {
      let noticed = (): void => undefined;
      const lost = new Promise<void>((resolve) => (noticed = resolve));
      const sealing = await house.open({ logger: { info: () => undefined, warn: () => noticed() } });
      const id = anId();
      const lease = sealing.lease();
      await lease.seal([place(id)]);
      await endSessions(house);
      // Between the loss and the new session nobody waits for this process; from then on they do again.
      await lost;
      await record(sealing, [guest(anId())]);
      await one.closeKey(`alumnus:${id}`, 'programme', 's', 'erasure');
      await expect(one.destroyKey(`alumnus:${id}`, 'programme', 's', 'w', 'p')).rejects.toThrow(
        AcknowledgementMissing,
      );
      lease.release();
      await one.destroyKey(`alumnus:${id}`, 'programme', 's', 'w', 'p');
    });

    it('that seals while sessions keep dying either seals or refuses, and nothing it sealed is lost', async () => {
      const id = anId();
      const sealed = [];
      for (let round = 0; round < 6; round++) {
        const ending = round % 2 === 0 ? endSessions(house) : Promise.resolve();
        sealed.push(...(await record(two, [guest(id, { name: `n${round}` })])));
        await ending;
      }
      const facts = await one.openFacts(sealed);
      expect(facts.map((fact) => (fact.data as { name?: string }).name)).toEqual([
        'n0',
        'n1',
        'n2',
        'n3',
        'n4',
        'n5',
      ]);
    });

    it('that has closed its vault is not waited for', async () => {
      const leaving = await house.open();
      const id = anId();
      await record(leaving, [guest(id)]);
      await leaving.close();
      await leaving.close();
      await expect(leaving.lease().seal([place(id)])).rejects.toMatchObject({ code: 'vault-unavailable' });
      await erase(one, id);
    });
  });

  it('is guarded by the database itself', async () => {
    const id = anId();
    await record(one, [guest(id)]);
    const subject = `alumnus:${id}`;
    const app = new Pool({ connectionString: house.database.url, max: 1 });
    await expect(app.query('DELETE FROM vault.keys')).rejects.toThrow('permission denied');
    await expect(app.query('TRUNCATE vault.keys')).rejects.toThrow('permission denied');
    await expect(app.query('DELETE FROM vault.identities')).rejects.toThrow('permission denied');
    await expect(app.query(`UPDATE vault.keys SET subject = 'x'`)).rejects.toThrow('permission denied');
    await expect(app.query(`UPDATE vault.ledger SET wrapped_secret = ''`)).rejects.toThrow(
      'permission denied',
    );
    await app.end();
    const destroyed = `UPDATE vault.keys SET state = 'destroyed', wrapped = NULL, closing_number = 1,
      destroyed_at = now(), plan_event_id = 'p' WHERE subject = $1`;
    await expect(house.owner.query(destroyed, [subject])).rejects.toThrow('only goes from live to closing');
    await erase(one, id);
    await expect(
      house.owner.query(`UPDATE vault.keys SET state = 'live', wrapped = '\\x00' WHERE subject = $1`, [
        subject,
      ]),
    ).rejects.toThrow('only goes from live to closing');
  });
});

/** Ends every vault session of the serving role, as an operator would. */
async function endSessions(house: House): Promise<void> {
  const app = new Pool({ connectionString: house.database.url, max: 1 });
  await app.query(
    `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND pid <> pg_backend_pid()
     AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [SESSION_LOCK_CLASS],
  );
  await app.end();
}
