import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LEFT_OUT } from '@enishi/backup';
import { PROJECTIONS } from '@enishi/projections/all';
import { Client } from 'pg';
import { accepted, importFile, leaversFile, type ImportView } from '../e2e/support/steps';
import { api } from '../support/api';
import { databaseOf } from '../support/home-database';
import {
  spawnServer,
  startServer,
  temporaryHome,
  type TemporaryHome,
  type TestServer,
} from '../support/server';
import {
  enishi,
  everything,
  furnishLedger,
  idle,
  keysOf,
  newestIn,
  vaultOf,
  type Furnished,
} from './support';

describe('a backup of a server that runs, restored elsewhere', () => {
  let old: TemporaryHome;
  let place: string;
  let backups: string;
  let apart: string;
  let furnished: Furnished;
  let before: unknown;
  let backup: string;
  let made: Record<string, unknown>;
  let ledgerId: string;
  let imported: ImportView;
  const homes: TemporaryHome[] = [];

  const newHome = (): string => {
    const home = temporaryHome();
    homes.push(home);
    return home.home;
  };
  const restore = (home: string, ...more: string[]) =>
    enishi(home, ['restore', backup, '--apart', apart, ...more], keysOf(old.home));
  const serve = (home: string) => startServer({ home, env: keysOf(old.home) });
  const query = async <T extends object>(home: string, text: string): Promise<T[]> => {
    const client = new Client({ connectionString: databaseOf(home, 'enishi_admin') });
    await client.connect();
    try {
      return (await client.query<T>(text)).rows;
    } finally {
      await client.end();
    }
  };
  const leaves = (home: string) =>
    query(home, `SELECT number, event_id, encode(hash, 'hex') AS hash FROM leaves.leaf ORDER BY number`);

  beforeAll(async () => {
    old = temporaryHome();
    place = mkdtempSync(path.join(tmpdir(), 'enishi-backup-'));
    [backups, apart] = [path.join(place, 'backups'), path.join(place, 'apart')];
    const server = await startServer({ home: old.home });
    try {
      const to = api(server);
      furnished = await furnishLedger(to, 120);
      before = await everything(server, furnished);
      const written = importFile(to, leaversFile(150, { seed: 99 }));
      const ran = await enishi(old.home, ['backup', backups, '--apart', apart]);
      await written;
      // The second time it puts right what overlaps; a third time it changes nothing.
      imported = await importFile(to, leaversFile(150, { seed: 99 }));
      expect(ran).toMatchObject({ code: 0 });
      // What the import wrote meanwhile is whole in this one.
      await idle(to);
      before = await everything(server, furnished);
      const again = await enishi(old.home, ['backup', backups, '--apart', apart]);
      expect(again).toMatchObject({ code: 0 });
      made = again.out;
      backup = newestIn(backups);
      ledgerId = made['ledgerId'] as string;
    } finally {
      await server.stop();
    }
  }, 180_000);
  afterAll(async () => {
    for (const home of [...homes, old]) await home.remove();
    rmSync(place, { recursive: true, force: true });
  });

  it('proves whole, with every key', async () => {
    for (const name of readdirSync(backups)) {
      const args = ['restore', path.join(backups, name), '--verify'];
      const { code, out } = await enishi(old.home, args);
      expect(code).toBe(0);
      expect(out).toMatchObject({ sealed: true, artefacts: 1 });
      expect(out['opened']).toBe((out['keys'] as { live: number }).live);
    }
    // Without the keys, what needs none.
    const { out } = await enishi(path.join(place, 'nowhere'), ['restore', backup, '--verify']);
    expect(out).toMatchObject({ sealed: false, root: made['root'] });
  });

  it('has no key in it, and no name', () => {
    const names = readdirSync(backup, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => /epoch-|master|shreds|marks/.test(name))).toEqual([]);
    expect(readFileSync(path.join(backup, 'ledger.ndjson'), 'utf8')).not.toContain('面談で確認');
    expect(existsSync(path.join(apart, 'epochs', 'current', `${ledgerId}.epoch-1.json`))).toBe(true);
  });

  it('holds every table there is, but for views and what is named as left out', async () => {
    const server = await startServer({ home: old.home });
    const tables = await query<{ name: string; schema: string }>(
      old.home,
      `SELECT n.nspname || '.' || c.relname AS name, n.nspname AS schema FROM pg_class c
       JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'ledger', 'views', 'leaves')`,
    );
    await server.stop();
    const views = PROJECTIONS.map(({ name }) => name.replaceAll('-', '_'));
    const wanted = tables.filter(({ schema }) => !views.some((view) => schema.startsWith(view)));
    const { manifest } = JSON.parse(readFileSync(path.join(backup, 'manifest.json'), 'utf8')) as {
      manifest: { tables: { table: string }[] };
    };
    const held = manifest.tables.map(({ table }) => table);
    expect([...held, ...Object.keys(LEFT_OUT)].sort()).toEqual(wanted.map(({ name }) => name).sort());
  });

  it('comes back the same: roster, person, history, leaves, the bytes of the scan', async () => {
    const home = newHome();
    const restored = await restore(home);
    expect(restored).toMatchObject({ code: 0, out: { leaves: made['leaves'], root: made['root'], lost: 0 } });
    const server = await serve(home);
    try {
      expect(await everything(server, furnished)).toEqual(before);
      const vault = await vaultOf(home, ledgerId, old.home);
      const bytes = await vault.artefacts.get(`alumnus:${furnished.alumnusId}`, furnished.artefactId);
      await vault.close();
      expect(Buffer.from(bytes)).toEqual(furnished.scan);
      const trail = accepted(await api(server).get('/v1/audit-trail?actor=system:restore'));
      expect(trail.body).toMatchObject({
        events: [
          { type: 'LedgerRestored', fields: { backup: made['digest'], leaves: made['leaves'], lost: 0 } },
        ],
      });
      // Life goes on: the same file changes nothing, a new one is taken in.
      const again = await importFile(api(server), leaversFile(150, { seed: 99 }));
      const { refused } = imported.counts;
      expect(again.counts).toMatchObject({ registered: 0, corrected: 0, refused });
      expect(
        (await importFile(api(server), leaversFile(190, { seed: 99 }))).counts['registered'],
      ).toBeGreaterThan(0);
      await idle(api(server));
      const known = await leavesOfOld();
      expect((await leaves(home)).slice(0, known.length)).toEqual(known);
    } finally {
      await server.stop();
    }
  }, 180_000);

  const leavesOfOld = async (): Promise<unknown[]> => {
    const server = await startServer({ home: old.home });
    try {
      await idle(api(server));
      return (await leaves(old.home)).slice(0, Number(made['leaves']));
    } finally {
      await server.stop();
    }
  };

  it('never goes over a ledger, nor under one that runs', async () => {
    const home = newHome();
    const server = await startServer({ home });
    expect(await restore(home)).toMatchObject({ code: 1, err: { code: 'already-running' } });
    await server.stop();
    expect(await restore(home)).toMatchObject({ code: 5, err: { code: 'not-empty' } });
  }, 120_000);

  it('needs the master key of this ledger and its epoch keys, and says which is missing', async () => {
    const home = newHome();
    const stranger = newHome();
    await (await startServer({ home: stranger })).stop();
    const args = ['restore', backup, '--apart', apart];
    expect(await enishi(home, args, keysOf(stranger))).toMatchObject({
      code: 2,
      err: { code: 'key-unusable' },
    });
    const without = await enishi(home, ['restore', backup], keysOf(old.home));
    expect(without).toMatchObject({ code: 2, err: { code: 'key-unusable' } });
    expect(without.err.remedy).toContain('--apart');
    // Nothing was begun.
    expect(await restore(home)).toMatchObject({ code: 0 });
  }, 120_000);

  describe('that is not what it was', () => {
    const spoilt = async (spoil: (folder: string) => void) => {
      const copy = path.join(place, 'spoilt');
      cpSync(backup, copy, { recursive: true });
      try {
        spoil(copy);
        const args = ['restore', copy, '--verify'];
        return await enishi(old.home, args);
      } finally {
        rmSync(copy, { recursive: true });
      }
    };
    const change = (file: string, from: RegExp, to: string) => (folder: string) => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      expect(text).toMatch(from);
      writeFileSync(path.join(folder, file), text.replace(from, to));
    };
    const artefact = () =>
      readdirSync(path.join(backup, 'artefacts'), { recursive: true, encoding: 'utf8' }).find((name) =>
        name.endsWith('.sealed'),
      )!;

    it.each<[string, string, (folder: string) => void]>([
      [
        'an event altered',
        'backup-damaged',
        change('ledger.ndjson', /"commandId":"[0-9a-f]/, '"commandId":"_'),
      ],
      ['a part cut', 'backup-damaged', (folder) => truncateSync(path.join(folder, 'ledger.ndjson'), 1000)],
      [
        'a part missing',
        'backup-damaged',
        (folder) => rmSync(path.join(folder, 'tables', 'vault.keys.ndjson')),
      ],
      ['a scan missing', 'backup-damaged', (folder) => rmSync(path.join(folder, 'artefacts', artefact()))],
      [
        'a scan altered',
        'backup-damaged',
        (folder) => truncateSync(path.join(folder, 'artefacts', artefact()), 300),
      ],
      ['a manifest altered', 'backup-altered', change('manifest.json', /"leaves": \d/, '"leaves": 9')],
      ['a manifest missing', 'backup-unfinished', (folder) => rmSync(path.join(folder, 'manifest.json'))],
      [
        'nothing there',
        'not-a-backup',
        (folder) =>
          readdirSync(folder).forEach((name) => rmSync(path.join(folder, name), { recursive: true })),
      ],
    ])('is refused: %s', async (_, code, spoil) => {
      const ran = await spoilt(spoil);
      expect(ran.err.code).toBe(code);
      expect(ran.code).not.toBe(0);
    });
  });

  it('keeps nothing of one that was refused for its place', async () => {
    const inside = path.join(backups, 'keys');
    const server = await startServer({ home: old.home });
    const ran = await enishi(old.home, ['backup', backups, '--apart', inside]);
    await server.stop();
    expect(ran).toMatchObject({ code: 2, err: { code: 'places-overlap' } });
    expect(readdirSync(backups)).toHaveLength(2);
  });

  it('brings back nobody who was erased since, and says what was lost', async () => {
    const erased = `alumnus:${furnished.alumnusId}` as const;
    const server = await startServer({ home: old.home });
    const vault = await vaultOf(old.home, ledgerId);
    for (const category of ['programme', 'contact'] as const) {
      await vault.closeKey(erased, category, 'staff:s', 'plan');
      await vault.destroyKey(erased, category, 'staff:s', 'plan', 'event-1');
    }
    await vault.close();
    await importFile(api(server), leaversFile(20, { seed: 31 }));
    await idle(api(server));
    // Only what stands apart is brought up to date: the backup itself is the old one.
    const newer = await enishi(old.home, ['backup', backups, '--apart', apart]);
    await server.stop();
    rmSync(newer.out['folder'] as string, { recursive: true });

    const home = newHome();
    expect(await restore(home)).toMatchObject({ code: 5, err: { code: 'events-lost' } });
    const restored = await restore(home, '--accept-loss');
    expect(restored).toMatchObject({ code: 0, out: { destroyedAgain: 2 } });
    expect(restored.out['lost']).toBeGreaterThan(0);
    const again = await serve(home);
    try {
      await idle(api(again));
      const rows = await query<{ state: string; wrapped: Buffer | null }>(
        home,
        `SELECT state, wrapped FROM vault.keys WHERE subject = '${erased}' AND category IN ('programme', 'contact')`,
      );
      expect(rows).toEqual([
        { state: 'destroyed', wrapped: null },
        { state: 'destroyed', wrapped: null },
      ]);
      const name = ((before as { person: { name: { family: string } } }).person.name ?? {}).family;
      const person = await api(again).get(`/v1/alumni/${furnished.alumnusId}`);
      expect(name).toBeTruthy();
      expect(person.text).not.toContain(name);
    } finally {
      await again.stop();
    }
  }, 180_000);

  it('is not served where databases were put back by hand, until the list was applied', async () => {
    const home = newHome();
    // As a snapshot would: from before the erasure, with what stands outside from after it.
    expect(await restore(home, '--accept-loss')).toMatchObject({ code: 0 });
    const server = await serve(home);
    const vault = await vaultOf(home, ledgerId, old.home);
    await idle(api(server));
    await vault.close();
    await server.stop();
    const outside = path.join(home, 'epochs', 'shreds');
    const kept = path.join(place, 'kept');
    cpSync(outside, kept, { recursive: true });
    rmSync(outside, { recursive: true });
    expect(await refusal(home)).toContain('are not in');
    cpSync(kept, outside, { recursive: true });
    const list = path.join(outside, `${ledgerId}.shreds.ndjson`);
    const row = { subject: `alumnus:${furnished.alumnusId}`, category: 'consent-evidence', generation: 1 };
    const end = { number: 99, at: '2026-11-21T00:00:00.000Z', by: 'staff:s', why: 'plan', event: 'event-2' };
    writeFileSync(list, `${readFileSync(list, 'utf8')}${JSON.stringify({ ...row, ...end })}\n`);
    expect(await refusal(home)).toContain('older than the list');
    const applied = await enishi(home, ['restore', '--apply'], keysOf(old.home));
    expect(applied).toMatchObject({ code: 0, out: { destroyedAgain: 1, lost: 0 } });
    await (await serve(home)).stop();
    // The marks say that the ledger was longer. What was recorded since they were written is not lost: at least the note
    // of the last command, and a checkpoint where one was due.
    const marks = path.join(outside, `${ledgerId}.marks.json`);
    const { leaf, ...rest } = JSON.parse(readFileSync(marks, 'utf8')) as {
      leaf: { revision: number; leaves: number };
    };
    const longer = { ...leaf, revision: leaf.revision + 5, leaves: leaf.leaves + 5 };
    writeFileSync(marks, JSON.stringify({ ...rest, leaf: longer }));
    expect(await refusal(home)).toContain('does not have leaf');
    const lossy = (...more: string[]) => enishi(home, ['restore', '--apply', ...more], keysOf(old.home));
    const refused = await lossy();
    expect(refused).toMatchObject({ code: 5, err: { code: 'events-lost' } });
    const lost = Number(/had (\d+) more/.exec(refused.err.message!)?.[1]);
    expect([3, 4]).toContain(lost);
    expect(await lossy('--accept-loss')).toMatchObject({ code: 0, out: { lost } });
    const last: TestServer = await serve(home);
    await last.stop();
  }, 240_000);

  /** What a server says that does not start. */
  const refusal = async (home: string): Promise<string> => {
    const env = { ENISHI_HOME: home, ENISHI_PORT: '4399', ...keysOf(old.home) };
    const { ended, output } = spawnServer(env);
    expect((await ended).code).toBe(1);
    return output();
  };

  it('is rehearsed: restored aside, opened, thrown away, and noted in the ledger that is served', async () => {
    const server = await startServer({ home: old.home });
    try {
      const { code, out } = await enishi(old.home, ['restore', backup, '--drill']);
      expect(code).toBe(0);
      expect(out).toMatchObject({ leaves: made['leaves'], root: made['root'] });
      expect(out['opened']).toBeGreaterThan(0);
      expect(out['erased']).toBeGreaterThan(0);
      await idle(api(server));
      const trail = accepted(await api(server).get('/v1/audit-trail?actor=system:command-line'));
      expect(trail.body).toMatchObject({ events: [{ type: 'RestoreDrillRecorded', fields: out }] });
      expect(readdirSync(tmpdir()).filter((name) => name.startsWith('enishi-drill-'))).toEqual([]);
    } finally {
      await server.stop();
    }
  }, 180_000);
});
