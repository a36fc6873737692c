import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { clientOf, ready, startCluster, type Cluster, type Member } from '../e2e/support/cluster';
import { accepted, importFile, leaversFile } from '../e2e/support/steps';
import { notRun } from '../support/not-run';
import { COMMAND, enishi, everything, furnishLedger, idle, type Furnished, type Ran } from './support';

jest.setTimeout(300_000);

/** A ledger in production on a PostgreSQL of one's own: secrets in files, as compose.yaml gives them. */
describe('backup and restore in production, on a PostgreSQL elsewhere', () => {
  const masterKey = randomBytes(32).toString('base64');
  const clusters: Cluster[] = [];
  let place: string;
  let apart: string;
  let old: Cluster;
  let token: string;
  let server: Member;
  let furnished: Furnished;
  let before: unknown;
  let made: Ran['out'];

  const open = async (name: string): Promise<Cluster> => {
    const cluster = await startCluster(name, { TEST_MASTER_KEY: masterKey });
    clusters.push(cluster);
    return cluster;
  };
  const secret = (cluster: Cluster, name: string, text: string): string => {
    const file = path.join(cluster.home, name);
    writeFileSync(file, `${text}\n`, { mode: 0o600 });
    return file;
  };
  /** The settings as a container has them. */
  const settings = (cluster: Cluster): NodeJS.ProcessEnv => {
    const { ENISHI_DATABASE: database, ...rest } = cluster.settings;
    return {
      ...rest,
      ENISHI_DATABASE_FILE: secret(cluster, 'database', database!),
      ENISHI_DATABASE_OWNER_FILE: secret(cluster, 'owner', cluster.database.ownerUrl),
    };
  };
  const run = (cluster: Cluster, ...args: string[]): Promise<Ran> =>
    enishi(cluster.home, args, settings(cluster));
  const query = async <T extends object>(cluster: Cluster, text: string): Promise<T[]> => {
    const client = new Client({ connectionString: cluster.database.ownerUrl });
    await client.connect();
    try {
      return (await client.query<T>(text)).rows;
    } finally {
      await client.end();
    }
  };
  const serve = async (cluster: Cluster): Promise<Member> => {
    const member = await cluster.start('api,worker');
    await ready(member);
    return member;
  };
  const end = async (member: Member): Promise<void> => {
    member.child.kill('SIGTERM');
    expect(await member.ended).toMatchObject({ code: 0 });
  };
  const all = (member: Member) => everything({ url: member.url, token }, furnished);
  const events = async (cluster: Cluster): Promise<number> =>
    (await query<{ n: number }>(cluster, 'SELECT count(*)::int AS n FROM ledger.events'))[0]!.n;

  beforeAll(async () => {
    place = mkdtempSync(path.join(tmpdir(), 'enishi-production-'));
    apart = path.join(place, 'apart');
    old = await open('backup_from');
    token = await old.token('compliance', 'hr', 'operator');
    server = await serve(old);
    furnished = await furnishLedger(clientOf(server, token), 1100);
    before = await all(server);
    const backup = await run(old, 'backup', path.join(place, 'backups'), '--apart', apart);
    expect(backup).toMatchObject({ code: 0 });
    made = backup.out;
  });
  afterAll(async () => {
    for (const cluster of clusters) await cluster.stop();
    rmSync(place, { recursive: true, force: true });
  });

  const backup = (): string => made['folder'] as string;

  it('verifies with the keys, and is rehearsed; the drill is in the ledger that is served', async () => {
    expect(await run(old, 'restore', backup(), '--verify')).toMatchObject({ code: 0, out: { sealed: true } });
    const { code, out } = await run(old, 'restore', backup(), '--drill');
    expect({ code, out }).toMatchObject({ code: 0, out: { leaves: made['leaves'], root: made['root'] } });
    const to = clientOf(server, token);
    await idle(to);
    const trail = accepted(await to.get('/v1/audit-trail?actor=system:command-line'));
    expect(trail.body).toMatchObject({ events: [{ type: 'RestoreDrillRecorded', fields: out }] });
  });

  it('needs the owner of the tables to restore, and says so', async () => {
    const target = await open('backup_owner');
    const { ENISHI_DATABASE_OWNER_FILE: _, ...without } = settings(target);
    const ran = await enishi(target.home, ['restore', backup(), '--apart', apart], without);
    expect(ran).toMatchObject({ code: 1, err: { code: 'not-writable' } });
    expect(ran.err.remedy).toContain('ENISHI_DATABASE_OWNER');
  });

  it('says which file of a secret cannot be read', async () => {
    const env = { ...settings(old), ENISHI_DATABASE_FILE: '/nowhere/database' };
    const ran = await enishi(old.home, ['backup', path.join(place, 'backups')], env);
    expect(ran).toMatchObject({ code: 1, err: { code: 'secret-unreadable' } });
    expect(ran.err.message).toContain('ENISHI_DATABASE_FILE cannot be read (ENOENT)');
  });

  /** How many wait for a lock in this database. */
  const waiting = async (db: Client): Promise<number> => {
    const { rows } = await db.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_locks l JOIN pg_database d ON d.oid = l.database
       WHERE NOT granted AND d.datname = current_database()`,
    );
    return rows[0]!.n;
  };
  const until = async (isSo: () => Promise<boolean>): Promise<void> => {
    for (const deadline = Date.now() + 60_000; !(await isSo()); await sleep(20))
      if (Date.now() > deadline) throw new Error('it never came so far');
  };
  /** Runs a restore until it waits for what is locked here, kills it there, and lets go. */
  const killedAt = async (target: Cluster, lock: string): Promise<void> => {
    const holder = new Client({ connectionString: target.database.ownerUrl });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query(lock);
    const child: ChildProcess = spawn(
      process.execPath,
      [COMMAND, 'restore', backup(), '--apart', apart, '--home', target.home],
      { env: { PATH: process.env['PATH'], ...settings(target) }, stdio: 'ignore' },
    );
    const ended = once(child, 'exit');
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`it did not wait, and ended with ${child.exitCode}`);
      return (await waiting(holder)) > 0;
    });
    child.kill('SIGKILL');
    await ended;
    // Once PostgreSQL has noticed, nothing of it goes on.
    await until(async () => (await waiting(holder)) === 0);
    await holder.query('ROLLBACK');
    await holder.end();
  };
  /** A server must not serve what is half there. */
  const refused = async (target: Cluster): Promise<string> => {
    const told = await target.start('api').then(
      () => 'it serves',
      (error: Error) => error.message,
    );
    return told;
  };

  it('killed at every stage of a restore, the same command brings it to its end', async () => {
    const target = await open('backup_killed');
    const [{ name }] = (await query<{ name: string }>(target, 'SELECT current_database() AS name')) as [
      { name: string },
    ];
    await query(target, `ALTER DATABASE ${name} SET client_connection_check_interval = '50ms'`);
    await killedAt(target, 'LOCK TABLE ledger.events IN EXCLUSIVE MODE');
    expect(await events(target)).toBe(0);
    // In the middle of the events: what came first is there, the rest is not.
    await query(target, 'CREATE TABLE public.brake (one int)');
    await query(
      target,
      `CREATE FUNCTION public.brake() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN IF NEW.position = 1050 THEN LOCK TABLE public.brake; END IF; RETURN NEW; END $$`,
    );
    await query(
      target,
      'CREATE TRIGGER brake BEFORE INSERT ON ledger.events FOR EACH ROW EXECUTE FUNCTION public.brake()',
    );
    await killedAt(target, 'LOCK TABLE public.brake');
    const written = await events(target);
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThan(1050);
    await query(target, 'DROP TRIGGER brake ON ledger.events');
    await query(target, 'DROP FUNCTION public.brake');
    await query(target, 'DROP TABLE public.brake');
    // All events are there, the tables are not.
    await killedAt(target, 'LOCK TABLE vault.keys IN ACCESS EXCLUSIVE MODE');
    expect(await events(target)).toBe(made['leaves']);
    expect(await refused(target)).toContain('a ledger that this database does not know');
    // The tables too; the note in the ledger is not.
    await killedAt(target, 'LOCK TABLE ledger.events IN EXCLUSIVE MODE');
    expect(await query(target, 'SELECT restoring FROM vault.ledger')).toEqual([
      { restoring: made['digest'] },
    ]);
    expect(await refused(target)).toContain('A restore into this database was not finished');

    expect(await run(target, 'restore', backup(), '--apart', apart)).toMatchObject({
      code: 0,
      out: { leaves: made['leaves'], root: made['root'] },
    });
    const again = await serve(target);
    expect(await all(again)).toEqual(before);
    const trail = accepted(await clientOf(again, token).get('/v1/audit-trail?actor=system:restore'));
    expect((trail.body as { events: unknown[] }).events).toHaveLength(1);
    await end(again);
    // It is a ledger now, and nothing goes over it.
    expect(await run(target, 'restore', backup(), '--apart', apart)).toMatchObject({
      code: 5,
      err: { code: 'not-empty' },
    });
  });

  it('an older backup: refused where more is known outside, served after --apply', async () => {
    await importFile(clientOf(server, token), leaversFile(30, { seed: 5 }));
    await idle(clientOf(server, token));
    // The marks say how far the ledger came; every minute, and at each backup.
    const newer = await run(old, 'backup', path.join(place, 'newer'), '--apart', apart);
    expect(newer.code).toBe(0);
    const target = await open('backup_older');
    expect(await run(target, 'restore', backup(), '--apart', apart)).toMatchObject({
      code: 5,
      err: { code: 'events-lost' },
    });
    expect(await events(target)).toBe(0);
    const lost = Number(newer.out['leaves']) - Number(made['leaves']);
    expect(await run(target, 'restore', backup(), '--apart', apart, '--accept-loss')).toMatchObject({
      code: 0,
      out: { lost },
    });
    // As if it were a snapshot put back by hand: what stands outside is from after it.
    cpSync(path.join(apart, 'shreds'), path.join(target.home, 'epochs', 'shreds'), {
      recursive: true,
      force: true,
    });
    expect(await refused(target)).toContain('does not have leaf');
    expect(await run(target, 'restore', '--apply')).toMatchObject({ code: 5, err: { code: 'events-lost' } });
    expect(await run(target, 'restore', '--apply', '--accept-loss')).toMatchObject({ code: 0 });
    const again = await serve(target);
    expect(await all(again)).toEqual(before);
    await end(again);
  });

  it('says in one sentence that a disk is full, and leaves nothing half-done', async () => {
    const full = path.join(place, 'full');
    mkdirSync(full);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', full], { stdio: 'pipe' });
    } catch {
      return notRun('backup on a full disk', 'a small file system cannot be mounted here');
    }
    try {
      const ran = await run(old, 'backup', path.join(full, 'backups'));
      expect(ran).toMatchObject({ code: 1, err: { code: 'disk-full' } });
      expect(ran.err.message).toBe(`The disk of ${path.join(full, 'backups')} is full.`);
      expect(readdirSync(path.join(full, 'backups'))).toEqual([]);
      // What is left is taken to the last byte.
      expect(() => writeFileSync(path.join(full, 'ballast'), Buffer.alloc(1024 * 1024))).toThrow('ENOSPC');
      const keys = await run(old, 'backup', path.join(place, 'whole'), '--apart', path.join(full, 'keys'));
      expect(keys).toMatchObject({ code: 1, err: { code: 'disk-full' } });
      expect(keys.err.message).toContain(path.join(full, 'keys'));
    } finally {
      execFileSync('umount', [full]);
    }
  });
});
