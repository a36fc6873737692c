import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { ACCESS_RULES_TEMPLATE, PUBLIC_MATTERS_TEMPLATE, SECURITY_MEASURES_TEMPLATE } from '@enishi/domain';
import { BODIES } from './support/bodies';
import { accepted, furnish, importFile, IN_PERSON, SYSTEM } from './support/steps';
import { Office, stagesIn, untilThere } from './support/year';
import { LEFT, leavers, PEOPLE, YearDesk } from './support/year-desk';

jest.setTimeout(120_000);

const ANSWER = { channels: ['email'], language: 'ja', ...IN_PERSON, evidence: '署名のある書面' };
const CHECK = { result: 'verified', method: 'document-seen', seen: '運転免許証の氏名と生年月日' };
const TOLD = { about: 'decision', form: 'paper', way: 'post', said: '結果のとおり', proof: '書留 1' };
const ANSWERED = { outcome: 'answered' };

interface Held {
  readonly elsewhere: readonly {
    readonly entryId: string;
    readonly until?: string;
    readonly disposedOn?: string;
  }[];
}

/** From one April to the next. Everything by HTTP but backups, which are of the command line; the day is the story's. */
describe('one company’s year', () => {
  const office = new Office();
  const desk = new YearDesk(office);
  const stage = stagesIn(office);
  const { ids } = desk;
  let payroll = '';
  let mailer = '';
  let erasureId: string | undefined;
  let restored: Readonly<Record<string, unknown>> = {};

  beforeAll(() => office.open('2027-04-01'));
  afterAll(() => office.close());

  stage(
    '1 April: it says who it is and what it does with data of leavers, and publishes that',
    async () => {
      ({ purposeId: desk.purposeId } = await furnish(office.to));
      accepted(await office.to.put('/v1/company/responsible-officer', { name: { family: '架空' } }));
      accepted(await office.to.put('/v1/company/public-matters', { matters: PUBLIC_MATTERS_TEMPLATE }));
      await desk.post('/v1/handling-rules', {
        ...{ title: { ja: '退職者個人情報取扱規程', en: 'Rules' }, documentNumber: '規程-1', text: '第1条' },
        ...{ access: ACCESS_RULES_TEMPLATE, measures: SECURITY_MEASURES_TEMPLATE },
      });
      const { basis } = await desk.get<{ basis: string }>('/v1/publication/preview');
      await desk.post('/v1/publication', { basis });
      const system = { ...SYSTEM, code: 'payroll' };
      payroll = (await desk.post<{ systemId: string }>('/v1/systems', system)).systemId;
    },
    {
      'the page is there for everybody': [async () => (await office.nobody.get('/privacy')).status, 200],
      'what the checklist still misses is what the year brings': [
        () => desk.openPoints(),
        ['consent-never-asked', 'rules-never-reviewed', 'accounts-never-reviewed'],
      ],
    },
  );

  stage(
    '5 April: the leavers of two years ago are imported, and none of them may be contacted',
    async () => {
      office.turnTo('2027-04-05');
      const { counts } = await importFile(office.to, leavers(...PEOPLE));
      expect(counts).toMatchObject({ registered: 6 });
      await office.settled();
      await desk.learnIds();
    },
    {
      'who may be contacted, and who may not': [
        async () => [await desk.roster('contactable'), await desk.roster('excluded')],
        ['', '春夏秋冬朝夕'],
      ],
    },
  );

  stage(
    '12 April: four are asked; three consent, one of them until the end of the year, and one refuses',
    async () => {
      office.turnTo('2027-04-12');
      const asked = { channels: ['email'], language: 'ja', captureChannel: 'email' };
      for (const given of ['春', '夏', '秋', '朝']) await desk.consent(given, 'requests', asked);
      await desk.consent('春', 'grants', { ...ANSWER, expiresAt: '2027-12-31T15:00:00.000Z' });
      await desk.consent('夏', 'grants', ANSWER);
      await desk.consent('秋', 'grants', ANSWER);
      await desk.consent('朝', 'refusals', ANSWER);
    },
    {
      'three may be contacted': [() => desk.roster('contactable'), '春夏秋'],
      'a refusal stands': [
        () => desk.history('朝'),
        ['AlumnusRegistered', 'ConsentRequested', 'ConsentRefused'],
      ],
    },
  );

  stage(
    '10 May: a company that sends mail is looked at, and given addresses',
    async () => {
      office.turnTo('2027-05-10');
      const entry = BODIES['Recipients.add']!;
      mailer = (await desk.post<{ recipientId: string }>('/v1/recipients', entry)).recipientId;
      const passed = { assessment: 'selection', passed: true, findings: '立入検査で確認' };
      await desk.post(`/v1/recipients/${mailer}/assessments`, passed);
      const alumnusIds = [ids['秋'], ids['冬']];
      const given = { recipientId: mailer, ground: 'entrustment', items: ['email'], alumnusIds };
      await desk.post('/v1/provisions', given);
    },
    {
      'the record stands in the history': [
        () => desk.history('冬'),
        ['AlumnusRegistered', 'ProvisionChunkRecorded', 'RecipientNoted'],
      ],
    },
  );

  stage(
    '15 July: one withdraws. It holds at once, and the roster of 1 May is still what it was',
    async () => {
      office.turnTo('2027-07-15');
      await desk.consent('夏', 'withdrawals', { channels: ['email'], ...IN_PERSON });
    },
    {
      'now, and on 1 May': [
        async () => [await desk.roster('contactable'), await desk.roster('contactable', '2027-05-01')],
        ['春秋', '春夏秋'],
      ],
    },
  );

  stage(
    '1 September: by the form for everybody somebody asks for another address, and who has the old one is told',
    async () => {
      office.turnTo('2027-09-01');
      const [, form] = /name="form" value="([^"]+)"/.exec((await office.nobody.get('/requests/new')).text)!;
      const filledIn = {
        ...{
          kind: 'correction',
          ground: '',
          requester: '縁野 秋',
          aboutThem: '営業部',
          agent: '',
          form: form!,
        },
        ...{ asked: 'アドレスを訂正してください', party: 'person', answerForm: 'electronic' },
        ...{ answerTo: 'aki@example.com' },
      };
      const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
      const body = new URLSearchParams(filledIn).toString();
      accepted(await office.nobody.post('/requests/new', body, { headers }));
      await office.settled();
      const accept = { decision: 'accepted', reason: '新しいアドレスから返信があり、本人と確認した' };
      await desk.take('correction', ['matches', { alumnusId: ids['秋'] }], ['identity-checks', CHECK]);
      await desk.take('correction', ['decisions', accept]);

      const { requestId } = (await desk.request('correction'))!;
      const { revision } = await desk.get<{ revision: number }>(`/v1/alumni/${ids['秋']}`);
      const investigation = { origin: 'person', checked: '返信で確認', requestId };
      const corrected = { email: 'aki@example.com', investigation };
      accepted(await office.to.patch(`/v1/alumni/${ids['秋']}`, corrected, { ifMatch: revision }));
      await untilThere('a telling', async () => (await desk.tellings('秋', 'due'))[0]);
      const told = { alumnusIds: [ids['秋']], means: 'file-transfer', proof: '受領の記録 7' };
      await desk.post(`/v1/recipients/${mailer}/told`, told);

      await desk.answerTasks('correction');
      const answered = { ...TOLD, form: 'electronic', way: 'email' };
      await desk.take('correction', ['executions', { changed: 'メールアドレス' }]);
      await desk.take('correction', ['notifications', answered], ['closures', ANSWERED]);
    },
    {
      'the address is the new one': [
        async () => {
          const asked = { fields: ['email'], reason: '確認' };
          const path = `/v1/alumni/${ids['秋']}/reveal`;
          return (await desk.post<{ values: object }>(path, asked)).values;
        },
        { email: 'aki@example.com' },
      ],
      'the company that sends mail was told': [() => desk.tellings('秋', 'told'), ['correction of email']],
      'the request is at its end': [async () => (await desk.request('correction'))?.standing, 'closed'],
    },
  );

  stage(
    '1 October: somebody wants to be erased. A law keeps the roster of workers for half a year more: it is deferred',
    async () => {
      office.turnTo('2027-10-01');
      await desk.post('/v1/requests', {
        ...{ kind: 'erasure', ground: 'no-longer-needed', cameBy: 'paper', party: 'person', language: 'ja' },
        ...{ requester: '縁野 冬', asked: 'すべて消去してください', answerForm: 'paper', answerTo: '東京都' },
      });
      const held = { systemId: payroll, document: 'roster', anchors: [{ anchor: 'leaving', day: LEFT }] };
      await desk.post(`/v1/alumni/${ids['冬']}/held-elsewhere`, held);
      await office.settled();
      const { elsewhere } = await desk.get<Held>(`/v1/alumni/${ids['冬']}/retention`);
      const until = { deferredUnder: 'roster', deferredUntil: elsewhere[0]!.until };
      const deferral = { decision: 'deferred', reason: '労働者名簿の保存期間', ...until };
      await desk.take('erasure', ['matches', { alumnusId: ids['冬'] }], ['identity-checks', CHECK]);
      await desk.take('erasure', ['decisions', deferral], ['notifications', TOLD]);
    },
    {
      'it waits for the last day that the law says': [
        async () => {
          const found = await desk.request('erasure');
          return found && [found.standing, found.dueAt];
        },
        ['deferred', '2028-03-31T14:59:59.999Z'],
      ],
      'and is not carried out before': [
        async () => {
          const found = await desk.request('erasure');
          const path = `/v1/requests/${found?.requestId}/executions`;
          return found && (await office.to.post(path, { changed: '消去' })).body['code'];
        },
        'request-deferred',
      ],
    },
  );

  stage(
    '1 January: a consent that ended with the year lets nobody be contacted; its history says so once the day is confirmed',
    async () => {
      await office.turnAndConfirm('2028-01-01');
      await untilThere('the end', async () =>
        (await desk.history('春')).find((type) => type === 'ConsentExpired'),
      );
    },
    {
      'one is left': [() => desk.roster('contactable'), '秋'],
      'the end is recorded': [async () => (await desk.history('春')).at(-1), 'ConsentExpired'],
    },
  );

  stage(
    '20 January: an auditor takes the ledger along, and checks it without the server',
    async () => {
      office.turnTo('2028-01-20');
      const bundle = await office.takeBundle('january.zip');
      writeFileSync(office.file('january.txt'), (await office.nobody.get('/checkpoint')).text);
      bundle[bundle.length >> 1]! ^= 1;
      writeFileSync(office.file('altered.zip'), bundle);
    },
    {
      'it is verified': [() => office.verify('january.zip'), 0],
      'and one of which a byte was changed is not': [() => office.verify('altered.zip'), 1],
    },
  );

  stage(
    '31 March: a backup is made, as every night',
    async () => {
      office.turnTo('2028-03-31');
      expect(await office.backUp()).toMatchObject({ code: 0 });
    },
    { 'one backup is there': [() => Promise.resolve(readdirSync(office.folder).includes('backups')), true] },
  );

  stage(
    '1 April: the law lets go. The data elsewhere are disposed of, and the person is erased by the order of two',
    async () => {
      office.turnTo('2028-04-01');
      const path = `/v1/alumni/${ids['冬']}`;
      const { elsewhere } = await desk.get<Held>(`${path}/retention`);
      const disposed = { disposedOn: '2028-04-01', proof: '溶解証明書 12' };
      await desk.post(`${path}/held-elsewhere/${elsewhere[0]!.entryId}/disposal`, disposed);
      await desk.answerTasks('erasure');
      const order = { alumnusIds: [ids['冬']], reason: '本人の請求' };
      ({ erasureId } = await desk.post<{ erasureId: string }>('/v1/erasures', order));
      const alone = await office.to.post(`/v1/erasures/${erasureId}/approval`);
      expect(alone.body['code']).toBe('erasure-own-plan');
      accepted(await office.second.post(`/v1/erasures/${erasureId}/approval`));
      await untilThere('the end of it', async () => {
        const { standing } = await desk.get<{ standing: string }>(`/v1/erasures/${erasureId}`);
        return standing === 'executed' || undefined;
      });
      await untilThere('a telling', async () => (await desk.tellings('冬', 'due'))[0]);
      await desk.post(`/v1/recipients/${mailer}/told`, {
        alumnusIds: [ids['冬']],
        means: 'email',
        proof: '返信',
      });
      await desk.answerTasks('erasure');
      const changed = { changed: '名簿の記録と労働者名簿を消去した' };
      await desk.take('erasure', ['executions', changed], ['notifications', TOLD], ['closures', ANSWERED]);
    },
    {
      'nobody finds them': [() => desk.roster('excluded'), '春夏朝夕'],
      'a certificate says when the keys were destroyed': [
        async () => {
          if (erasureId === undefined) return undefined;
          const { people, destroyedFrom } = await desk.get<{ people: number; destroyedFrom: string }>(
            `/v1/erasures/${erasureId}/certificate`,
          );
          return [people, destroyedFrom.slice(0, 10)];
        },
        [1, '2028-04-01'],
      ],
      'the file of last year brings them back no more': [
        async () => (await importFile(office.to, leavers('冬'))).counts['unchanged'],
        0,
      ],
      'the company that sends mail was told': [() => desk.tellings('冬', 'told'), ['erasure of email']],
      'the request is at its end': [async () => (await desk.request('erasure'))?.standing, 'closed'],
    },
  );

  stage(
    '3 April: the machine is lost. The backup of 31 March is put back on another; who was erased since stays erased',
    async () => {
      office.turnTo('2028-04-03');
      const { code, out } = await office.loseAndRestore();
      expect(code).toBe(0);
      restored = out;
      await office.turnAndConfirm('2028-04-03');
    },
    {
      'their two keys were destroyed again, and their name is not there': [
        async () => {
          const { text } = await office.to.get(`/v1/alumni/${ids['冬']}`);
          return [restored['destroyedAgain'], text.includes('冬')];
        },
        [2, false],
      ],
      'the ledger says so': [
        async () => {
          const path = '/v1/audit-trail?actor=system:restore';
          return (await desk.get<{ events: { type: string }[] }>(path)).events.map(({ type }) => type);
        },
        ['LedgerRestored'],
      ],
      'what the desk had noted since is lost': [
        async () => (await desk.request('erasure'))?.standing,
        'deferred',
      ],
    },
  );

  stage(
    '4 April: the desk notes again what it had done',
    async () => {
      office.turnTo('2028-04-04');
      await desk.answerTasks('erasure');
      const changed = { changed: '4月1日に消去した' };
      await desk.take('erasure', ['executions', changed], ['notifications', TOLD], ['closures', ANSWERED]);
    },
    { 'the request is at its end': [async () => (await desk.request('erasure'))?.standing, 'closed'] },
  );

  stage(
    '10 April: rules and accounts are reviewed, and the auditor comes again',
    async () => {
      await office.turnAndConfirm('2028-04-10');
      await desk.post('/v1/handling-rules/reviews', { outcome: 'adequate', findings: '変更なし' });
      const { standing, accounts } = await desk.get<{ standing: string; accounts: { id: string }[] }>(
        '/v1/accounts/review',
      );
      const decisions = accounts.map(({ id }) => ({ accountId: id, decision: 'keep', reason: '在任中' }));
      await desk.post('/v1/accounts/review', { standing, decisions });
      accepted(await office.to.post('/v1/self-check'));
      await untilThere('the self-check', async () => (await desk.selfCheck())[0] === 'done' || undefined);
      const [, size] = readFileSync(office.file('january.txt'), 'utf8').split('\n');
      await office.takeBundle('april.zip', Number(size));
    },
    {
      'the checklist misses nothing': [() => desk.openPoints(), []],
      'every view is what the events come to': [() => desk.selfCheck(), ['done', 0]],
      'whom nobody has asked for a year is due': [async () => (await desk.due()).includes('夕'), true],
      'the bundle of January is verified as it was, and the ledger of today goes on from it': [
        async () => [
          await office.verify('january.zip'),
          await office.verify('april.zip', '--since', office.file('january.txt')),
        ],
        [0, 0],
      ],
    },
  );
});
