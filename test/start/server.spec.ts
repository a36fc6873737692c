import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig, type ConfigError } from '../../apps/server/src/config';
import { api } from '../support/api';
import {
  freePort,
  postmasterOf,
  spawnServer,
  startServer,
  temporaryHome,
  type ServerProcess,
  type TemporaryHome,
  type TestServer,
} from '../support/server';
import { accepted, leaversFile, settled, type ImportView } from '../e2e/support/steps';

jest.setTimeout(60_000);

let place: TemporaryHome;
const processes: ServerProcess[] = [];

// One home for all: what a start costs is mostly the making of a new one.
beforeAll(() => {
  place = temporaryHome();
});
afterAll(() => place.remove());
afterEach(async () => {
  for (const { child, ended } of processes.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
});

/** The first one makes everything itself. */
function start(): Promise<TestServer> {
  return startServer({ home: place.home, firstStart: true });
}

/** Starts a server that is expected to give up, and what it said. */
async function refused(env: Record<string, string>): Promise<string> {
  const started = spawnServer({ ENISHI_HOME: place.home, ENISHI_PORT: String(await freePort()), ...env });
  processes.push(started);
  const { code } = await started.ended;
  expect(code).toBe(1);
  const said = started.output();
  // Sentences with their remedies, and nothing of the program.
  expect(said).toMatch(/^\S.*\.\n {2}→ \S.*\n/);
  expect(said).not.toMatch(/\n\s+at |node_modules|\[object/);
  return said;
}

async function gone(pid: number): Promise<boolean> {
  for (let waited = 0; waited < 10_000; waited += 50) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await sleep(50);
  }
  return false;
}

describe('a start that cannot succeed says so in one sentence with its remedy', () => {
  it('when the port is in use', async () => {
    const port = await freePort();
    const other: Server = createServer().listen(port, '127.0.0.1');
    try {
      const said = await refused({ ENISHI_PORT: String(port) });
      expect(said).toContain(`Port ${port} is in use`);
      expect(said).toContain(`ENISHI_PORT=${port + 1}`);
      expect(postmasterOf(place.home)).toBeUndefined();
    } finally {
      other.close();
    }
  });

  it.each([
    [{ ENISHI_PORT: 'many' }, 'ENISHI_PORT must be a whole number'],
    [{ ENISHI_PORT: '70000' }, 'ENISHI_PORT must be at most 65535'],
    [{ ENISHI_ROLES: 'api,king' }, 'ENISHI_ROLES must name api, worker or both'],
    [{ ENISHI_BIND: '0.0.0.0' }, 'ENISHI_BIND must be 127.0.0.1 in development'],
    [{ ENISHI_DATABASE: 'mysql://x' }, 'ENISHI_DATABASE must begin with postgres://'],
    [
      { ENISHI_EVENT_STORE: 'http://x' },
      'ENISHI_EVENT_STORE must begin with esdb://, kurrentdb:// or postgres://',
    ],
    [{ ENISHI_KEYS: 'secret' }, 'ENISHI_KEYS must be env:VARIABLE'],
    [{ ENISHI_LOG: 'loud' }, 'ENISHI_LOG must be fatal, error, warn, info or debug'],
    [{ ENISHI_MODE: 'test' }, 'ENISHI_MODE must be development or production'],
    [{ ENISHI_PUBLIC_URL: 'enishi' }, 'ENISHI_PUBLIC_URL must be the http(s) address'],
    [{ ENISHI_MODE: 'production' }, 'ENISHI_OIDC_ISSUER is missing: set it to'],
    [{ ENISHI_TRUSTED_PROXIES: 'abc' }, 'ENISHI_TRUSTED_PROXIES must be addresses or networks'],
    [
      { ENISHI_SMTP: 'mail.example.jp', ENISHI_MAIL_FROM: 'enishi@example.jp' },
      'ENISHI_SMTP must be the address of a mail server',
    ],
    [{ ENISHI_SMTP: 'smtp://mail.example.jp' }, 'ENISHI_MAIL_FROM is missing'],
    [
      { ENISHI_SMTP: 'smtp://mail.example.jp', ENISHI_MAIL_FROM: '縁 <enishi@example.jp>' },
      'ENISHI_MAIL_FROM must be an address without a name',
    ],
    [
      { ENISHI_MODE: 'production', ENISHI_TEST_CLOCK: 'clock' },
      'ENISHI_TEST_CLOCK must be left out in production',
    ],
    [{ ENISHI_TRUSTED_PROXIES: '10.0.0.5,10.0.0.0/33' }, 'ENISHI_TRUSTED_PROXIES must be addresses or'],
  ])('names the setting that is wrong, and what it must be: %j', (env, said) => {
    let problems: readonly string[] = [];
    try {
      readConfig({ ENISHI_HOME: place.home, ...env });
    } catch (error) {
      ({ problems } = error as ConfigError);
    }
    expect(problems.join('\n')).toContain(said);
  });

  it.each(['many', '70000', '0', '1.5'])('says one thing of a setting, and of no other: %s', (port) => {
    expect(() => readConfig({ ENISHI_HOME: place.home, ENISHI_PORT: port })).toThrow(
      expect.objectContaining({ problems: [expect.stringMatching(/^ENISHI_PORT must be /)] }) as Error,
    );
  });

  it.each(['10.0.0.5', '10.0.0.5,10.1.0.0/16', '10.0.0.5, ::1', 'fd00::/8'])('trusts %s', (proxies) => {
    const config = readConfig({ ENISHI_HOME: place.home, ENISHI_TRUSTED_PROXIES: proxies });
    expect(config.ENISHI_TRUSTED_PROXIES).toBe(proxies);
  });

  // Making folders recursively, Node never comes back from a place where none can be made.
  it('when no folder can be made where the home is to be', async () => {
    expect(await refused({ ENISHI_HOME: '/proc/enishi/home' })).toContain('/proc/enishi');
  });

  it('names every wrong setting at once, on the terminal too', async () => {
    const said = await refused({ ENISHI_PORT: '0', ENISHI_LOG: 'loud', ENISHI_BIND: '::' });
    for (const name of ['ENISHI_PORT', 'ENISHI_LOG', 'ENISHI_BIND']) expect(said).toContain(name);
  });

  it('when the home is a file', async () => {
    const file = path.join(path.dirname(place.home), 'file');
    writeFileSync(file, '');
    expect(await refused({ ENISHI_HOME: file })).toContain(file);
  });
});

// In order, each on the server that the one before has left: a start costs more than what is looked at.
describe('a home that is served', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server?.stop());

  it('is served once: a second copy says "already running", and where', async () => {
    const said = await refused({});
    expect(said).toMatch(/already running/i);
    expect(said).toContain(server.url);
    expect((await api(server).get('/v1/ledger')).status).toBe(200);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'stops whole on %s to its process group',
    async (signal) => {
      const postgres = postmasterOf(place.home)!.pid;
      // As a terminal does it: to every process of the group.
      process.kill(-server.pid, signal);
      expect(await gone(server.pid)).toBe(true);
      expect(await gone(postgres)).toBe(true);
      const warnings = server
        .log()
        .split('\n')
        .filter((line) => line.startsWith('{') || line.includes('Warning'));
      expect(warnings).toEqual([]);
      server = await start();
      expect((await api(server).get('/ready')).status).toBe(200);
    },
  );

  it('starts again by itself after kill -9, with the same PostgreSQL and the same token', async () => {
    const { token } = server;
    const postgres = postmasterOf(place.home)!.pid;
    await server.kill();
    expect(postmasterOf(place.home)!.pid).toBe(postgres);
    server = await start();
    expect(server.token).toBe(token);
    expect(postmasterOf(place.home)!.pid).toBe(postgres);
  });

  it('stopped in the middle of an import, leaves it interrupted, to be run again to its end', async () => {
    const rows = 5000;
    const to = api(server);
    const { importId } = accepted(await to.post<ImportView>('/v1/imports', leaversFile(rows))).body;
    accepted(await to.post(`/v1/imports/${importId}/run`));
    let seen = 0;
    while (seen < 500) {
      seen = accepted(await to.get<ImportView>(`/v1/imports/${importId}`)).body.counts['registered'] ?? 0;
    }
    await server.stop();

    server = await start();
    const after = api(server);
    const left = accepted(await after.get<ImportView>(`/v1/imports/${importId}`)).body;
    expect(left.state).toBe('interrupted');
    expect(left.counts['registered']).toBeLessThan(rows);
    accepted(await after.post(`/v1/imports/${importId}/run`));
    const done = await settled(after, importId);
    expect(done.state).toBe('done');
    expect(done.counts['registered']! + done.counts['unchanged']!).toBe(rows);
  });

  it('cannot be served as production', async () => {
    await server.stop();
    const said = await refused({
      ENISHI_MODE: 'production',
      ENISHI_PUBLIC_URL: 'https://enishi.example.jp',
      ENISHI_OIDC_ISSUER: 'https://id.example.jp',
      ENISHI_OIDC_CLIENT_ID: 'enishi',
      ENISHI_KEYS: 'env:MASTER',
      MASTER: Buffer.alloc(32, 1).toString('base64'),
      ENISHI_EPOCHS: path.join(place.home, 'epochs'),
      ENISHI_SHREDS: path.join(place.home, 'shreds'),
    });
    expect(said).toContain('This is a development ledger; it cannot be served as production.');
    expect(postmasterOf(place.home)).toBeUndefined();
  });
});
