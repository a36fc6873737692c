import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { api, type Api } from '../support/api';
import { notRun } from '../support/not-run';
import { startServer, type TestServer } from '../support/server';
import {
  accepted,
  caughtUp,
  furnish,
  headOf,
  importFile,
  wholeRoster,
  type Furnished,
} from './support/steps';

jest.setTimeout(60_000);

const samples = path.resolve(process.cwd(), '../shared/data');

interface Person {
  readonly name: { readonly family: string; readonly given?: string };
  readonly kana: { readonly family?: string; readonly given?: string } | null;
  readonly email?: string;
  readonly phone?: string;
  readonly employments: readonly Readonly<Record<string, string>>[];
}

if (!existsSync(samples)) {
  notRun('import of the two sample files over HTTP', '../shared/data is not on this machine');
  it.skip('imports the two sample files over HTTP', () => undefined);
} else {
  describe('the samples, over HTTP', () => {
    let server: TestServer;
    let to: Api;
    let place: Furnished;
    const jinjer = readFileSync(path.join(samples, 'leavers-jinjer.cp932.csv'));
    const dataset = readFileSync(path.join(samples, 'HRDataset_v14.csv'));

    const question = (mode: string, more: object = {}) => ({
      purposeId: place.purposeId,
      programmeId: place.programmeId,
      channel: 'email',
      mode,
      ...more,
    });
    const idOf = async (text: string) => {
      const found = await wholeRoster(to, question('excluded', { text }));
      if (found.length !== 1) throw new Error(`${found.length} people found by ${text}`);
      return found[0]!.alumnusId;
    };
    const person = async (text: string) =>
      accepted(await to.get<Person>(`/v1/alumni/${await idOf(text)}`)).body;
    const reveal = async (text: string, ...fields: string[]) => {
      const reveal = { fields, reason: '見本の確認' };
      const answer = await to.post<{ values: object }>(`/v1/alumni/${await idOf(text)}/reveal`, reveal);
      return accepted(answer).body.values;
    };

    beforeAll(async () => {
      server = await startServer();
      to = api(server);
      // Its rule is "left amicably".
      place = await furnish(to, 'community');
    });
    afterAll(() => server?.stop());

    it('takes 57 of the 60 rows of the Japanese file, and says what is wrong with the others by cell', async () => {
      const done = await importFile(to, jinjer);
      expect(done).toMatchObject({ state: 'done', recognition: { encoding: 'cp932', layout: 'jinjer' } });
      expect(done.counts).toMatchObject({
        rows: 60,
        leavers: 57,
        registered: 55,
        employmentsAdded: 1,
        unchanged: 1,
        corrected: 0,
        refused: 2,
        notLeavers: 1,
        warnings: 3,
      });
      const path = `/v1/imports/${done.importId}/problems`;
      const { problems } = accepted(await to.get<{ problems: Record<string, unknown>[] }>(path)).body;
      expect(problems.map(({ line, column, severity, code }) => [line, column, severity, code])).toEqual([
        [10, '退職年月日', 'error', 'date-impossible'],
        [11, '職場氏名(名)', 'warning', 'given-name-missing'],
        [18, '個人メールアドレス', 'warning', 'email-invalid'],
        [18, '携帯電話番号', 'warning', 'phone-invalid'],
        [19, '退職年月日', 'error', 'left-before-joined'],
      ]);
      // The problem is told by its place, never by the value.
      expect(JSON.stringify(problems)).not.toMatch(/2022\/13\/45|not-an-email/);
      await caughtUp(to);
    });

    it('changes nothing when the same file comes again', async () => {
      const before = BigInt(await headOf(to));
      const again = await importFile(to, jinjer);
      expect(again.counts).toMatchObject({ leavers: 57, registered: 0, employmentsAdded: 0, corrected: 0 });
      expect(again.counts['unchanged']).toBe(57);
      // Only that it was imported again is noted: begun and ended.
      expect(BigInt(await headOf(to)) - before).toBe(2n);
    });

    it('reads rare characters, eras, half-width kana and quoted line breaks right', async () => {
      expect(await person('髙橋一郎')).toMatchObject({ name: { family: '髙橋', given: '一郎' } });
      const sakiyama = await person('サキヤマ');
      expect(sakiyama).toMatchObject({
        name: { family: '﨑山', given: '美咲' },
        employments: [{ joinedOn: '2010-04-01', leftOn: '2021-06-30' }],
      });
      const [suzuki] = (await wholeRoster(to, question('excluded', { text: 'スズキケン' }))).map(
        (row) => row.kana,
      );
      expect(suzuki).toEqual({ family: 'スズキ', given: 'ケン' });
      expect(await person('山本さくら')).toMatchObject({
        employments: [{ department: '派遣（就業先：架空商事）', kind: 'dispatch' }],
      });
      expect((await person('伊藤誠')).employments[0]!['leftOn']).toBe('2024-02-29');
      // ① stands in a remark, which no column fills; the quoted break belongs to the record before it.
      expect(await person('吉田結衣')).toMatchObject({ employments: [{ leftOn: '2025-12-31' }] });
      expect(await person('加藤大輔')).toMatchObject({ employments: [{ leavingKind: 'company-reason' }] });
      expect(await reveal('加藤大輔', 'leavingDetail')).toEqual({ leavingDetail: null });
    });

    it('knows who was here twice, masks what is personal, and imports no invalid address', async () => {
      const sato = await person('佐藤花子');
      expect(sato.employments.map(({ joinedOn, leftOn }) => [joinedOn, leftOn])).toEqual([
        ['2012-04-01', '2019-03-31'],
        ['2021-10-01', '2024-10-31'],
      ]);
      expect(JSON.stringify(sato)).not.toMatch(/hanako|1234/);
      expect(await reveal('佐藤花子', 'email', 'phone', 'employeeNumber')).toEqual({
        email: 'hanako.new@example.jp',
        phone: '+819012345678',
        employeeNumber: '000123',
      });
      const matsumoto = await person('松本リサ');
      expect(matsumoto).not.toHaveProperty('email');
      expect(matsumoto).not.toHaveProperty('phone');
    });

    it('imports the dismissed person, who is not eligible under an amicable rule', async () => {
      const yamada = await idOf('山田太郎');
      const excluded = await wholeRoster(to, question('excluded'));
      const row = excluded.find(({ alumnusId }) => alumnusId === yamada)!;
      expect(row.reasons.map(({ code }) => code)).toContain('not-eligible');
      const approachable = await wholeRoster(to, question('approachable'));
      expect(approachable.length).toBeGreaterThan(20);
      expect(approachable.map(({ alumnusId }) => alumnusId)).not.toContain(yamada);
    });

    it('takes the 104 leavers of the American file with its names put right, and no sensitive column', async () => {
      const mapping = { columns: { First_Name: 'familyName', Last_Name: 'givenName' }, saveAs: 'HRDataset' };
      const done = await importFile(to, dataset, { mapping: { ...mapping, source: 'hris-us' } });
      expect(done).toMatchObject({ state: 'done', recognition: { encoding: 'utf-8' } });
      expect(done.counts).toMatchObject({
        rows: 310,
        leavers: 104,
        registered: 104,
        notLeavers: 206,
        refused: 0,
      });
      const refused = done.columns.flatMap(({ header, refused }) =>
        refused ? [[header, refused.item]] : [],
      );
      expect(Object.fromEntries(refused)).toMatchObject({
        RaceDesc: 'race',
        HispanicLatino: 'race',
        CitizenDesc: 'nationality',
        MaritalDesc: 'marital-status',
        Salary: 'salary',
      });
      await caughtUp(to);
      expect(await person('Ait Sidi')).toMatchObject({
        name: { family: 'Ait Sidi', given: 'Karthikeyan' },
        employments: [{ department: 'IT/IS', leftOn: '2016-06-16' }],
      });
      const forced = await to.put<{ importId: string }>(
        `/v1/imports/${(await to.post<{ importId: string }>('/v1/imports', dataset)).body.importId}/mapping`,
        { columns: { RaceDesc: 'department' } },
      );
      const run = await to.post(`/v1/imports/${forced.body.importId}/run`);
      expect([run.status, run.body['code']]).toEqual([422, 'mapping-not-valid']);
      const { mappings } = accepted(
        await to.get<{ mappings: { name: string }[] }>('/v1/import-mappings'),
      ).body;
      expect(mappings.map(({ name }) => name)).toEqual(['HRDataset']);
    });
  });
}
