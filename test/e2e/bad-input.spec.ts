import { api, type Answer, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { BODIES, lessened, spoilt } from './support/bodies';
import { filled, routesOf, type Route } from './support/document';
import { accepted, furnish, headOf, importFile, leaversFile } from './support/steps';

jest.setTimeout(120_000);

const UUID = '11111111-1111-4111-8111-111111111111';
const CANARY = 'kanariya';
const TOGETHER = 16;
const WRONG_QUERIES: Readonly<Record<string, readonly string[]>> = {
  limit: ['0', '-1', '501', '1.5', CANARY, '1e9', ''],
  cursor: [CANARY, 'AAAA', '%00', 'x'.repeat(3000)],
  alumnusId: [CANARY, '%00'],
  purposeId: [CANARY],
  recipientId: [CANARY, '%00'],
  programmeId: [CANARY],
  batchId: [CANARY],
  for: [CANARY, '%00', ''],
  requestId: [CANARY],
  channel: [CANARY, 'email%00'],
  actor: [CANARY, 'staff:%00'],
  from: [CANARY, '2026-02-30', '%00', '2026-01-01T25:00'],
  to: [CANARY],
  format: [CANARY, 'csv%00'],
  encoding: [CANARY],
  after: ['-1', CANARY, '99999999999999999999'],
  severity: [CANARY],
  state: [CANARY, 'unlinked', '%00'],
  unused: [CANARY, '1', ''],
  at: ['x'.repeat(50)],
  known: [CANARY, '2026-02-30', 'x'.repeat(50)],
  accountId: [CANARY, '%00'],
  aboutId: [CANARY],
  route: [CANARY, 'GET%20/%00', `GET%20/${'x'.repeat(200)}`],
  view: ['%00', 'A', 'x'.repeat(101)],
  views: [CANARY, '', 'none,audit-trail', 'audit-trail,audit', '%00', 'x'.repeat(501)],
  of: [CANARY, '%00'],
  seed: ['', '%00', 'a%0Ab', 'x'.repeat(65)],
  n: ['0', '201', '1.5', CANARY],
  language: [CANARY, 'fr', '%00'],
  lang: [CANARY, 'fr', '%00'],
  kind: [CANARY, '%00'],
  event: [CANARY, '%00'],
  below: [CANARY, '-1', '9'.repeat(30)],
  size: [CANARY, '-1', '1.5', '9'.repeat(30)],
  since: [CANARY, '0', '-1', '1.5', '9'.repeat(30)],
  level: [CANARY, 'full', '%00'],
  assigneeId: [CANARY, '%00'],
  dueBefore: [CANARY, '2026-02-30', 'x'.repeat(50)],
  month: [CANARY, '2027-13', '2027-3', '%00', ''],
  position: [CANARY, '-1', '999999999999999999', '9'.repeat(30)],
};

describe('a request that is wrong', () => {
  let server: TestServer;
  let to: Api;
  let routes: readonly Route[];
  const known: Record<string, string> = {};

  /** A path that leads to something, so that the body or query is what is wrong. */
  const pathOf = (route: Route) => filled(route, (name) => known[name] ?? UUID);

  const problem = (answer: Answer, what: string): void => {
    const { status, body, text } = answer;
    const seen = { what, status, text: text.slice(0, 300) };
    if (status < 400 || status > 499) throw new Error(`not refused: ${JSON.stringify(seen)}`);
    expect({ what, type: answer.headers.get('content-type') }).toMatchObject({
      what,
      type: expect.stringMatching(/^application\/problem\+json/),
    });
    expect({ what, ...body }).toMatchObject({
      type: `tag:enishi,2026:problem:${body['code'] as string}`,
      status,
    });
    if (body['code'] === 'not-valid') tellsEachField(what, body['errors']);
    expect(text).not.toMatch(/\bat [\w.<]+ \(|node_modules|\.js:\d|kanariya|stack|花子/i);
  };

  /** One thing is said of a field, in both languages, without the rule's own text. */
  const tellsEachField = (what: string, errors: unknown): void => {
    const told = (errors ?? []) as { path: string; messages: { ja: string; en: string } }[];
    expect([what, new Set(told.map(({ path }) => path)).size]).toEqual([what, told.length]);
    for (const { messages } of told) {
      expect([what, messages]).toEqual([
        what,
        { ja: expect.stringMatching(/。$/), en: expect.stringMatching(/^[A-Z].*\.$/) },
      ]);
      expect(messages.en).not.toMatch(/regular|\^|\\|conforming|each value/);
    }
  };

  /** Sends all of it, some together, since they share the look at their token; each must be refused, and the ledger stay as it is. */
  const refused = async (route: Route, requests: readonly (readonly [string, () => Promise<Answer>])[]) => {
    const head = await headOf(to);
    for (let at = 0; at < requests.length; at += TOGETHER) {
      const some = requests.slice(at, at + TOGETHER);
      const answers = await Promise.all(some.map(([, send]) => send()));
      some.forEach(([what], index) => problem(answers[index]!, `${route.id}: ${what}`));
    }
    expect([route.id, await headOf(to)]).toEqual([route.id, head]);
  };
  const raw = (route: Route, body: string | Uint8Array, type: string) => () =>
    to.send(route.method, pathOf(route), body, { headers: { 'content-type': type, 'if-match': '"0"' } });
  const json = (route: Route, body: unknown) => raw(route, JSON.stringify(body), 'application/json');

  beforeAll(async () => {
    // What is refused leaves the ledger as it is; a checkpoint that falls due meanwhile would not.
    server = await startServer({ env: { ENISHI_CHECKPOINT_SECONDS: '3600' } });
    to = api(server);
    const { purposeId, programmeId } = await furnish(to);
    const { alumnusId } = accepted(
      await to.post<{ alumnusId: string }>('/v1/alumni', {
        employeeNumber: 'B-1',
        name: { family: '縁野' },
        employment: { joinedOn: '2015-04-01', leftOn: '2024-03-31' },
      }),
    ).body;
    const { importId } = await importFile(to, leaversFile(3), { dryRun: true });
    Object.assign(known, {
      purposeId,
      programmeId,
      alumnusId,
      importId,
      version: '1',
      number: '1',
      letter: 'request-received',
      name: 'alumni-roster',
      code: 'labour-records',
    });
    routes = await routesOf(to);
  });
  afterAll(() => server?.stop());

  it('has a body here for every route that takes one', () => {
    const taking = routes.filter(({ takes }) => takes === 'json').map(({ id }) => id);
    expect(Object.keys(BODIES).sort()).toEqual(taking.sort());
  });

  it('whose body is not JSON, not an object, or of wrong members is refused', async () => {
    for (const route of routes.filter(({ takes }) => takes === 'json')) {
      const body = BODIES[route.id] as Record<string, unknown>;
      await refused(route, [
        ['cut', raw(route, '{"a":', 'application/json')],
        ['empty', raw(route, '', 'application/json')],
        ['prototype', raw(route, '{"__proto__":{"a":1}}', 'application/json')],
        ...['"kanariya"', '1', 'null', '[]', '[[]]'].map(
          (text) => [`body ${text}`, raw(route, text, 'application/json')] as const,
        ),
        ['unknown member', json(route, { ...body, surprise: CANARY })],
        ['unknown text as member', json(route, { ...body, [`${CANARY} 花子`]: 1 })],
        ...Object.keys(body).flatMap((key) =>
          [{ surprise: CANARY }, 12.5, ['kanariya', 7], true].map(
            (wrong) => [`${key} = ${JSON.stringify(wrong)}`, json(route, { ...body, [key]: wrong })] as const,
          ),
        ),
      ]);
    }
  });

  it('that leaves members out, or gives a list for one thing, is refused or understood', async () => {
    for (const route of routes.filter(({ takes }) => takes === 'json')) {
      for (const body of [{}, undefined, ...lessened(BODIES[route.id]!)]) {
        const answer = await to.send(route.method, pathOf(route), body, { ifMatch: 0 });
        const what = `${route.id} ${JSON.stringify(body)}`;
        if (answer.status >= 300) problem(answer, what);
        else accepted(answer);
      }
    }
  });

  it('whose text cannot be stored is refused, wherever it stands', async () => {
    for (const route of routes.filter(({ takes }) => takes === 'json')) {
      const bodies = ['kanariya\ud800', '\udfffkanariya', 'kana\u0000riya'].flatMap((text) =>
        spoilt(BODIES[route.id]!, text),
      );
      await refused(
        route,
        bodies.map((body) => [JSON.stringify(body).slice(0, 200), json(route, body)] as const),
      );
    }
    const mapping = routes.find(({ id }) => id === 'Imports.map')!;
    await refused(mapping, [['a key', json(mapping, { columns: { 'kanariya\u0000': 'ignore' } })]]);
  });

  it('whose body is huge, endlessly deep, or of another media type is refused', async () => {
    const huge = JSON.stringify({ kanariya: 'x'.repeat(1024 * 1024) });
    const deep = `{"content":${'{"all":['.repeat(20_000)}1${']}'.repeat(20_000)}}`;
    for (const route of routes.filter(({ takes }) => takes === 'json')) {
      await refused(route, [
        ['huge', raw(route, huge, 'application/json')],
        ['deep', raw(route, deep, 'application/json')],
        ['text', raw(route, '{}', 'text/plain')],
        ['xml', raw(route, '<a/>', 'application/xml')],
        ['form', raw(route, 'a=kanariya', 'application/x-www-form-urlencoded')],
        ['bytes', raw(route, Buffer.from('{}'), 'application/octet-stream')],
      ]);
    }
    for (const route of routes.filter(({ takes }) => takes === 'bytes')) {
      await refused(route, [
        ['json', raw(route, '{}', 'application/json')],
        ['text', raw(route, 'kanariya', 'text/csv')],
        ['nothing', raw(route, Buffer.alloc(0), 'application/octet-stream')],
      ]);
    }
    for (const route of routes.filter(({ takes, method }) => takes === 'nothing' && method !== 'GET')) {
      if (route.id === 'Auth.logout') continue;
      await refused(route, [
        ['bytes', raw(route, Buffer.from('kanariya'), 'application/octet-stream')],
        ['cut', raw(route, '{"a":', 'application/json')],
      ]);
    }
  });

  it('to something that is not there is refused', async () => {
    for (const route of routes.filter(({ parameters }) => parameters.length > 0)) {
      const body = route.takes === 'bytes' ? Buffer.from('x') : BODIES[route.id];
      const ids = [CANARY, '%00', '%F0%28', '..%2F..', 'x'.repeat(400), UUID.replace('1', 'g')];
      const send = (path: string) => () =>
        to.send(route.method, path, body, body && { headers: { 'if-match': '"0"' } });
      await refused(
        route,
        route.parameters.flatMap((wrong) =>
          ids.map((id) => [
            `${wrong} ${id}`,
            send(filled(route, (name) => (name === wrong ? id : (known[name] ?? UUID)))),
          ]),
        ),
      );
      if (route.parameters.includes('version')) {
        const versions = ['0', '-1', '2', '1.5', '1e3', '99999999999999999999'];
        await refused(
          route,
          versions.map((one) => [
            one,
            send(filled(route, (name) => (name === 'version' ? one : known[name]!))),
          ]),
        );
      }
      await refused(route, [['unknown', send(filled(route, () => UUID))]]);
    }
  });

  it('whose query is wrong is refused, another list’s cursor too', async () => {
    const listed = await to.get<{ cursor: string }>('/v1/audit-trail?limit=1');
    for (const route of routes.filter(({ queries }) => queries.length > 0)) {
      const base: Record<string, string> = {
        purposeId: known['purposeId']!,
        channel: 'email',
        format: 'csv',
        of: 'consents',
        seed: 's',
      };
      const query = (changes: Record<string, string>) => {
        const all = {
          ...Object.fromEntries(Object.entries(base).filter(([n]) => route.queries.includes(n))),
          ...changes,
        };
        return Object.entries(all)
          .map(([name, value]) => `${name}=${value}`)
          .join('&');
      };
      const ask = (text: string) => () => to.send(route.method, `${pathOf(route)}?${text}`);
      const own = route.id === 'Audit.list' || route.id === 'Alumni.history';
      await refused(route, [
        ['unknown', ask(query({ surprise: CANARY }))],
        ...route.queries.flatMap((name) => {
          expect(WRONG_QUERIES).toHaveProperty(name);
          return WRONG_QUERIES[name]!.map(
            (value) => [`${name}=${value}`, ask(query({ [name]: value }))] as const,
          );
        }),
        ...route.queries.map((name) => [`${name} twice`, ask(`${query({})}&${name}=1&${name}=2`)] as const),
        ...(route.queries.includes('cursor') && !own
          ? [['another’s cursor', ask(query({ cursor: encodeURIComponent(listed.body.cursor) }))] as const]
          : []),
      ]);
    }
  });

  it('to no route at all, or by another method, is a problem too', async () => {
    problem(await to.get('/v1/kanariya'), 'unknown route');
    problem(await to.get('/%00'), 'NUL in the path');
    problem(await to.get('/v1/%E3%81'), 'cut character in the path');
    const method = await to.delete('/v1/company');
    problem(method, 'method');
    expect([method.status, method.headers.get('allow')]).toEqual([405, 'GET, HEAD, PUT']);
    expect((await to.delete(`/v1/alumni/${UUID}/history`)).status).toBe(405);
    const told = async (answer: Promise<Answer>) => {
      const { status, body } = await answer;
      return [status, body['code']];
    };
    expect(await told(to.get('/v1/alumni/1'))).toEqual([400, 'address-not-valid']);
    expect(await told(to.post(`/v1/purposes/${UUID}/versions/x/publication`, {}))).toEqual([
      400,
      'address-not-valid',
    ]);
    expect(await told(to.get('/v1/%E0%A4%A'))).toEqual([400, 'address-not-valid']);
    expect(await told(to.send('POST', '/v1/purposes', '{"a":'))).toEqual([400, 'bad-request']);
    const plain = { headers: { 'content-type': 'text/plain' } };
    expect(await told(to.send('POST', '/v1/purposes', '{}', plain))).toEqual([
      415,
      'media-type-not-supported',
    ]);
    problem(await to.get('/v1/ledger', { headers: { authorization: 'Bearer kanariya' } }), 'token');
  });
});
