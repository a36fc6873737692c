import type { Answer, Api } from '../../support/api';
import { setTimeout as sleep } from 'node:timers/promises';
import { readNote } from '@enishi/transparency';
import { TestWitness } from '../../transparency/test-witness';
import { BODIES } from './bodies';
import {
  ACCESS_RULES_TEMPLATE,
  addDays,
  PUBLIC_MATTERS_TEMPLATE,
  SECURITY_MEASURES_TEMPLATE,
  tokyoDay,
} from '@enishi/domain';
import { requestOrders } from './request-orders';
import { CONTACT_POINT, furnish, IN_PERSON, leaversFile, PARTY, settled, SYSTEM } from './steps';

/** One writing request that succeeds, in its place among the others. */
export interface Step {
  /** The route's id in the OpenAPI document. */
  readonly id: string;
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** Another body that the route takes. */
  readonly other?: unknown;
  readonly ifMatch?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where its effect goes on after the answer: waits for the end. */
  readonly ended?: () => Promise<unknown>;
  /** A repeat does not get what the first answer held. */
  readonly shownOnce?: boolean;
}

const CONSENTS = Buffer.from(
  '社員番号,氏名,利用目的,連絡手段,回答,同意日,同意方法,取得方法,本人確認,同意書ファイル名\n' +
    'O-1,縁野,rehire,email,同意,2026-01-05,書面,紙,書類確認,scan.pdf\n',
);

/** Carries out one step and gives its answer. */
export type Take = (step: Step) => Promise<Answer>;

const ANSWER = { channels: ['email'], language: 'ja', ...IN_PERSON };
const EMPLOYMENT = { department: '営業部', joinedOn: '2010-04-01', leftOn: '2014-03-31' };
const UNKNOWN = '11111111-1111-4111-8111-111111111111';
const IN_A_DAY = () => new Date(Date.now() + 86_400_000).toISOString();

const witness = new TestWitness(async () => [], 'carried.example');
/** What a server needs in its environment for every one of them. */
export const ORDERS_ENV = { ENISHI_WITNESSES: witness.line };

/** Takes every writing route of the API once, in an order in which each of them succeeds. */
export async function everyOrder(to: Api, take: Take): Promise<void> {
  const { purposeId, programmeId } = await furnish(to);
  await company(take);
  await governance(to, take);
  await catalogue(to, take, purposeId, programmeId);
  const alumnusId = await person(take);
  await consents(take, alumnusId, purposeId);
  await duplicates(to, take, alumnusId);
  await letters(to, take);
  await retention(take, alumnusId, purposeId);
  await imports(to, take);
  await exportsOf(to, take, purposeId);
  await recipients(take, alumnusId);
  await erasures(to, take);
  await requestOrders(to, take, alumnusId);
  await access(to, take);
  await operations(to, take);
  const programme = `/v1/programmes/${programmeId}`;
  await take({ id: 'Programmes.close', method: 'POST', path: `${programme}/closure` });
  await take({ id: 'Purposes.retire', method: 'POST', path: `/v1/purposes/${purposeId}/retirement` });
  await take({
    id: 'Alumni.recordReturn',
    method: 'POST',
    path: `/v1/alumni/${alumnusId}/return`,
    body: { returnedOn: '2026-01-05' },
    other: {},
  });
  await take({
    id: 'Alumni.recordDeath',
    method: 'POST',
    path: `/v1/alumni/${alumnusId}/death`,
    body: { diedOn: '2026-02-01' },
    other: {},
  });
}

async function company(take: Take): Promise<void> {
  const path = '/v1/company';
  const party = { ...PARTY, phone: '03-0000-0000' };
  await take({ id: 'Company.describe', method: 'PUT', path, body: { party }, other: { party: PARTY } });
  await take({
    id: 'Company.setContactPoint',
    method: 'PUT',
    path: `${path}/contact-point`,
    body: { contactPoint: { ...CONTACT_POINT, phone: '03-0000-0000' } },
    other: { contactPoint: CONTACT_POINT },
  });
  await take({
    id: 'Company.appoint',
    method: 'PUT',
    path: `${path}/responsible-officer`,
    body: { name: { family: '架空', given: '花子' } },
    other: { name: { family: '架空', given: '次郎' } },
  });
}

async function governance(to: Api, take: Take): Promise<void> {
  const fees = [{ kind: 'disclosure', yen: 500 }];
  await take({
    id: 'Company.stateMatters',
    method: 'PUT',
    path: '/v1/company/public-matters',
    body: { matters: { ...PUBLIC_MATTERS_TEMPLATE, fees } },
    other: { matters: PUBLIC_MATTERS_TEMPLATE },
  });
  const path = '/v1/handling-rules';
  const rules = {
    title: { ja: '取扱規程', en: 'Handling rules' },
    text: '第1条',
    access: ACCESS_RULES_TEMPLATE,
    measures: SECURITY_MEASURES_TEMPLATE,
  };
  const other = { ...rules, text: '第2条' };
  await take({ id: 'HandlingRules.adopt', method: 'POST', path, body: rules, other });
  const review = { outcome: 'adequate', findings: '確認した' };
  await take({
    id: 'HandlingRules.review',
    method: 'POST',
    path: `${path}/reviews`,
    body: review,
    other: { ...review, outcome: 'to-be-changed' },
  });
  const { basis } = (await to.get<{ basis: string }>('/v1/publication/preview')).body;
  await take({
    id: 'Publication.publish',
    method: 'POST',
    path: '/v1/publication',
    body: { basis },
    other: { basis: 'a'.repeat(64) },
    ended: noticed,
  });

  /** The reactor records the notices of the purposes that the page is the first to show. */
  async function noticed(): Promise<void> {
    const { body } = await to.get<{ purposes: { versions: { notices: object[] }[] }[] }>('/v1/purposes');
    if (!body.purposes.some(({ versions }) => versions[0]!.notices.length > 0)) {
      return sleep(50).then(noticed);
    }
  }
}

async function catalogue(to: Api, take: Take, purposeId: string, programmeId: string): Promise<void> {
  await take({
    id: 'Purposes.draft',
    method: 'POST',
    path: '/v1/purposes',
    body: { template: 'news' },
    other: { template: 'community' },
  });
  await take({
    id: 'Programmes.draft',
    method: 'POST',
    path: '/v1/programmes',
    body: { template: 'rehire', code: 'another', purposeIds: [purposeId] },
    other: { template: 'rehire', code: 'third', purposeIds: [purposeId] },
  });
  for (const [kind, id] of [
    ['Purposes', purposeId],
    ['Programmes', programmeId],
  ] as const) {
    const path = `/v1/${kind.toLowerCase()}/${id}`;
    const { body } = await to.get<{ versions: { content: { title: object } }[] }>(path);
    const content = { ...body.versions[0]!.content, title: { ja: '改訂', en: 'Revised' } };
    const revision = kind === 'Purposes' ? { kind: 'related', content } : { content };
    const other = { ...revision, content: { ...content, title: { ja: '別', en: 'Other' } } };
    await take({ id: `${kind}.revise`, method: 'POST', path: `${path}/revisions`, body: revision, other });
    await take({
      id: `${kind}.publish`,
      method: 'POST',
      path: `${path}/versions/2/publication`,
      body: {},
      other: { effectiveAt: '2090-01-01' },
    });
  }
  await take({
    id: 'Purposes.recordNotice',
    method: 'POST',
    path: `/v1/purposes/${purposeId}/versions/2/notices`,
    body: { method: 'website', proof: 'https://example.jp/notice' },
    other: { method: 'post', proof: '2026-12' },
  });
}

async function person(take: Take): Promise<string> {
  const someone = { employeeNumber: 'O-1', name: { family: '縁野' }, email: 'o1@example.jp' };
  const employment = { ...EMPLOYMENT, joinedOn: '2015-04-01', leftOn: '2024-03-31' };
  const registered = await take({
    id: 'Alumni.register',
    method: 'POST',
    path: '/v1/alumni',
    body: { ...someone, employment },
    other: { ...someone, employeeNumber: 'O-2', employment },
  });
  const alumnusId = registered.body['alumnusId'] as string;
  const path = `/v1/alumni/${alumnusId}`;
  await take({
    id: 'Alumni.correct',
    method: 'PATCH',
    path,
    ifMatch: 0,
    body: { phone: '090-1234-5678' },
    other: { phone: '090-1234-5679' },
  });
  const look = { fields: ['phone'], origin: 'person', outcome: 'right', checked: '電話で確認' };
  const confirmed = { fields: ['phone'], origin: 'person' };
  for (const [id, where, body, other] of [
    ['Corrections.investigate', 'investigations', look, { ...look, outcome: 'not-clear' }],
    ['Corrections.confirm', 'confirmations', confirmed, { ...confirmed, origin: 'staff' }],
  ] as const) {
    await take({ id, method: 'POST', path: `${path}/${where}`, body, other });
  }
  await take({
    id: 'Alumni.addEmployment',
    method: 'POST',
    path: `${path}/employments`,
    body: EMPLOYMENT,
    other: { ...EMPLOYMENT, job: '営業' },
  });
  await take({
    id: 'Alumni.correctEmployment',
    method: 'PUT',
    path: `${path}/employments/1`,
    ifMatch: 4,
    body: { ...EMPLOYMENT, job: '営業' },
    other: { ...EMPLOYMENT, job: '総務' },
  });
  return alumnusId;
}

async function consents(take: Take, alumnusId: string, purposeId: string): Promise<void> {
  const path = `/v1/alumni/${alumnusId}/consents/${purposeId}`;
  const en = { language: 'en' };
  const asked = { channels: ['email'], captureChannel: 'email', language: 'ja' };
  const step = (id: string, where: string, body: object, other: object): Promise<Answer> =>
    take({ id, method: 'POST', path: `${path}/${where}`, body, other });
  await step('Consents.request', 'requests', asked, { ...asked, ...en });
  const granted = await step('Consents.grant', 'grants', ANSWER, { ...ANSWER, ...en });
  const voided = { eventId: (granted.body['eventIds'] as string[])[0], reason: '誤記' };
  await step('Consents.invalidate', 'invalidations', voided, { ...voided, reason: '別人' });
  await step('Consents.refuse', 'refusals', ANSWER, { ...ANSWER, ...en });
  const anew = await step('Consents.grant', 'grants', { ...ANSWER, evidence: '口頭' }, ANSWER);
  if (anew.body['outcome'] !== 'done') throw new Error(anew.text);
  const out = { channels: ['email'], ...IN_PERSON };
  await step('Consents.withdraw', 'withdrawals', out, { ...out, evidence: '電話' });
  await take({
    id: 'Consents.keep',
    method: 'POST',
    path: `/v1/alumni/${alumnusId}/artefacts`,
    body: Buffer.from('a scan'),
    other: Buffer.from('another'),
  });
}

async function letters(to: Api, take: Take): Promise<void> {
  const path = '/v1/letter-templates/correction-made';
  const texts = (subject: string) => ({
    ja: { subject, body: '{changes}' },
    en: { subject: 'Corrected', body: '{changes}' },
  });
  const revised = { content: texts('訂正のお知らせ') };
  const other = { content: texts('別の件名') };
  await take({ id: 'LetterTexts.revise', method: 'PUT', path, body: revised, other });
  await take({ id: 'LetterTexts.revert', method: 'DELETE', path });
  await take({
    id: 'LetterTexts.setNumbering',
    method: 'PUT',
    path: '/v1/letter-numbering',
    body: { prefix: '総人', year: 'fiscal' },
    other: { prefix: '総人', year: 'calendar' },
  });
  const where = { email: 'l1@example.jp', postalAddress: '東京都千代田区架空町1-2-3' };
  const someone = { employeeNumber: 'O-9', name: { family: '縁野' }, ...where, employment: EMPLOYMENT };
  const { body: registered } = await to.post<{ alumnusId: string }>('/v1/alumni', someone);
  const letter = { letter: 'correction-made', alumnusId: registered.alumnusId, language: 'ja' };
  const [body, another] = [{ changes: '電話番号' }, { changes: '住所' }].map((values) => {
    return { ...letter, means: 'email', values };
  });
  const ended = until('sent');
  await take({ id: 'Letters.write', method: 'POST', path: '/v1/letters', body, other: another, ended });
  const byPost = { ...body, means: 'post' };
  const { letterId } = (await to.post<{ letterId: string }>('/v1/letters', byPost)).body;
  await until('issued', letterId)();
  await take({
    id: 'Letters.dispatch',
    method: 'POST',
    path: `/v1/letters/${letterId}/dispatches`,
    body: { outcome: 'posted' },
    other: { outcome: 'came-back' },
  });

  /** What follows from the order of a letter has followed. */
  function until(standing: string, letterId?: string): () => Promise<void> {
    return async () => {
      for (;;) {
        const { body: list } = await to.get<{ letters: { letterId: string; standing: string }[] }>(
          '/v1/letters',
        );
        const found = list.letters.find((one) => letterId === undefined || one.letterId === letterId);
        if (found?.standing === standing) return;
        await sleep(50);
      }
    };
  }
}

async function duplicates(to: Api, take: Take, alumnusId: string): Promise<void> {
  const again = { employeeNumber: 'O-3', name: { family: '縁野' }, employment: EMPLOYMENT };
  const { body } = await to.post<{ alumnusId: string }>('/v1/alumni', again);
  const path = `/v1/duplicates/${alumnusId}/${body.alumnusId}`;
  for (const what of ['link', 'unlink', 'dismiss']) {
    const [first, other] = [{ reason: '本人に確認' }, { reason: '別の理由' }];
    await take({ id: `Duplicates.${what}`, method: 'POST', path: `${path}/${what}`, body: first, other });
  }
}

async function retention(take: Take, alumnusId: string, purposeId: string): Promise<void> {
  const set = { value: 5, reason: '紛争に備える' };
  await take({
    id: 'Law.setNumber',
    method: 'PUT',
    path: '/v1/law/numbers/labour-records',
    body: set,
    other: { ...set, value: 4 },
  });
  const periods = { keepMonths: 3, answerDays: 60, reason: '採用の周期に合わせる' };
  await take({
    id: 'Law.setPurpose',
    method: 'PUT',
    path: `/v1/law/purposes/${purposeId}`,
    body: periods,
    other: { ...periods, keepMonths: 6 },
  });
  const path = `/v1/alumni/${alumnusId}`;
  const hold = { reviewAt: '2090-01-01', reason: '労働審判' };
  const placed = await take({
    id: 'Holds.place',
    method: 'POST',
    path: `${path}/holds`,
    body: hold,
    other: { ...hold, stopsContact: true },
  });
  await take({
    id: 'Holds.review',
    method: 'POST',
    path: `${path}/holds/${placed.body['holdId'] as string}/review`,
    body: { reviewAt: '2091-01-01', reason: '係争中' },
    other: { reviewAt: '2092-01-01', reason: '係争中' },
  });
  await take({
    id: 'Holds.release',
    method: 'POST',
    path: `${path}/holds/${placed.body['holdId'] as string}/release`,
    body: { reason: '和解' },
    other: { reason: '取下げ' },
  });
  const added = await take({
    id: 'Systems.add',
    method: 'POST',
    path: '/v1/systems',
    body: { ...SYSTEM, code: 'payroll' },
    other: { ...SYSTEM, code: 'wages' },
  });
  const systemId = added.body['systemId'] as string;
  await take({
    id: 'Systems.revise',
    method: 'PUT',
    path: `/v1/systems/${systemId}`,
    body: { ...SYSTEM, department: '経理部' },
    other: { ...SYSTEM, department: '総務部' },
  });
  const entry = { systemId, document: 'roster', anchors: [{ anchor: 'leaving', day: '2024-03-31' }] };
  const recorded = await take({
    id: 'HeldElsewhere.record',
    method: 'POST',
    path: `${path}/held-elsewhere`,
    body: entry,
    other: { ...entry, label: '控え' },
  });
  await take({
    id: 'HeldElsewhere.confirm',
    method: 'POST',
    path: `${path}/held-elsewhere/${recorded.body['entryId'] as string}/disposal`,
    body: { disposedOn: '2026-01-05', proof: '溶解証明書 第12号' },
    other: { disposedOn: '2026-01-06', proof: '溶解証明書 第13号' },
  });
  await take({ id: 'Systems.retire', method: 'POST', path: `/v1/systems/${systemId}/retirement` });
}

async function imports(to: Api, take: Take): Promise<void> {
  const staged = await take({
    id: 'Imports.upload',
    method: 'POST',
    path: '/v1/imports',
    body: leaversFile(5, { seed: 21 }),
    other: leaversFile(6, { seed: 22 }),
  });
  const path = `/v1/imports/${staged.body['importId'] as string}`;
  const body = { source: 'smarthr' };
  await take({ id: 'Imports.map', method: 'PUT', path: `${path}/mapping`, body, other: { source: 'x' } });
  await take({ id: 'Imports.cancel', method: 'DELETE', path });
  const again = leaversFile(5, { seed: 23 });
  const next = await take({ id: 'Imports.upload', method: 'POST', path: '/v1/imports', body: again });
  const importId = next.body['importId'] as string;
  const run = `/v1/imports/${importId}`;
  const ended = () => settled(to, importId);
  await take({ id: 'Imports.dryRun', method: 'POST', path: `${run}/dry-run`, ended });
  await take({ id: 'Imports.run', method: 'POST', path: `${run}/run`, ended });
  await take({ id: 'ImportApproval.approve', method: 'POST', path: `${run}/approve` });
  const undone = async (): Promise<void> => {
    while ((await to.get(`${run}/undo`)).body['state'] === 'running') await sleep(50);
  };
  const headers = { 'enishi-content': 'consents' };
  const consents = await to.post('/v1/imports', CONSENTS, { headers });
  await take({
    id: 'ImportScans.take',
    method: 'PUT',
    path: `/v1/imports/${consents.body['importId'] as string}/scans/1`,
    headers: { 'enishi-file-name': 'scan.pdf' },
    body: Buffer.from('%PDF-1.7 one'),
    other: Buffer.from('%PDF-1.7 two'),
  });
  await take({
    id: 'ImportUndo.undo',
    method: 'POST',
    path: `${run}/undo`,
    body: { reason: '誤った名簿' },
    other: { reason: '別の理由' },
    ended: undone,
  });
}

async function exportsOf(to: Api, take: Take, purposeId: string): Promise<void> {
  const asked = { content: 'consents', level: 'masked', format: 'csv', purposeId, reason: '監査' };
  const other = { ...asked, reason: '別の理由' };
  await take({ id: 'Exports.request', method: 'POST', path: '/v1/exports', body: asked, other });
  const requested = await requestedBySomebodyElse(to, [asked, other]);
  const [approved, refused] = requested.map((exportId) => `/v1/exports/${exportId}`) as [string, string];
  const [first, second] = [{ reason: '範囲が広すぎる' }, { reason: '別の理由' }];
  await take({
    id: 'Exports.refuse',
    method: 'POST',
    path: `${refused}/refusal`,
    body: first,
    other: second,
  });
  const made = async (): Promise<void> => {
    while ((await to.get(approved)).body['standing'] !== 'made') await sleep(50);
  };
  await take({ id: 'Exports.approve', method: 'POST', path: `${approved}/approval`, ended: made });
  await take({
    id: 'Exports.handOver',
    method: 'POST',
    path: `${approved}/hand-over`,
    body: { recipient: '架空監査法人' },
    other: { recipient: '別の監査法人' },
  });
  await take({ id: 'Exports.purge', method: 'DELETE', path: approved });
}

async function recipients(take: Take, alumnusId: string): Promise<void> {
  const { code: _, ...known } = BODIES['Recipients.add'] as { code: string; role: string };
  const path = '/v1/recipients';
  const added = await take({
    id: 'Recipients.add',
    method: 'POST',
    path,
    body: { ...known, code: 'mailer' },
    other: { ...known, code: 'another' },
  });
  const one = `${path}/${added.body['recipientId'] as string}`;
  const { role: __, ...described } = known;
  const recipientId = added.body['recipientId'] as string;
  const step = (id: string, where: string, body: object, other: object): Promise<Answer> =>
    take({ id, method: 'POST', path: where, body, other });
  await step(
    'Recipients.revise',
    `${one}/revisions`,
    { ...described, representative: '架空 次郎' },
    described,
  );
  const assessed = { assessment: 'selection', passed: true };
  await step('Recipients.assess', `${one}/assessments`, assessed, { ...assessed, passed: false });
  const given = { recipientId, ground: 'entrustment', items: ['name'], alumnusIds: [alumnusId] };
  await step('Provisions.record', '/v1/provisions', given, { ...given, items: ['email'] });
  const received = { ...given, ground: 'consent', acquired: '本人から取得' };
  await step('Receipts.record', '/v1/receipts', received, { ...received, acquired: '名刺から' });
  const told = { alumnusIds: [alumnusId], means: 'email', proof: '返信あり' };
  await step('Tellings.told', `${one}/told`, told, { ...told, means: 'post' });
  const ended = { disposal: 'nothing-held', proof: '確認書' };
  await step('Recipients.end', `${one}/end`, ended, { ...ended, disposal: 'returned' });
}

async function erasures(to: Api, take: Take): Promise<void> {
  const path = '/v1/erasures';
  const bodies: { alumnusIds: string[]; reason: string }[] = [];
  for (const employeeNumber of ['O-4', 'O-5']) {
    const someone = { employeeNumber, name: { family: '消野' }, employment: EMPLOYMENT };
    const { body } = await to.post<{ alumnusId: string }>('/v1/alumni', someone);
    bodies.push({ alumnusIds: [body.alumnusId], reason: '本人の申し出' });
  }
  const [body, other] = bodies;
  const proposed = await take({ id: 'Erasures.propose', method: 'POST', path, body, other });
  const { body: second } = await to.post<{ erasureId: string }>(path, other);
  await take({
    id: 'Erasures.refuse',
    method: 'POST',
    path: `${path}/${second.erasureId}/refusal`,
    body: { reason: '保全の確認' },
    other: { reason: '別の理由' },
  });
  const plan = `${path}/${proposed.body['erasureId'] as string}`;
  const ended = async (): Promise<void> => {
    while ((await to.get(plan)).body['standing'] !== 'executed') await sleep(50);
  };
  await take({ id: 'Erasures.approve', method: 'POST', path: `${plan}/approval`, ended });
  const person = {
    employeeNumber: 'O-6',
    name: { family: '消野' },
    phone: '03-1234-5678',
    employment: EMPLOYMENT,
  };
  const { alumnusId } = (await to.post<{ alumnusId: string }>('/v1/alumni', person)).body;
  const items = { alumnusId, fields: ['phone'], reason: '本人の申し出' };
  const otherItems = { ...items, reason: '別の理由' };
  await take({
    id: 'ErasureItems.propose',
    method: 'POST',
    path: `${path}/items`,
    body: items,
    other: otherItems,
  });
}

/** Ids of exports that another account of compliance has asked for. */
async function requestedBySomebodyElse(to: Api, bodies: readonly object[]): Promise<readonly string[]> {
  const { body: account } = await to.post<{ id: string }>('/v1/accounts', {
    kind: 'machine',
    label: 'audit',
  });
  await to.post(`/v1/accounts/${account.id}/grants`, { role: 'compliance' });
  const { body: made } = await to.post<{ token: string }>('/v1/tokens', {
    accountId: account.id,
    validUntil: IN_A_DAY(),
  });
  const headers = { authorization: `Bearer ${made.token}` };
  const ids: string[] = [];
  for (const body of bodies) {
    const answer = await to.post<{ exportId: string }>('/v1/exports', body, { headers });
    ids.push(answer.body.exportId);
  }
  return ids;
}

async function access(to: Api, take: Take): Promise<void> {
  const made = await take({
    id: 'Accounts.create',
    method: 'POST',
    path: '/v1/accounts',
    body: { kind: 'machine', label: 'HRIS' },
    other: { kind: 'machine', label: 'payroll' },
  });
  const accountId = made.body['id'] as string;
  const grant = await take({
    id: 'Accounts.grant',
    method: 'POST',
    path: `/v1/accounts/${accountId}/grants`,
    body: { role: 'hr' },
    other: { role: 'operator' },
  });
  const validUntil = IN_A_DAY();
  const token = await take({
    id: 'Tokens.create',
    method: 'POST',
    path: '/v1/tokens',
    body: { accountId, validUntil },
    other: { accountId, validUntil: new Date(Date.parse(validUntil) + 1000).toISOString() },
    shownOnce: true,
  });
  await take({ id: 'Tokens.revoke', method: 'DELETE', path: `/v1/tokens/${token.body['id'] as string}` });
  const path = `/v1/accounts/grants/${grant.body['id'] as string}`;
  await take({ id: 'Accounts.revoke', method: 'DELETE', path });
  const { standing, accounts } = (
    await to.get<{ standing: string; accounts: { id: string }[] }>('/v1/accounts/review')
  ).body;
  const decided = (reason: string) => ({
    standing,
    decisions: accounts.map(({ id }) => ({ accountId: id, decision: 'keep', reason })),
  });
  await take({
    id: 'AccountsReview.signOff',
    method: 'POST',
    path: '/v1/accounts/review',
    body: decided('在任中'),
    other: decided('別の理由'),
  });
}

async function operations(to: Api, take: Take): Promise<void> {
  const path = '/v1/projections/consent-history/rebuild';
  await take({ id: 'Operations.rebuild', method: 'POST', path });
  await take({ id: 'Operations.cancel', method: 'DELETE', path });
  await take({ id: 'Operations.rotate', method: 'POST', path: '/v1/vault/rotation', ended });
  const target = `consent-${UNKNOWN}.${UNKNOWN}`;
  await take({
    id: 'Policies.release',
    method: 'POST',
    path: '/v1/policies/consent-expiry/releases',
    body: { target },
    other: { target: 'clock' },
  });
  await take({
    id: 'Outbox.retry',
    method: 'POST',
    path: '/v1/outbox/retries',
    body: { state: 'failed' },
    other: { state: 'unknown' },
  });
  const day = tokyoDay(new Date().toISOString());
  await take({
    id: 'Clock.confirm',
    method: 'POST',
    path: '/v1/clock/confirmations',
    body: { day },
    other: { day: addDays(day, 1) },
  });
  await take({ id: 'SigningKeys.rotate', method: 'POST', path: '/v1/checkpoint-keys', ended: changed });
  const { text: note } = await to.get('/checkpoint');
  const cosigned = (): string => note + witness.cosignature(readNote(note).text);
  await take({
    id: 'Cosignatures.bring',
    method: 'POST',
    path: '/v1/checkpoint-cosignatures',
    body: { note: cosigned() },
    other: { note },
  });
  await take({ id: 'SelfCheck.begin', method: 'POST', path: '/v1/self-check', ended: checked });

  async function changed(): Promise<void> {
    const { keys } = (await to.get<{ keys: { destroyedAt?: string }[] }>('/v1/checkpoint-keys')).body;
    if (keys[0]?.destroyedAt === undefined) return sleep(50).then(changed);
  }
  async function checked(): Promise<void> {
    const { body } = await to.get<{ state: string }>('/v1/self-check');
    if (body.state === 'running') return sleep(50).then(checked);
    if (body.state !== 'done') throw new Error(body.state);
  }
  async function ended(): Promise<void> {
    const { body } = await to.get<{ rotation: { state: string } }>('/v1/vault');
    if (body.rotation.state === 'running') return sleep(50).then(ended);
    if (body.rotation.state !== 'done') throw new Error(body.rotation.state);
  }
}
