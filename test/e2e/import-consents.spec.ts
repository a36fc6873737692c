import { setTimeout as sleep } from 'node:timers/promises';
import { api, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { accepted, caughtUp, furnish, importFile, roster, settled, type ImportView } from './support/steps';

jest.setTimeout(120_000);

const PEOPLE = Buffer.from(
  '社員番号,姓,名,入社年月日,退職年月日,退職区分,雇用形態,メールアドレス\n' +
    ['C-1,縁野,一', 'C-2,縁野,二', 'C-3,縁野,三', 'C-4,縁野,四']
      .map(
        (who) => `${who},2010-04-01,2024-03-31,自己都合,正社員,${who.slice(0, 3).toLowerCase()}@example.jp`,
      )
      .join('\n'),
);
const HEADER = '社員番号,氏名,利用目的,版,連絡手段,回答,同意日,同意方法,取得方法,本人確認,言語,証跡';
const said = (who: string, answer: string, version: string, evidence: string, on: string) =>
  `${who},rehire,${version},email,${answer},${on},document,paper,document-seen,ja,${evidence}`;
/** Said at `now`, which is after the purpose came into force. */
const consentsOf = (now: string) =>
  Buffer.from(
    [
      HEADER,
      said('C-1,縁野 一', '同意', '1', '人事部の綴り 12', now),
      said('C-2,縁野二', '同意', '', '', now),
      said('C-3,縁野三', '不同意', '1', '', now),
      said('C-4,別人', '同意', '1', '綴り', now),
      said('C-9,縁野 九', '同意', '1', '綴り', now),
      said('C-4,縁野四', 'たぶん', '1', '綴り', now),
      said('C-4,縁野四', '同意', '1', '綴り', '2001-01-01'),
    ].join('\n'),
  );

interface Problems {
  readonly problems: readonly {
    readonly line: number;
    readonly code: string;
    readonly column: string | null;
  }[];
}

describe('a file of consents', () => {
  let server: TestServer;
  let to: Api;
  let question: { purposeId: string; channel: string };
  let importId: string;
  let file: Buffer;

  const send = async (what: 'dry-run' | 'run'): Promise<ImportView> => {
    const headers = { 'enishi-content': 'consents' };
    const staged = accepted(await to.post<ImportView>('/v1/imports', file, { headers })).body;
    accepted(await to.post(`/v1/imports/${staged.importId}/${what}`));
    const ended = await settled(to, staged.importId);
    await caughtUp(to);
    return ended;
  };
  const names = async (mode: string) =>
    (await roster(to, { ...question, mode })).rows.map(({ name }) => name.given).sort();
  const codesOf = async (given: string) => {
    const { rows } = await roster(to, { ...question, mode: 'excluded' });
    return rows.find(({ name }) => name.given === given)?.reasons.map(({ code }) => code);
  };

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
    const { purposeId } = await furnish(to);
    question = { purposeId, channel: 'email' };
    file = consentsOf(new Date().toISOString());
    const officer = { name: { family: '架空' }, workContact: 'officer@example.jp' };
    accepted(await to.put('/v1/company/responsible-officer', officer));
    await importFile(to, PEOPLE);
    await caughtUp(to);
  });
  afterAll(() => server?.stop());

  it('is looked over without recording anything', async () => {
    const dry = await send('dry-run');
    expect(dry).toMatchObject({ state: 'checked', counts: { rows: 7, recorded: 3, refused: 4 } });
    expect(await names('contactable')).toEqual([]);
  });

  it('is recorded row by row; others are told by line and reason', async () => {
    const ended = await send('run');
    importId = ended.importId;
    const { problems } = (await to.get<Problems>(`/v1/imports/${importId}/problems`)).body;
    expect({ problems: problems.map(({ line, code }) => [line, code]), counts: ended.counts }).toMatchObject({
      counts: { rows: 7, recorded: 3, incomplete: 1, unchanged: 0, refused: 4 },
    });
    expect(new Map(problems.map(({ line, code }) => [line, code]))).toEqual(
      new Map([
        [5, 'name-differs'],
        [6, 'person-unknown'],
        [7, 'value-unknown'],
        [8, 'answered-before-version'],
      ]),
    );
    expect(JSON.stringify(problems)).not.toMatch(/別人|たぶん|縁野/);
  });

  it('has the responsible officer told by mail, which in development goes to a page of the server', async () => {
    let page = '';
    for (let waited = 0; !page.includes(importId); waited += 50) {
      if (waited > 20_000) throw new Error(`no mail: ${(await to.get('/v1/outbox')).text}`);
      await sleep(50);
      page = await (await fetch(`${server.url}/dev-mail`, { headers: { accept: 'text/html' } })).text();
    }
    expect(page).toContain('officer@example.jp');
    expect(page).toContain('1 件');
    expect(page).not.toMatch(/縁野|C-2/);
    const { body } = await to.get<{ mail: string; letters: object[] }>('/v1/outbox');
    expect(body).toMatchObject({
      mail: 'catcher',
      letters: [{ notice: 'evidence-waits', aboutId: importId }],
    });
    expect(JSON.stringify(body)).not.toContain('officer@');
  });

  it('lets be contacted who consented with evidence, and nobody else until compliance approves', async () => {
    expect(await names('contactable')).toEqual(['一']);
    expect(await codesOf('二')).toEqual(['evidence-incomplete']);
    expect(await codesOf('三')).toEqual(['consent-refused']);
    const approved = accepted(await to.post<{ approved: number }>(`/v1/imports/${importId}/approve`));
    expect(approved.body.approved).toBe(1);
    expect(await names('contactable')).toEqual(['一', '二']);
    const again = accepted(await to.post<{ approved: number }>(`/v1/imports/${importId}/approve`));
    expect(again.body.approved).toBe(0);
  });

  it('changes nothing the second time', async () => {
    const again = await send('run');
    expect(again.counts).toMatchObject({ recorded: 0, incomplete: 0, unchanged: 3, refused: 4 });
    expect(await names('contactable')).toEqual(['一', '二']);
  });

  it('is refused where it is said to be something else', async () => {
    const headers = { 'enishi-content': 'payroll' };
    expect((await to.post('/v1/imports', file, { headers })).status).toBe(400);
  });
});
