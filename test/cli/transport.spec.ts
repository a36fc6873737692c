import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transport } from '../../apps/cli/src/http/transport';
import { Memory } from '../../apps/cli/src/memory';
import { done, enishi, FakeServer, hangUp, json, problem } from './server';

const alumnusId = '3f2a9c1e-0000-4000-8000-00000000000a';
const purposeId = '7d1c0000-0000-4000-8000-00000000000b';
const purposes = {
  purposes: [
    { purposeId, code: 'rehire', title: { ja: '再雇用', en: 'Rehire' }, state: 'in-force', versions: [] },
  ],
};

let server: FakeServer;
let home: string;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  server = await FakeServer.start();
  home = mkdtempSync(join(tmpdir(), 'enishi-cli-'));
  env = { ENISHI_HOME: home };
  writeToken(0o600);
  server.on('GET /v1/purposes', json(purposes));
});

afterEach(async () => {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
});

function writeToken(mode: number, url = server.url): void {
  writeFileSync(join(home, 'token'), JSON.stringify({ url, token: 'enishi_secret' }));
  chmodSync(join(home, 'token'), mode);
}

const death = ['alumnus', 'death', alumnusId];
const deathPath = `/v1/alumni/${alumnusId}/death`;

describe('finding the server', () => {
  it('takes url and token from the token file, and sends the token nowhere else', async () => {
    server.on(`POST ${deathPath}`, done('7'));
    expect((await enishi(death, env)).code).toBe(0);
    expect(server.seen[0]?.headers.authorization).toBe('Bearer enishi_secret');
    const other = await enishi([...death, '--url', 'http://127.0.0.1:9'], env);
    expect(other.code).toBe(2);
    expect(other.err).toContain('ENISHI_TOKEN');
  });

  it('refuses a token file that others may read', async () => {
    writeToken(0o644);
    const { code, err } = await enishi(death, env);
    expect(code).toBe(2);
    expect(err).toContain('chmod 600');
    expect(server.seen).toHaveLength(0);
  });

  it('ENISHI_URL and ENISHI_TOKEN go before the file', async () => {
    writeToken(0o600, 'http://127.0.0.1:9');
    server.on(`POST ${deathPath}`, done('7'));
    const { code } = await enishi(death, {
      ...env,
      ENISHI_URL: `${server.url}/`,
      ENISHI_TOKEN: 'enishi_other',
    });
    expect(code).toBe(0);
    expect(server.seen[0]?.headers.authorization).toBe('Bearer enishi_other');
  });

  it('says that nothing was started, or that nobody listens, with the remedy', async () => {
    const nothing = await enishi(death, { ENISHI_HOME: join(home, 'none'), XDG_STATE_HOME: home });
    expect(nothing.code).toBe(1);
    expect(nothing.err).toContain('npm start');
    await server.stop();
    const since = Date.now();
    const silent = await enishi(death, env);
    expect(silent.code).toBe(1);
    expect(silent.err).toContain('cannot be reached');
    expect(Date.now() - since).toBeLessThan(1500);
    server = await FakeServer.start();
  });

  it('never shows the token, even where its file is spoilt', async () => {
    writeFileSync(join(home, 'token'), '{"url": "x", "token": "enishi_secret" oops');
    const { code, err } = await enishi(death, env);
    expect(code).toBe(2);
    expect(err).not.toContain('enishi_secret');
  });
});

describe('a command is sent again under the same key', () => {
  it('after a broken line and a 503, and is done once', async () => {
    server.on(`POST ${deathPath}`, hangUp(), problem(503, 'store-unavailable'), done('7'));
    const { code, out } = await enishi(death, env);
    expect(code).toBe(0);
    expect(out).toContain('Death recorded');
    const keys = server.of('POST', deathPath).map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^enishi-[0-9a-f-]{36}$/);
  });

  it('with the key that was given', async () => {
    server.on(`POST ${deathPath}`, done('7'));
    await enishi([...death, '--idempotency-key', 'k-1'], env);
    expect(server.seen[0]?.headers['idempotency-key']).toBe('k-1');
  });

  it('but not for ever, and ever more slowly', async () => {
    server.on(`POST ${deathPath}`, problem(503, 'store-unavailable'));
    const pauses: number[] = [];
    const pause = (ms: number): Promise<void> => Promise.resolve(void pauses.push(ms));
    const patience = { attempts: 6, firstPauseMs: 200, longestPauseMs: 3000, pause };
    const transport = new Transport({ url: server.url, token: 't' }, 'k', patience);
    const sent = transport.send({ method: 'POST', path: deathPath, command: true });
    await expect(sent).rejects.toMatchObject({ code: 'store-unavailable', exitCode: 1 });
    expect(server.of('POST', deathPath)).toHaveLength(6);
    expect(pauses).toEqual([200, 400, 800, 1600, 3000]);
  });

  it('also where the server is being started again, once it has answered', async () => {
    server.on('GET /health', json({}));
    const pause = jest.fn(() => Promise.resolve());
    const patience = { attempts: 3, firstPauseMs: 1, longestPauseMs: 1, pause };
    const transport = new Transport({ url: server.url, token: 't' }, 'k', patience);
    await transport.send({ method: 'GET', path: '/health' });
    await server.stop();
    await expect(transport.send({ method: 'GET', path: '/health' })).rejects.toMatchObject({
      code: 'unreachable',
    });
    expect(pause).toHaveBeenCalledTimes(2);
    server = await FakeServer.start();
  });

  it('accounts and tokens too; a token that was shown before is not shown, and what to do is said', async () => {
    server.on('POST /v1/accounts', hangUp(), json({ id: 'a1' }, 201));
    expect((await enishi(['accounts', 'create', '--machine', 'x'], env)).code).toBe(0);
    server.on('POST /v1/tokens', hangUp(), problem(409, 'token-shown-once'));
    const { code, err } = await enishi(['tokens', 'create', '--account', 'a1'], env);
    expect(code).toBe(5);
    expect(err).toContain('revoke it and make another');
    for (const path of ['/v1/accounts', '/v1/tokens']) {
      const keys = server.of('POST', path).map(({ headers }) => headers['idempotency-key']);
      expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
    }
  });

  it('and not at all where the answer is final', async () => {
    server.on(`POST ${deathPath}`, problem(422, 'already-died'));
    expect((await enishi(death, env)).code).toBe(2);
    expect(server.of('POST', deathPath)).toHaveLength(1);
  });
});

describe('problems', () => {
  const cases: readonly (readonly [status: number, code: string, exit: number])[] = [
    [400, 'not-valid', 2],
    [401, 'not-signed-in', 3],
    [403, 'permission-missing', 3],
    [404, 'alumnus-unknown', 4],
    [409, 'erased', 5],
    [412, 'precondition-failed', 5],
    [422, 'consent-not-granted', 2],
    [500, 'internal-error', 1],
  ];
  it.each(cases)('%d %s ends with %d', async (status, code, exit) => {
    server.on(`POST ${deathPath}`, problem(status, code));
    const ran = await enishi(death, env);
    expect(ran.code).toBe(exit);
    expect(ran.err.trim()).not.toBe('');
    expect(ran.out).toBe('');
  });

  it('show the message of the language, and each field', async () => {
    const messages = { ja: '同意が記録されていません。', en: 'No consent is recorded.' };
    const errors = [{ path: 'person.email', code: 'isEmail', message: 'email must be an email' }];
    server.on(`POST ${deathPath}`, problem(422, 'consent-not-granted', { messages, errors }));
    const ja = await enishi([...death, '--lang', 'ja'], env);
    expect(ja.err).toContain('同意が記録されていません。\n  person.email: email must be an email\n');
    const en = await enishi(death, { ...env, LANG: 'C' });
    expect(en.err).toContain('No consent is recorded.');
    const machine = await enishi([...death, '--json'], env);
    expect(JSON.parse(machine.err)).toMatchObject({
      code: 'consent-not-granted',
      exitCode: 2,
      message: 'No consent is recorded.',
      errors: [{ at: 'person.email' }],
    });
  });

  it('never repeat what was typed about a person, whatever is answered', async () => {
    const canary = '架空太郎';
    const argv = ['alumnus', 'register', '--family', canary, '--email', `${canary}@example.jp`];
    for (const reply of [
      problem(400, 'not-valid'),
      problem(500, 'internal-error'),
      problem(409, 'too-contended'),
    ]) {
      server.on('POST /v1/alumni', reply);
      const { err, out } = await enishi(argv, env);
      expect(err + out).not.toContain(canary);
    }
    // An answer that is no JSON at all.
    server.on('POST /v1/alumni', (response) => response.writeHead(200).end(`<html>${canary}`));
    const { code, err } = await enishi(argv, { ...env, ENISHI_DEBUG: '1' });
    expect(code).toBe(1);
    expect(err).not.toContain(canary);
  });
});

describe('reading one’s own writes', () => {
  it('a query carries the position of the last command, also of an earlier run', async () => {
    server.on(`POST ${deathPath}`, done('41'));
    server.on('POST /v1/roster/search', json({ at: 'x', total: { count: 0, estimated: false }, rows: [] }));
    server.on(
      'GET /v1/roster/funnel',
      json({ imported: 0, reachable: 0, approachable: 0, consented: 0, contactable: 0 }),
    );
    await enishi(death, env);
    const { code, err } = await enishi(['roster', '--purpose', 'rehire', '--channel', 'email'], env);
    expect(code).toBe(0);
    expect(err).toContain('enishi import leavers FILE');
    const [search] = server.of('POST', '/v1/roster/search');
    expect(search?.headers['enishi-position']).toBe('41');
    expect(search?.headers['idempotency-key']).toBeUndefined();
    expect(JSON.parse(search?.body ?? '')).toEqual({
      purposeId,
      channel: 'email',
      mode: 'contactable',
      limit: 50,
    });
    expect(statSync(join(home, 'cli-position')).mode & 0o777).toBe(0o600);
  });

  it('keeps the greatest position, for ten minutes, for one server', async () => {
    const file = join(home, 'memory');
    let now = 1_000_000;
    const memory = (url: string): Memory => new Memory(file, url, () => now);
    await memory('a').passed('100');
    await memory('a').passed('99');
    await memory('a').passed('not a number');
    expect(await memory('a').position()).toBe('100');
    expect(await memory('b').position()).toBeUndefined();
    now += 10 * 60_000;
    expect(await memory('a').position()).toBeUndefined();
    await memory('a').passed('3');
    expect(await memory('a').position()).toBe('3');
    writeFileSync(file, 'spoilt');
    expect(await memory('a').position()).toBeUndefined();
  });

  it('a folder that cannot be written is no failure', async () => {
    const file = join(home, 'file');
    writeFileSync(file, '');
    await expect(new Memory(join(file, 'below'), 'a').passed('1')).resolves.toBeUndefined();
  });

  it('without a data folder it is kept in the user’s state folder, and holds no person', async () => {
    const state = join(home, 'state');
    mkdirSync(state);
    server.on(`POST ${deathPath}`, done('41'));
    const elsewhere = { ENISHI_HOME: join(home, 'none'), XDG_STATE_HOME: state };
    await enishi(death, { ...elsewhere, ENISHI_URL: server.url, ENISHI_TOKEN: 'enishi_secret' });
    const kept = readFileSync(join(state, 'enishi', 'cli-position'), 'utf8');
    expect(JSON.parse(kept)).toMatchObject({ position: '41', seen: [] });
    expect(kept).not.toContain('secret');
    expect(existsSync(join(home, 'none'))).toBe(false);
  });
});
