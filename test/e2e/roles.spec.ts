import { CSRF_HEADER, loadDevelopmentAccess, ROLE_PERMISSIONS } from '@enishi/access';
import { Browser } from '../access/browser';
import { api, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { filled, routesOf, type Route } from './support/document';
import { accepted, furnish, IN_PERSON } from './support/steps';

jest.setTimeout(120_000);

const UUID = '11111111-1111-4111-8111-111111111111';
const { DEVELOPMENT_PEOPLE } = loadDevelopmentAccess({ mode: 'development' });

describe('who may do what', () => {
  let server: TestServer;
  let to: Api;
  let routes: readonly Route[];

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
    routes = await routesOf(to);
  });
  afterAll(() => server?.stop());

  it('lets nobody in who has not signed in, except where a load balancer or a program asks', async () => {
    const nobody = api(server, null);
    for (const route of routes) {
      const { status, body } = await nobody.send(
        route.method,
        filled(route, () => UUID),
      );
      const seen = [route.id, status === 401 && body['code'] === 'not-signed-in'];
      expect(seen).toEqual([route.id, !route.open]);
    }
    expect((await api(server, `enishi_${'x'.repeat(43)}`).get('/v1/ledger')).status).toBe(401);
  });

  it.each(DEVELOPMENT_PEOPLE.map((person) => [person.role, person] as const))(
    'lets %s in exactly where the role may, after a real sign-in',
    async (role, { subject }) => {
      const browser = new Browser(server.url);
      const landed = await browser.signIn(subject, '/roster');
      expect(landed.headers.get('location')).toBe('/roster');
      const csrf = await browser.csrfToken();
      for (const route of routes) {
        if (route.permissions === undefined) continue;
        const init = { method: route.method, headers: { [CSRF_HEADER]: csrf } };
        const answer = await browser.request(
          filled(route, () => UUID),
          init,
        );
        const text = await answer.text();
        const may = route.permissions.every((one) =>
          (ROLE_PERMISSIONS[role] as readonly string[]).includes(one),
        );
        const denied = answer.status === 403 && text.includes('"permission-missing"');
        expect([role, route.id, denied]).toEqual([role, route.id, !may]);
        expect([route.id, answer.status]).not.toEqual([route.id, 500]);
      }
    },
  );

  it('wants the session’s token with everything that changes something', async () => {
    const browser = new Browser(server.url);
    await browser.signIn('dev-compliance');
    const answer = await browser.request('/v1/company', { method: 'PUT' });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      403,
      'csrf-token-missing',
    ]);
  });

  it('keeps a grant to its departments: no reading, no reveal, no writing beyond them', async () => {
    const { purposeId } = await furnish(to);
    const register = async (employeeNumber: string, department: string) => {
      const employment = { department, joinedOn: '2015-04-01', leftOn: '2024-03-31' };
      const person = { employeeNumber, name: { family: '縁野' }, email: 'a@example.jp', employment };
      return accepted(await to.post<{ alumnusId: string }>('/v1/alumni', person)).body.alumnusId;
    };
    const inside = await register('R-1', '営業部');
    const outside = await register('R-2', '開発部');
    const account = accepted(
      await to.post<{ id: string }>('/v1/accounts', { kind: 'machine', label: 'sales' }),
    );
    const { id } = account.body;
    const grant = { role: 'hr', departments: ['営業部'], fields: ['contact'] };
    accepted(await to.post(`/v1/accounts/${id}/grants`, grant));
    const validUntil = new Date(Date.now() + 86_400_000).toISOString();
    const { token } = accepted(
      await to.post<{ token: string }>('/v1/tokens', { accountId: id, validUntil }),
    ).body;
    const scoped = api(server, token);

    const answer = { channels: ['email'], language: 'ja', ...IN_PERSON };
    const asked = { channels: ['email'], captureChannel: 'email', language: 'ja' };
    const query = new URLSearchParams({ purposeId, channel: 'email' }).toString();
    const attempts = (person: string) =>
      [
        () => scoped.get(`/v1/alumni/${person}`),
        () => scoped.get(`/v1/alumni/${person}/history`),
        () => scoped.get(`/v1/alumni/${person}/consents`),
        () => scoped.get(`/v1/alumni/${person}/why?${query}`),
        () => scoped.get(`/v1/alumni/${person}/replay?${query}`),
        () => scoped.post(`/v1/alumni/${person}/reveal`, { fields: ['email'], reason: '確認' }),
        () => scoped.post(`/v1/alumni/${person}/consents/${purposeId}/requests`, asked),
        () => scoped.post(`/v1/alumni/${person}/consents/${purposeId}/grants`, answer),
        () => scoped.post(`/v1/alumni/${person}/artefacts`, Buffer.from('scan')),
        () => scoped.patch(`/v1/alumni/${person}`, { phone: '090-1234-5678' }, { ifMatch: 0 }),
        () => scoped.post(`/v1/alumni/${person}/return`, {}),
        () => scoped.post(`/v1/alumni/${person}/death`, {}),
      ] as const;
    const statuses = async (person: string) => {
      const all: number[] = [];
      for (const attempt of attempts(person)) all.push((await attempt()).status);
      return all;
    };
    expect(await statuses(outside)).toEqual(attempts(outside).map(() => 404));
    expect((await statuses(inside)).every((status) => status < 300)).toBe(true);
    const number = { fields: ['employeeNumber'], reason: '確認' };
    expect(await scoped.post(`/v1/alumni/${inside}/reveal`, number)).toMatchObject({
      status: 403,
      body: { code: 'field-not-granted' },
    });
    const page = await scoped.post('/v1/roster/search', { purposeId, channel: 'email', mode: 'excluded' });
    expect(page.text).toContain(inside);
    expect(page.text).not.toContain(outside);
    const elsewhere = { employeeNumber: 'R-3', name: { family: '縁野' } };
    const employment = { department: '開発部', joinedOn: '2015-04-01', leftOn: '2024-03-31' };
    expect((await scoped.post('/v1/alumni', { ...elsewhere, employment })).status).toBe(403);
  });
});
