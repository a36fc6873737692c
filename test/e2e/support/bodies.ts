import {
  ACCESS_RULES_TEMPLATE,
  PUBLIC_MATTERS_TEMPLATE,
  PURPOSE_TEMPLATES,
  SECURITY_MEASURES_TEMPLATE,
} from '@enishi/domain';
import { CONTACT_POINT, IN_PERSON, PARTY, SYSTEM } from './steps';

const UUID = '11111111-1111-4111-8111-111111111111';
const EMPLOYMENT = { department: '営業部', job: '営業', joinedOn: '2015-04-01', leftOn: '2024-03-31' };
const ANSWER = { channels: ['email'], language: 'ja', ...IN_PERSON, evidence: '本人の署名' };
const TEXTS = {
  ja: { subject: '受付', body: '{request} {requestKind} {receivedOn}' },
  en: { subject: 'Received', body: '{request} {requestKind} {receivedOn}' },
};
const DECISION = {
  decision: 'deferred',
  refusalGround: 'disproportionate-cost',
  deferredUntil: '2029-03-31',
  deferredUnder: 'roster',
  reason: '保存期間のため',
  substitute: '利用を止める',
};
const PROGRAMME = {
  title: { ja: '制度', en: 'Programme' },
  description: { ja: '説明', en: 'Description' },
  purposeIds: [UUID],
  channels: ['email'],
  eligibility: { fact: 'amicable', is: true },
  contractForms: ['regular'],
  reviewMonths: 12,
};

const INVESTIGATION = { origin: 'person', checked: '戸籍抄本を確認', requestId: UUID };
const RECIPIENT = {
  content: {
    name: { ja: '架空配信株式会社', en: 'Kaku Mailing Inc.' },
    address: { ja: '東京都', en: 'Tokyo' },
    country: 'JP',
    basis: 'japan',
    task: { ja: 'メールの配信', en: 'Sending mail' },
    contract: { reference: '契約 2026-7', signedOn: '2026-01-05', until: '2030-01-04' },
    subProcessors: [{ name: { ja: '架空雲', en: 'Kaku Cloud' }, country: 'JP' }],
    shown: { system: { ja: '制度', en: 'System' }, measures: { ja: '措置', en: 'Measures' } },
    measures: { ja: '措置', en: 'Measures' },
    jointUse: { proof: 'https://example.jp/joint', publishedOn: '2026-01-01' },
  },
  representative: '架空 太郎',
  contact: { name: '縁野 結', email: 'yui@example.jp', phone: '03-0000-0002' },
};

/**
 * A body for every route that takes one, as its DTO wants it, with every kind of text member in it. What the rules
 * then say of it does not matter here.
 */
export const BODIES: Readonly<Record<string, object>> = {
  'Accounts.create': { kind: 'machine', label: '人事システム', subject: 'x' },
  'Accounts.grant': { role: 'hr', departments: ['営業部'], programmes: [UUID] },
  'AccountsReview.signOff': {
    standing: 'a'.repeat(64),
    decisions: [{ accountId: UUID, decision: 'keep', reason: '在任中' }],
  },
  'Alumni.addEmployment': EMPLOYMENT,
  'Alumni.correctEmployment': { ...EMPLOYMENT, investigation: INVESTIGATION },
  'Alumni.correct': {
    name: { family: '縁野', given: '結' },
    kana: { family: 'エンノ' },
    formerNames: ['旧'],
    email: 'a@example.jp',
    phone: '090-1234-5678',
    postalAddress: '東京都',
    lineId: 'line',
    reason: '本人の申し出',
    investigation: INVESTIGATION,
  },
  'Alumni.recordDeath': { diedOn: '2026-01-01' },
  'Alumni.recordReturn': { returnedOn: '2026-01-01' },
  'Alumni.register': {
    source: 'hr',
    employeeNumber: 'X-1',
    name: { family: '縁野' },
    formerNames: ['旧'],
    birthDate: '1980-01-01',
    employment: EMPLOYMENT,
  },
  'Alumni.reveal': { fields: ['email'], reason: '確認' },
  'Clock.confirm': { day: '2026-11-21' },
  'Company.appoint': { name: { family: '架空' }, title: '部長', workContact: 'officer@example.jp' },
  'Company.describe': { party: { ...PARTY, phone: '03-0000-0000', url: 'https://example.jp/' } },
  'Company.stateMatters': {
    matters: {
      ...PUBLIC_MATTERS_TEMPLATE,
      fees: [{ kind: 'disclosure', yen: 500 }],
      jointUse: { ja: '共同利用', en: 'Joint use' },
      accreditedBody: { ja: '認定団体', en: 'Organisation' },
    },
  },
  'Company.setContactPoint': {
    contactPoint: { ...CONTACT_POINT, phone: '03', hours: { ja: '平日', en: 'Weekdays' } },
  },
  'Cosignatures.bring': { note: 'enishi/x\n1\n' },
  'Consents.grant': {
    ...ANSWER,
    representative: { name: '縁野 守', relation: '親' },
    effectiveAt: '2026-01-01',
  },
  'Consents.invalidate': { eventId: UUID, reason: '誤記' },
  'Consents.refuse': ANSWER,
  'Consents.request': {
    channels: ['email'],
    captureChannel: 'email',
    language: 'ja',
    effectiveAt: '2026-01-01',
  },
  'Consents.withdraw': { channels: ['email'], ...IN_PERSON, evidence: '電話' },
  'Corrections.confirm': { fields: ['email'], origin: 'person', requestId: UUID, effectiveAt: '2026-01-01' },
  'Corrections.investigate': { ...INVESTIGATION, fields: ['name', 'employments'], outcome: 'right' },
  'DryRun.programmePublication': { purposeId: UUID, channel: 'email', effectiveAt: '2027-01-01' },
  'DryRun.programmeRevision': { purposeId: UUID, channel: 'email', content: PROGRAMME },
  'DryRun.purposePublication': { channel: 'email', programmeId: UUID },
  'DryRun.purposeRevision': { channel: 'email', kind: 'related', content: PURPOSE_TEMPLATES['rehire'] },
  'Duplicates.dismiss': { reason: '別人と確認' },
  'Duplicates.link': { reason: '本人に確認' },
  'Duplicates.unlink': { reason: '誤り' },
  'Erasures.preview': { alumnusIds: [UUID], categories: ['contact'] },
  'Erasures.propose': { alumnusIds: [UUID], categories: ['contact'], reason: '本人の申し出' },
  'ErasureItems.propose': {
    alumnusId: UUID,
    fields: ['phone'],
    eventIds: [UUID],
    requestId: UUID,
    reason: '本人の申し出',
  },
  'Erasures.refuse': { reason: '保全の確認' },
  'Evidence.reveal': { reason: '監査' },
  'Exports.handOver': { recipient: '架空監査法人 縁野 結' },
  'Exports.refuse': { reason: '範囲が広すぎる' },
  'Exports.request': {
    content: 'consents',
    level: 'masked',
    format: 'csv',
    encoding: 'cp932',
    alumnusId: UUID,
    purposeId: UUID,
    importId: UUID,
    kind: 'granted',
    from: '2026-11-01',
    to: '2026-11-30',
    reason: '四半期の監査',
  },
  'HandlingRules.adopt': {
    title: { ja: '規程', en: 'Rules' },
    documentNumber: '規程-1',
    text: '第1条',
    access: ACCESS_RULES_TEMPLATE.slice(0, 1),
    measures: SECURITY_MEASURES_TEMPLATE,
    effectiveAt: '2026-01-01',
  },
  'HandlingRules.review': { outcome: 'adequate', findings: '確認した', nextBy: '2027-01-01' },
  'HeldElsewhere.confirm': { disposedOn: '2026-01-05', proof: '溶解証明書' },
  'HeldElsewhere.record': {
    systemId: UUID,
    document: 'roster',
    anchors: [{ anchor: 'leaving', day: '2024-03-31' }],
    label: '原本',
    owner: '人事部',
  },
  'Holds.place': { reviewAt: '2090-01-01', reason: '労働審判' },
  'Holds.release': { reason: '和解' },
  'Holds.review': { reviewAt: '2091-01-01', reason: '係争中' },
  'ImportUndo.undo': { reason: '別の会社の名簿だった' },
  'Imports.map': { columns: { 備考: 'ignore' }, source: 'hr', saveAs: '人事', dateOrder: 'ymd' },
  'LetterTexts.preview': { content: TEXTS },
  'LetterTexts.revise': { content: TEXTS },
  'LetterTexts.setNumbering': { prefix: '総人', year: 'fiscal' },
  'Letters.dispatch': { outcome: 'posted' },
  'Letters.write': {
    letter: 'correction-made',
    alumnusId: UUID,
    language: 'ja',
    means: 'email',
    values: { changes: '電話番号' },
  },
  'Law.setNumber': { value: 5, from: '2090-04-01', reason: '紛争に備える' },
  'Law.setPurpose': { keepMonths: 3, answerDays: 60, from: '2090-04-01', reason: '採用の周期' },
  'Outbox.retry': { state: 'failed' },
  'Policies.release': { target: `consent-${UUID}.${UUID}` },
  'Programmes.draft': { code: 'walked', content: PROGRAMME },
  'Programmes.publish': { effectiveAt: '2026-01-01' },
  'Programmes.revise': { content: PROGRAMME },
  'Provisions.record': {
    ...{ recipientId: UUID, ground: 'consent', purposeId: UUID, items: ['name', 'email'] },
    ...{ alumnusIds: [UUID], exportId: UUID, note: '暗号化', effectiveAt: '2026-01-01' },
  },
  'Publication.publish': { basis: 'a'.repeat(64) },
  'Purposes.draft': { code: 'walked', content: PURPOSE_TEMPLATES['rehire'] },
  'Purposes.publish': { effectiveAt: '2026-01-01' },
  'Purposes.recordNotice': { method: 'website', proof: 'https://example.jp/', effectiveAt: '2026-01-01' },
  'Purposes.revise': { kind: 'related', content: PURPOSE_TEMPLATES['rehire'] },
  'Receipts.record': {
    ...{ recipientId: UUID, ground: 'consent', items: ['email'], alumnusIds: [UUID] },
    ...{ acquired: '本人から取得', effectiveAt: '2026-01-01' },
  },
  'Recipients.add': { code: 'mailer', role: 'processor', ...RECIPIENT },
  'Recipients.assess': { assessment: 'selection', passed: true, findings: '良好', effectiveAt: '2026-01-05' },
  'Recipients.end': { disposal: 'certificate', proof: '消去証明書', effectiveAt: '2026-01-05' },
  'Recipients.revise': RECIPIENT,
  'RequestAnswers.close': { outcome: 'withdrawn', reason: '電話で取下げ' },
  'RequestAnswers.complain': { complaint: '足りない', arrivedAt: '2026-01-01' },
  'RequestAnswers.decide': DECISION,
  'RequestAnswers.execute': { changed: '連絡先を開示' },
  'RequestAnswers.notify': {
    about: 'decision',
    form: 'paper',
    way: 'post',
    said: '開示しました',
    proof: '書留 1',
    formReason: 'メールが届かない',
    artefactId: UUID,
    sentAt: '2026-01-01',
  },
  'RequestAnswers.reply': {
    letter: 'identity-needed',
    means: 'post',
    language: 'ja',
    name: '縁野 結',
    email: 'yui@example.jp',
    postalAddress: '東京都千代田区架空町1-2-3',
    needed: '運転免許証',
    by: '2026-12-11',
    notDone: '評価の記録',
    formReason: 'メールが届かない',
  },
  'RequestDesk.answerTask': { answer: 'done', proof: '一覧', artefactId: UUID },
  'RequestDesk.assign': { assigneeId: UUID, deputyId: UUID },
  'RequestDesk.attach': { artefactId: UUID, title: '請求書' },
  'RequestDesk.charge': { amount: 500 },
  'RequestDesk.checkIdentity': {
    result: 'verified',
    method: 'document-seen',
    seen: '運転免許証',
    authority: '委任状',
  },
  'RequestDesk.link': { originalId: UUID },
  'RequestDesk.match': { alumnusId: UUID },
  'RequestDesk.note': { note: '電話で確認' },
  'RequestDesk.openTask': { system: '給与', ownerId: UUID, dueOn: '2026-12-31', task: '写し' },
  'RequestDesk.pause': { reason: '到着待ち' },
  'RequestMany.assign': { requests: [{ requestId: UUID, revision: 1 }], assigneeId: UUID, deputyId: UUID },
  'RequestMany.decide': { decisions: [{ requestId: UUID, revision: 1, ...DECISION }] },
  'Requests.receive': {
    kind: 'erasure',
    ground: 'no-longer-needed',
    cameBy: 'paper',
    party: 'mandatary',
    answerForm: 'paper',
    language: 'ja',
    requester: '縁野 結',
    answerTo: '東京都',
    asked: '消去してください',
    aboutThem: '営業部',
    agent: '縁野 守（弁護士）',
    arrivedAt: '2026-01-01',
  },
  'Roster.candidates': { purposeId: UUID, channel: 'email', text: 'サ' },
  'Roster.search': {
    purposeId: UUID,
    channel: 'email',
    mode: 'excluded',
    text: 'サ',
    department: '営業部',
    job: '営業',
  },
  'RosterDiff.diff': { purposeId: UUID, channel: 'email', from: '2026-01-01', to: '2026-03-31' },
  'Tellings.told': { alumnusIds: [UUID], means: 'email', proof: '返信あり', effectiveAt: '2026-01-01' },
  'Systems.add': { ...SYSTEM, code: 'walked', responsibleId: UUID },
  'Systems.revise': { ...SYSTEM, responsibleId: UUID },
  'Tokens.create': { accountId: UUID, validUntil: '2026-12-31T00:00:00Z' },
};

/** The body with each of its texts replaced in turn. */
export function spoilt(body: object, text: string): readonly object[] {
  return changed(body, (value) => (typeof value === 'string' ? [text] : []));
}

/** The body with each of its members left out in turn, or made a list of itself. */
export function lessened(body: object): readonly object[] {
  return changed(body, (value) => (value === body ? [] : [undefined, [value]]));
}

/** Every body in which one value, at any depth, is replaced. */
function changed(body: object, replacements: (value: unknown) => readonly unknown[]): readonly object[] {
  const found: object[] = [];
  visit(body, (copy) => found.push(copy as object));
  return found;

  function visit(value: unknown, replace: (copy: unknown) => void): void {
    replacements(value).forEach(replace);
    if (Array.isArray(value)) {
      value.forEach((item, index) => visit(item, (copy) => replace(value.with(index, copy))));
    } else if (value !== null && typeof value === 'object') {
      for (const [key, member] of Object.entries(value)) {
        visit(member, (copy) => replace({ ...value, [key]: copy }));
      }
    }
  }
}
