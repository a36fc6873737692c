import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { api, type Api } from '../support/api';
import { databaseOf } from '../support/home-database';
import { startServer, temporaryHome, type TestServer } from '../support/server';
import { atVolume } from '../support/volume';
import {
  accepted,
  caughtUp,
  furnish,
  importFile,
  IN_PERSON,
  roster,
  settled,
  type ImportView,
} from './support/steps';

jest.setTimeout(180_000);

const GIVEN = ['一', '二', '三', '四', '五', '六', '七'];
const PEOPLE = 'A-1 一,A-2 二,A-3 三,A-4 四,A-5 五,A-6 六,A-7 七'.split(',').map((who) => who.split(' '));
const LEAVERS = [
  '社員番号,姓,名,入社年月日,退職年月日,退職区分,雇用形態,メールアドレス',
  ...PEOPLE.map(
    ([number, given]) => `${number},縁野,${given},2010-04-01,2024-03-31,自己都合,正社員,${number}@example.jp`,
  ),
].join('\n');
const HEADER = '社員番号,氏名,利用目的,版,連絡手段,回答,同意日,同意方法,取得方法,本人確認,言語,証跡';
const said = (who: number, answer: string, on: string, version = '1', evidence = '綴り') =>
  `A-${who},縁野${GIVEN[who - 1]},rehire,${version},email,${answer},${on},document,paper,document-seen,ja,${evidence}`;

interface Undo {
  readonly state: string;
  readonly counts: Readonly<Record<string, number>>;
}
interface Left {
  readonly left: readonly { readonly alumnusId: string; readonly code: string }[];
}

describe('an import of consents that is undone', () => {
  const place = temporaryHome();
  let server: TestServer;
  let to: Api;
  let purposeId: string;
  let importId: string;
  let file: Buffer;
  const ids: Record<string, string> = {};

  const take = async (bytes: Buffer): Promise<ImportView> => {
    const headers = { 'enishi-content': 'consents' };
    const staged = accepted(await to.post<ImportView>('/v1/imports', bytes, { headers })).body;
    accepted(await to.post(`/v1/imports/${staged.importId}/run`));
    const ended = await settled(to, staged.importId);
    await caughtUp(to);
    return ended;
  };
  const order = (which: string) =>
    to.post<Undo>(`/v1/imports/${which}/undo`, { reason: '別の会社の同意書だった' });
  const undo = async (which = importId): Promise<Undo> => {
    let { body } = accepted(await order(which));
    while (body.state === 'running') {
      await sleep(50);
      body = accepted(await to.get<Undo>(`/v1/imports/${which}/undo`)).body;
    }
    await caughtUp(to);
    return body;
  };
  const names = async (mode: string) =>
    (await roster(to, { purposeId, channel: 'email', mode })).rows.map(({ name }) => name.given).sort();
  const reasonOf = async (given: string) => {
    const { rows } = await roster(to, { purposeId, channel: 'email', mode: 'excluded' });
    return rows.find(({ name }) => name.given === given)?.reasons.map(({ code }) => code);
  };
  const answer = async (given: string, what: string): Promise<void> => {
    const body = { channels: ['email'], language: 'ja', ...IN_PERSON };
    accepted(await to.post(`/v1/alumni/${ids[given]}/consents/${purposeId}/${what}`, body));
  };
  const voids = async (): Promise<{ n: string; people: string }> => {
    const database = new Client(databaseOf(server.home));
    await database.connect();
    try {
      const { rows } = await database.query<{ n: string; people: string }>(
        `select count(*)::text n, count(distinct stream)::text people from ledger.events where type = 'ConsentInvalidated'`,
      );
      return rows[0]!;
    } finally {
      await database.end();
    }
  };

  beforeAll(async () => {
    server = await startServer({ home: place.home });
    to = api(server);
    ({ purposeId } = await furnish(to));
    await importFile(to, Buffer.from(LEAVERS));
    await caughtUp(to);
    for (const row of (await roster(to, { purposeId, channel: 'email', mode: 'excluded' })).rows)
      ids[row.name.given!] = row.alumnusId;
    // By hand before the file: a consent that the file knows nothing of, and one that the file ends.
    await answer('五', 'grants');
    await answer('七', 'grants');
    const now = new Date().toISOString();
    file = Buffer.from(
      [
        HEADER,
        said(1, '同意', now),
        said(2, '同意', now, '', ''),
        said(3, '不同意', now),
        said(4, '同意', now),
        said(5, '同意', now, '', ''),
        said(6, '同意', now),
        said(7, '撤回', now),
      ].join('\n'),
    );
    const taken = await take(file);
    ({ importId } = taken);
    expect(taken.counts).toMatchObject({ rows: 7, recorded: 7, incomplete: 2 });
    // Since: one has withdrawn, one has consented anew by hand.
    await answer('四', 'withdrawals');
    await answer('六', 'grants');
    await caughtUp(to);
  });
  afterAll(async () => {
    await server?.stop();
    await place.remove();
  });

  it('tells before an approval what it would take, and takes that', async () => {
    const preview = accepted(await to.get(`/v1/imports/${importId}/approval`)).body;
    const groups = [{ purposeId, purposeVersion: 1, waiting: 2, withScan: 0, withNote: 0 }];
    expect(preview).toMatchObject({ waiting: 2, approved: 0, ended: 0, groups });
    expect(await names('contactable')).toEqual(['一', '六']);
    const { body } = accepted(await to.post(`/v1/imports/${importId}/approve`));
    expect(body).toMatchObject({ approved: 2 });
    expect(accepted(await to.get(`/v1/imports/${importId}/approval`)).body).toMatchObject({
      waiting: 0,
      approved: 2,
      groups: [],
    });
    expect(await names('contactable')).toEqual(['一', '二', '五', '六']);
  });

  it('needs a reason, and an import that brought something', async () => {
    expect((await to.post(`/v1/imports/${importId}/undo`, {})).status).toBe(400);
    const headers = { 'enishi-content': 'consents' };
    const dry = accepted(await to.post<ImportView>('/v1/imports', file, { headers })).body;
    const refused = await order(dry.importId);
    expect([refused.status, refused.body]).toMatchObject([422, { code: 'import-brought-nothing' }]);
    accepted(await to.delete(`/v1/imports/${dry.importId}`));
  });

  it('leaves what the person and others have said, and nothing of what it brought alone', async () => {
    expect(await undo()).toMatchObject({
      state: 'done',
      counts: { people: 7, hidden: 0, reverted: 5, left: 2 },
    });
    const { left } = accepted(await to.get<Left>(`/v1/imports/${importId}/undo/left`)).body;
    const told = left.map(({ alumnusId, code }) => `${GIVEN.find((one) => ids[one] === alumnusId)} ${code}`);
    expect(told.sort()).toEqual(['七 withdrawal-cannot-be-voided', '四 recorded-since']);
    // Five has consented by hand before, and six since.
    expect(await names('contactable')).toEqual(['五', '六']);
    expect(await reasonOf('四')).toEqual(['consent-withdrawn']);
    expect(await reasonOf('七')).toEqual(['consent-withdrawn']);
    expect(await reasonOf('三')).not.toContain('consent-refused');
    expect((await to.post(`/v1/imports/${importId}/approve`)).body).toMatchObject({ code: 'import-undone' });
  });

  it('comes to the same when it is undone again', async () => {
    const before = await voids();
    expect(await undo()).toMatchObject({ state: 'done', counts: { people: 7, reverted: 5, left: 2 } });
    expect(await voids()).toEqual(before);
  });

  it('records anew what the same file, imported again, states; what a hand has voided stays so', async () => {
    const again = await take(file);
    expect(again.counts).toMatchObject({ refused: 0, recorded: 5, unchanged: 2 });
    // What lacks evidence stands before the consent that five gave by hand, until somebody approves it.
    expect(await names('contactable')).toEqual(['一', '六']);
    const history = await to.get<{ events: { eventId: string; type: string; batchId?: string }[] }>(
      `/v1/alumni/${ids['一']}/history`,
    );
    const granted = history.body.events.find(
      ({ type, batchId }) => type === 'ConsentGranted' && batchId === again.importId,
    )!;
    const wrong = { eventId: granted.eventId, reason: '別人の用紙' };
    accepted(await to.post(`/v1/alumni/${ids['一']}/consents/${purposeId}/invalidations`, wrong));
    expect((await take(file)).counts).toMatchObject({ recorded: 0, unchanged: 7 });
    expect(await names('contactable')).toEqual(['六']);
  });

  it('goes on where it was when the server is killed meanwhile', async () => {
    const rows = atVolume(400, 1500);
    const people = Array.from({ length: rows }, (_, at) => `K-${at},縁野,鍵,2010-04-01,2024-03-31,`);
    await importFile(
      to,
      Buffer.from(['社員番号,姓,名,入社年月日,退職年月日,メールアドレス', ...people].join('\n')),
    );
    const now = new Date().toISOString();
    const list = Array.from(
      { length: rows },
      (_, at) => `K-${at},縁野鍵,rehire,1,email,同意,${now},document,paper,document-seen,ja,綴り`,
    );
    const { importId: which, counts } = await take(Buffer.from([HEADER, ...list].join('\n')));
    expect(counts).toMatchObject({ recorded: rows });
    const before = Number((await voids()).n);
    accepted(await order(which));
    while (Number((await voids()).n) < before + rows / 4) await sleep(5);
    await server.kill();
    const struck = Number((await voids()).n) - before;
    expect(struck).toBeLessThan(rows);
    server = await startServer({ home: place.home });
    to = api(server);
    expect(await undo(which)).toMatchObject({
      state: 'done',
      counts: { people: rows, reverted: rows, left: 0 },
    });
    expect(Number((await voids()).n) - before).toBe(rows);
  });
});
