import { setTimeout as sleep } from 'node:timers/promises';
import { api, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { accepted, caughtUp, furnish, importFile, IN_PERSON, roster, wholeRoster } from './support/steps';

jest.setTimeout(120_000);

const HEADER = '社員番号,姓,名,入社年月日,退職年月日,メールアドレス\n';
const file = (...rows: readonly string[]) => Buffer.from(HEADER + rows.join('\n'));
const BEFORE = file(
  'U-1,縁野,一,2010-04-01,2019-03-31,one@example.jp',
  'U-2,縁野,二,2010-04-01,2019-03-31,two@example.jp',
  'U-3,縁野,三,2010-04-01,2019-03-31,three@example.jp',
);
const WRONG = file(
  'U-1,縁野,一,2010-04-01,2019-03-31,wrong@example.jp',
  'U-2,縁野,二,2021-04-01,2024-03-31,two@example.jp',
  'U-3,縁野,三,2010-04-01,2019-03-31,wrong@example.jp',
  'U-4,縁野,四,2010-04-01,2019-03-31,four@example.jp',
  'U-5,縁野,五,2010-04-01,2019-03-31,five@example.jp',
  'U-6,縁野,六,2010-04-01,2019-03-31,six@example.jp',
);

interface Undo {
  readonly state: string;
  readonly counts: Readonly<Record<string, number>>;
}
interface Left {
  readonly alumnusId: string;
  readonly code: string;
  readonly field?: string;
}

describe('an import that is undone', () => {
  let server: TestServer;
  let to: Api;
  let question: { purposeId: string; channel: string };
  let importId: string;
  const ids: Record<string, string> = {};

  const undo = async (): Promise<Undo> => {
    let { body } = accepted(
      await to.post<Undo>(`/v1/imports/${importId}/undo`, { reason: '別の会社の名簿だった' }),
    );
    while (body.state === 'running') {
      await sleep(50);
      body = accepted(await to.get<Undo>(`/v1/imports/${importId}/undo`)).body;
    }
    await caughtUp(to);
    return body;
  };
  const person = async (given: string) => (await to.get(`/v1/alumni/${ids[given]}`)).body;
  const mailOf = async (given: string) => {
    const asked = { fields: ['email'], reason: '確認' };
    return (await to.post<{ values: { email: string } }>(`/v1/alumni/${ids[given]}/reveal`, asked)).body
      .values.email;
  };
  const typesOf = async (given: string) => {
    const { body } = await to.get<{ events: { type: string }[] }>(`/v1/audit-trail?alumnusId=${ids[given]}`);
    return body.events.map(({ type }) => type);
  };

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
    const { purposeId } = await furnish(to);
    question = { purposeId, channel: 'email' };
    await importFile(to, BEFORE);
    const { importId: wrong, counts } = await importFile(to, WRONG);
    importId = wrong;
    expect(counts).toMatchObject({ registered: 3, corrected: 2, employmentsAdded: 1 });
    await caughtUp(to);
    for (const row of await wholeRoster(to, { ...question, mode: 'excluded' })) {
      ids[row.name.given!] = row.alumnusId;
    }
    const consented = `/v1/alumni/${ids['五']}/consents/${purposeId}/grants`;
    accepted(await to.post(consented, { channels: ['email'], language: 'ja', ...IN_PERSON }));
    for (const given of ['三', '六']) {
      const { body } = await to.get<{ revision: number }>(`/v1/alumni/${ids[given]}`);
      const patch = { email: 'by-hand@example.jp', reason: '本人の申し出' };
      accepted(await to.patch(`/v1/alumni/${ids[given]}`, patch, { ifMatch: body.revision }));
    }
  });
  afterAll(() => server?.stop());

  it('needs a reason, an import, and one that brought something', async () => {
    expect((await to.post(`/v1/imports/${importId}/undo`, {})).status).toBe(400);
    expect((await to.get(`/v1/imports/${importId}/undo`)).status).toBe(404);
    const dry = await importFile(to, BEFORE, { dryRun: true });
    const refused = await to.post(`/v1/imports/${dry.importId}/undo`, { reason: '誤り' });
    expect([refused.status, refused.body['code']]).toEqual([422, 'import-brought-nothing']);
  });

  it('hides whom only it knew, reverts what nobody changed since, and says what stays', async () => {
    expect(await undo()).toMatchObject({
      state: 'done',
      counts: { people: 6, hidden: 1, reverted: 3, left: 3 },
    });
    const { left } = (await to.get<{ left: Left[] }>(`/v1/imports/${importId}/undo/left`)).body;
    const told = left.map(({ alumnusId, code, field }) => [
      Object.keys(ids).find((given) => ids[given] === alumnusId),
      code,
      field,
    ]);
    expect(new Set(told.map((one) => one.join(' ')))).toEqual(
      new Set(['三 changed-since email', '五 recorded-since ', '六 known-from-elsewhere ']),
    );
    expect(await mailOf('一')).toBe('one@example.jp');
    expect((await person('二'))['employments']).toMatchObject([{ joinedOn: '2010-04-01' }, null]);
    expect(await mailOf('三')).toBe('by-hand@example.jp');
    expect(await mailOf('六')).toBe('by-hand@example.jp');
  });

  it('shows nobody who is hidden, anywhere, and tells why', async () => {
    for (const mode of ['contactable', 'excluded', 'approachable']) {
      const rows = await wholeRoster(to, { ...question, mode });
      expect(rows.map(({ alumnusId }) => alumnusId)).not.toContain(ids['四']);
    }
    const found = await roster(to, { ...question, mode: 'excluded', text: '四' });
    expect(found.rows).toEqual([]);
    const query = new URLSearchParams(question).toString();
    const funnel = accepted(await to.get<{ imported: number }>(`/v1/roster/funnel?${query}`)).body;
    expect(funnel.imported).toBe(5);
    expect((await to.get(`/v1/alumni/${ids['四']}`)).status).toBe(404);
    const grant = { channels: ['email'], language: 'ja', ...IN_PERSON };
    const refused = await to.post(`/v1/alumni/${ids['四']}/consents/${question.purposeId}/grants`, grant);
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(await typesOf('四')).toEqual(
      expect.arrayContaining(['AlumnusRegistered', 'RegistrationUndone', 'ErasureMarked']),
    );
  });

  it('comes to the same when it is undone again', async () => {
    const before = [await typesOf('一'), await typesOf('四')];
    expect(await undo()).toMatchObject({ counts: { people: 6, hidden: 1, reverted: 3 } });
    expect([await typesOf('一'), await typesOf('四')]).toEqual(before);
  });

  it('registers again what the same file, imported anew, states', async () => {
    const again = await importFile(to, WRONG);
    expect(again.counts).toMatchObject({ registered: 1, refused: 0 });
    expect(await mailOf('一')).toBe('wrong@example.jp');
    expect((await person('四'))['name']).toMatchObject({ given: '四' });
    expect(await typesOf('四')).toContain('ErasureMarkLifted');
    expect(await undo()).toMatchObject({ counts: { hidden: 1 } });
    expect((await person('四'))['name']).toMatchObject({ given: '四' });
  });
});
