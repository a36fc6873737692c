import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { SESSION_LOCK_CLASS } from '../../libs/vault/src/sessions';
import { anId, guest, House, openOne, record } from '../vault/house';

jest.setTimeout(60_000);

/** No commit comes back while this waits for a standby that there is not: as on a disk that has no time for it. */
const HANG = `ALTER SYSTEM SET synchronous_standby_names = 'nobody'`;
const FLOW = 'ALTER SYSTEM RESET synchronous_standby_names';

describe('a database whose commits do not come back', () => {
  let cluster: ChildProcessByStdio<Writable, Readable, null>;
  let admin: Client;
  let house: House;

  beforeAll(async () => {
    // A server of its own: what hangs there must hang for nobody else.
    cluster = spawn(process.execPath, [path.join(__dirname, 'own-cluster.cjs')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const [printed] = (await once(cluster.stdout, 'data')) as [Buffer];
    const adminUrl = printed.toString().trim();
    process.env['ENISHI_TEST_POSTGRES'] = adminUrl;
    admin = new Client({ connectionString: adminUrl });
    await admin.connect();
    house = await House.build();
  });
  afterAll(async () => {
    await set(FLOW);
    await house.tearDown();
    await admin.end();
    cluster.stdin.end();
    await once(cluster, 'exit');
  });

  const set = async (how: string): Promise<void> => {
    await admin.query(how);
    await admin.query('SELECT pg_reload_conf()');
    await sleep(300);
  };

  it('does not cost the vault its session, nor keep it from opening another', async () => {
    const vault = await house.open({ pollMs: 50, sessionTimeoutMs: 500 });
    const id = anId();
    const [event] = await record(vault, [guest(id)]);
    await set(HANG);
    const probe = house.owner.query('CREATE TABLE probe ()');
    expect(await Promise.race([probe.then(() => 'came back'), sleep(1000, 'hangs')])).toBe('hangs');
    expect(house.lines.join()).not.toContain('session lost');
    await admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND classid = $1`,
      [SESSION_LOCK_CLASS],
    );
    while (!house.lines.join().includes('session lost')) await sleep(20);
    const opened = openOne(vault, event!).then(({ data }) => data['name']);
    expect(await Promise.race([opened, sleep(3000, 'hangs')])).toBe('青木 花子');
    await set(FLOW);
    await probe;
  });
});
