import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { accepted } from '../e2e/support/steps';
import { api } from '../support/api';
import { startServer, temporaryHome, type TemporaryHome } from '../support/server';
import { enishi, everything, furnishLedger, idle, keysOf, newestIn, type Furnished } from './support';

// Everything else that may happen to backups: restored.full.spec.ts.
describe('a backup of a server that runs', () => {
  let old: TemporaryHome;
  let fresh: TemporaryHome;
  let place: string;
  let backup: string;
  let made: Record<string, unknown>;
  let furnished: Furnished;
  let before: unknown;
  const apart = () => path.join(place, 'apart');

  beforeAll(async () => {
    old = temporaryHome();
    fresh = temporaryHome();
    place = mkdtempSync(path.join(tmpdir(), 'enishi-backup-'));
    const server = await startServer({ home: old.home });
    try {
      const to = api(server);
      furnished = await furnishLedger(to, 60);
      await idle(to);
      before = await everything(server, furnished);
      const ran = await enishi(old.home, ['backup', path.join(place, 'backups'), '--apart', apart()]);
      expect(ran).toMatchObject({ code: 0 });
      made = ran.out;
    } finally {
      await server.stop();
    }
    backup = newestIn(path.join(place, 'backups'));
  }, 120_000);
  afterAll(async () => {
    for (const home of [old, fresh]) await home.remove();
    rmSync(place, { recursive: true, force: true });
  });

  it('proves whole, with every key; and comes back the same elsewhere', async () => {
    const { code, out } = await enishi(old.home, ['restore', backup, '--verify']);
    expect(code).toBe(0);
    expect(out).toMatchObject({ sealed: true, artefacts: 1, root: made['root'] });
    const restored = await enishi(fresh.home, ['restore', backup, '--apart', apart()], keysOf(old.home));
    expect(restored).toMatchObject({ code: 0, out: { leaves: made['leaves'], root: made['root'], lost: 0 } });
    const server = await startServer({ home: fresh.home, env: keysOf(old.home) });
    try {
      expect(await everything(server, furnished)).toEqual(before);
      const trail = accepted(await api(server).get('/v1/audit-trail?actor=system:restore'));
      expect(trail.body).toMatchObject({ events: [{ type: 'LedgerRestored', fields: { lost: 0 } }] });
    } finally {
      await server.stop();
    }
    const over = await enishi(fresh.home, ['restore', backup, '--apart', apart()], keysOf(old.home));
    expect(over).toMatchObject({ code: 5, err: { code: 'not-empty' } });
  }, 120_000);

  it('is refused when a byte of it was altered', async () => {
    const file = path.join(backup, 'ledger.ndjson');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/"commandId":"[0-9a-f]/, '"commandId":"_'));
    const { code, err } = await enishi(old.home, ['restore', backup, '--verify']);
    expect({ code: code !== 0, refused: err.code }).toEqual({ code: true, refused: 'backup-damaged' });
  });
});
