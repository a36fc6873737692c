import { api, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { accepted, caughtUp, furnish, importFile, leaversFile, roster } from './support/steps';

jest.setTimeout(120_000);

describe('a search of the roster', () => {
  let server: TestServer;
  let to: Api;
  let question: { readonly purposeId: string; readonly channel: string; readonly mode: string };

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
    const { purposeId } = await furnish(to);
    await importFile(to, leaversFile(30));
    await caughtUp(to);
    question = { purposeId, channel: 'email', mode: 'excluded' };
  });
  afterAll(() => server?.stop());

  it('goes on by its cursor with the same question, and with no other', async () => {
    for (const at of [undefined, new Date().toISOString()]) {
      const asked = { ...question, ...(at !== undefined && { at }) };
      const { cursor } = await roster(to, { ...asked, limit: 5 });
      const next = await roster(to, { ...asked, cursor, limit: 7 });
      expect(next.rows).toHaveLength(7);
      for (const change of [
        { channel: 'phone' },
        { mode: 'approachable' },
        { text: 'サ' },
        { department: '営業部' },
        { leftFrom: '2020-01-01' },
        { purposeId: '11111111-1111-4111-8111-111111111111' },
        { at: '2026-01-01' },
      ]) {
        const { status, body } = await to.post('/v1/roster/search', { ...asked, cursor, ...change });
        expect([change, status, body['code']]).toEqual([change, 400, 'cursor-not-valid']);
      }
    }
  });

  it('for nothing that could be found finds nobody', async () => {
    for (const text of ["'", ' ', '　', '・', '-', "' . ,"]) {
      for (const at of [undefined, new Date().toISOString()]) {
        const found = await roster(to, { ...question, text, ...(at !== undefined && { at }) });
        expect([text, found.rows]).toEqual([text, []]);
      }
    }
    // As a form sends it that was left empty.
    expect((await roster(to, { ...question, text: '' })).rows.length).toBeGreaterThan(0);
    expect(accepted(await to.get('/health')).status).toBe(200);
  });
});
