import { stat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  Accounts,
  loadDevelopmentAccess,
  ROLES,
  ROLE_PERMISSIONS,
  routesOf,
  Tokens,
  type Role,
} from '@enishi/access';
import { startApp, type TestApp } from './app';

const IN_A_DAY = new Date(Date.now() + 86_400_000);

describe('machine tokens, roles and the guard', () => {
  let server: TestApp;
  let accounts: Accounts;
  let tokens: Tokens;

  beforeAll(async () => {
    server = await startApp();
    accounts = new Accounts(server.pool);
    tokens = new Tokens(server.pool);
  }, 60_000);
  afterAll(() => server?.close());

  async function machine(...roles: Role[]) {
    const { id } = await accounts.createMachine('test', 'system:test');
    for (const role of roles) {
      await accounts.grantRole(
        {
          accountId: id,
          role,
          ...(role === 'auditor' && { validUntil: IN_A_DAY }),
          ...(role === 'hiring-manager' && { purposes: ['0b4f0f9e-6f0c-4f0b-9d0a-2a8f7f1f6c11'] }),
        },
        'system:test',
      );
    }
    return { accountId: id, ...(await tokens.createToken(id, IN_A_DAY, 'system:test')) };
  }
  const call = async (token: string, path: string, method = 'GET', body?: unknown) => {
    const answer = await fetch(server.url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return [answer.status, (text ? JSON.parse(text) : undefined) as Record<string, unknown>] as const;
  };

  /** A pool that holds answers back until it is told, and counts the questions. */
  function heldBack() {
    let letGo = (): void => undefined;
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    const pool = {
      asked: 0,
      async query(...args: Parameters<typeof server.pool.query>) {
        pool.asked += 1;
        const answer = await (server.pool.query(...args) as unknown as Promise<unknown>);
        await gate;
        return answer;
      },
    };
    return { pool, letGo, tokens: new Tokens(pool as unknown as typeof server.pool) };
  }
  const until = async (condition: () => boolean) => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  it('of requests at the same time are checked by one question', async () => {
    const { token, id } = await machine('hr');
    await tokens.verify(token);
    const { pool, letGo, tokens: counted } = heldBack();
    letGo();
    const found = await Promise.all(Array.from({ length: 50 }, () => counted.verify(token)));
    expect(found.map((one) => one?.id)).toEqual(Array<string>(50).fill(id));
    expect(pool.asked).toBe(1);
    await counted.verify(token);
    expect(pool.asked).toBe(2);
  });

  it('ended while a check is under way lets nobody in who comes after', async () => {
    const { token, id } = await machine('hr');
    await tokens.verify(token);
    const { pool, letGo, tokens: slow } = heldBack();
    const before = slow.verify(token);
    await until(() => pool.asked === 1);
    await tokens.revokeToken(id, 'system:test');
    const after = [slow.verify(token), slow.verify(token)];
    letGo();
    expect((await before)?.id).toBe(id);
    expect(await Promise.all(after)).toEqual([undefined, undefined]);
    expect(pool.asked).toBe(2);
  });

  it('whose check fails is not remembered as failed', async () => {
    const { token, id } = await machine('hr');
    let fails = true;
    const pool = {
      query: (...args: Parameters<typeof server.pool.query>) =>
        fails ? Promise.reject(new Error('away')) : (server.pool.query(...args) as unknown),
    };
    const some = new Tokens(pool as unknown as typeof server.pool);
    const failing = await Promise.allSettled([some.verify(token), some.verify(token)]);
    expect(failing.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fails = false;
    expect((await some.verify(token))?.id).toBe(id);
  });

  it('know their account, and are kept as a hash', async () => {
    const { token, id, accountId } = await machine('hr');
    expect(token).toMatch(/^enishi_[\w-]{43}$/);
    expect(await call(token, '/auth/me')).toMatchObject([
      200,
      { actor: `token:${id}`, accountId, roles: ['hr'] },
    ]);
    const { rows } = await server.owner.query<{ row: string }>('SELECT t::text AS row FROM access.tokens t');
    expect(rows.map(({ row }) => row).join()).not.toContain(token.slice(7));
  });

  it('end when revoked, when their time is over, and when their grant’s time is over', async () => {
    const first = await machine('hr');
    await tokens.revokeToken(first.id, 'system:test');
    expect(await call(first.token, '/auth/me')).toMatchObject([401, { message: 'not-signed-in' }]);
    const second = await machine('hr');
    await server.owner.query(`UPDATE access.tokens SET valid_until = now() WHERE id = $1`, [second.id]);
    expect((await call(second.token, '/auth/me'))[0]).toBe(401);
    const third = await machine('auditor');
    expect((await call(third.token, '/v1/accounts'))[0]).toBe(200);
    await server.owner.query(`UPDATE access.grants SET valid_until = now() WHERE account = $1`, [
      third.accountId,
    ]);
    expect(await call(third.token, '/v1/accounts')).toMatchObject([403, { message: 'permission-missing' }]);
    expect((await call(third.token, '/auth/me'))[0]).toBe(403);
  });

  it('note their last use once a minute at most', async () => {
    const { token, id } = await machine('hr');
    const lastUsed = async () =>
      (
        await server.owner.query<{ at: string | null }>(
          'SELECT last_used::text AS at FROM access.tokens WHERE id = $1',
          [id],
        )
      ).rows[0]!.at;
    expect(await lastUsed()).toBeNull();
    await call(token, '/auth/me');
    const first = await lastUsed();
    await call(token, '/auth/me');
    expect(await lastUsed()).toBe(first);
    await server.owner.query(
      `UPDATE access.tokens SET last_used = last_used - interval '61 s' WHERE id = $1`,
      [id],
    );
    await call(token, '/auth/me');
    expect((await lastUsed())! > first!).toBe(true);
  });

  it('let every role in exactly where its permissions say', async () => {
    const routes = routesOf(server.app);
    expect(routes.find(({ handler }) => handler === 'RosterController.one')).toMatchObject({
      method: 'GET',
      path: '/v1/alumni/:id',
      opens: 'alumni-roster',
    });
    for (const role of ROLES) {
      const { token } = await machine(role);
      for (const { method, path, access } of routes) {
        if (access?.kind !== 'requires') continue;
        const url = path.replace(/:\w+/g, '0b4f0f9e-6f0c-4f0b-9d0a-2a8f7f1f6c11');
        const [status, body] = await call(token, url, method, method === 'POST' ? {} : undefined);
        const may = access.permissions.every((permission) => ROLE_PERMISSIONS[role].includes(permission));
        expect([role, method, path, status === 403 && body['message'] === 'permission-missing']).toEqual([
          role,
          method,
          path,
          !may,
        ]);
      }
    }
    const nobody = await fetch(`${server.url}/v1/alumni/1`);
    expect(nobody.status).toBe(401);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  });

  it('narrow the principal to the scope of those grants that carry the permission', async () => {
    const programme = '11111111-1111-4111-8111-111111111111';
    const { accountId, token } = await machine('operator');
    await accounts.grantRole(
      { accountId, role: 'hr', programmes: [programme], departments: ['営業部'], fields: ['contact'] },
      'system:test',
    );
    const [, body] = await call(token, '/v1/alumni/1');
    expect(body['scopes']).toEqual([
      { programmes: [programme], departments: ['営業部'], fields: ['contact'] },
    ]);
  });

  it('can be made, listed and revoked over HTTP, for machines only and never for more than a year', async () => {
    const operator = await machine('operator');
    const make = (body: unknown) => call(operator.token, '/v1/tokens', 'POST', body);
    const [, { id: accountId }] = await call(operator.token, '/v1/accounts', 'POST', {
      kind: 'machine',
      label: 'HRIS',
    });
    const [status, made] = await make({ accountId, validUntil: IN_A_DAY });
    expect(status).toBe(201);
    const [, listed] = await call(operator.token, '/v1/tokens');
    expect(JSON.stringify(listed)).toContain(made['id']);
    expect(JSON.stringify(listed)).not.toContain(made['token']);
    expect((await call(operator.token, `/v1/tokens/${made['id'] as string}`, 'DELETE'))[0]).toBe(204);
    expect((await call(made['token'] as string, '/auth/me'))[0]).toBe(401);

    const [, { id: staff }] = await call(operator.token, '/v1/accounts', 'POST', {
      kind: 'staff',
      subject: 's-1',
    });
    expect(await make({ accountId: staff, validUntil: IN_A_DAY })).toMatchObject([
      422,
      { message: 'not-a-machine' },
    ]);
    const late = new Date(Date.now() + 400 * 86_400_000);
    expect(await make({ accountId, validUntil: late })).toMatchObject([
      422,
      { message: 'token-too-long-lived' },
    ]);
    expect((await make({ accountId, validUntil: 'soon' }))[0]).toBe(400);
    expect((await make({ accountId: 'x', validUntil: IN_A_DAY }))[0]).toBe(400);
  });

  it('grants are given and ended over HTTP, within the rules, and never to oneself', async () => {
    const operator = await machine('operator');
    const [, { id }] = await call(operator.token, '/v1/accounts', 'POST', { kind: 'staff', subject: 's-2' });
    const give = (to: unknown, body: unknown) =>
      call(operator.token, `/v1/accounts/${String(to)}/grants`, 'POST', body);
    expect(await give(id, { role: 'auditor' })).toMatchObject([422, { message: 'auditor-without-end' }]);
    expect(await give(id, { role: 'hiring-manager' })).toMatchObject([
      422,
      { message: 'hiring-manager-without-purpose' },
    ]);
    expect(await give(id, { role: 'hr', validUntil: '2020-01-01T00:00:00Z' })).toMatchObject([
      422,
      { message: 'grant-already-ended' },
    ]);
    expect((await give(id, { role: 'root' }))[0]).toBe(400);
    expect((await give(id, { role: 'hr', fields: ['everything'] }))[0]).toBe(400);
    expect((await give(id, { role: 'hr', surprise: 1 }))[0]).toBe(400);
    expect((await give('11111111-1111-4111-8111-111111111111', { role: 'hr' }))[0]).toBe(404);
    expect(await give(operator.accountId, { role: 'hr' })).toMatchObject([403, { message: 'own-grant' }]);
    const [status, grant] = await give(id, { role: 'auditor', validUntil: IN_A_DAY });
    expect(status).toBe(201);
    expect((await accounts.listAccounts()).find((account) => account.id === id)?.grants).toHaveLength(1);
    expect((await call(operator.token, `/v1/accounts/grants/${grant['id'] as string}`, 'DELETE'))[0]).toBe(
      204,
    );
    expect(await accounts.validGrantsOf(id as string)).toEqual([]);
  });

  it('the development token file is private, works at once, and is kept while it works', async () => {
    const { writeDevelopmentToken } = loadDevelopmentAccess(server.config);
    await writeDevelopmentToken(server.pool, server.home, server.url);
    const file = join(server.home, 'token');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const first = JSON.parse(await readFile(file, 'utf8')) as { url: string; token: string };
    expect(first.url).toBe(server.url);
    expect(await call(first.token, '/auth/me')).toMatchObject([
      200,
      { roles: ['compliance', 'hr', 'operator'] },
    ]);
    await writeDevelopmentToken(server.pool, server.home, 'http://127.0.0.1:1');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
      url: 'http://127.0.0.1:1',
      token: first.token,
    });
    // Made for whoever signs in first.
    await fetch(`${server.config.oidc.issuer}/.well-known/openid-configuration`);
    const keys = await stat(join(server.home, 'development-identity-provider.json'));
    expect(keys.mode & 0o777).toBe(0o600);
  });

  it('the development people stay the same on another port', async () => {
    const { seedDevelopmentPeople } = loadDevelopmentAccess(server.config);
    const before = await accounts.find(server.config.oidc.issuer, 'dev-hr');
    await seedDevelopmentPeople(server.pool, 'http://127.0.0.1:9/dev-idp');
    expect((await accounts.find('http://127.0.0.1:9/dev-idp', 'dev-hr'))?.id).toBe(before?.id);
    await seedDevelopmentPeople(server.pool, server.config.oidc.issuer);
    expect(await accounts.validGrantsOf(before!.id)).toHaveLength(1);
  });
});
