import type { Bilingual } from '../shapes';
import type { LawCode } from './law-table';

/** From what a period may run. Each is a day; which one belongs to a document is its row in {@link DOCUMENTS}. */
export const ANCHORS = [
  'leaving',
  'dismissal',
  'last-entry',
  'pay-date',
  'compensation-end',
  'completion',
  'creation',
  'work-end',
  'submission',
  'filing-deadline',
  'dispatch-end',
  'task-end',
  'last-provision',
  'consent-end',
  'answer-due',
  'decision-notified',
] as const;
export type Anchor = (typeof ANCHORS)[number];

/** What people read for an anchor. */
export const ANCHOR_NAMES: Readonly<Record<Anchor, Bilingual>> = {
  leaving: { ja: '死亡・退職・解雇の日', en: 'death, retirement or dismissal' },
  dismissal: { ja: '解雇の日', en: 'dismissal' },
  'last-entry': { ja: '最後の記入の日', en: 'last entry' },
  'pay-date': { ja: '賃金の支払期日', en: 'pay date' },
  'compensation-end': { ja: '災害補償を終えた日', en: 'end of the compensation' },
  completion: { ja: '完結の日', en: 'completion' },
  creation: { ja: '作成の日', en: 'creation' },
  'work-end': { ja: '石綿作業に従事しなくなった日', en: 'leaving that work' },
  submission: { ja: '提出期限の日', en: 'day by which it was to be submitted' },
  'filing-deadline': { ja: '法定申告期限', en: 'filing deadline' },
  'dispatch-end': { ja: '派遣の終了の日', en: 'end of the dispatch' },
  'task-end': { ja: '事務と保存期間の終了の日', en: 'end of the task and its retention' },
  'last-provision': { ja: '最後の提供の日', en: 'last provision' },
  'consent-end': { ja: '同意の終了の日', en: 'end of the consent' },
  'answer-due': { ja: '回答期限', en: 'date set for the answer' },
  'decision-notified': { ja: '決定の通知の日', en: 'notice of the decision' },
};

/** One row of the retention schedule. */
export interface DocumentRow {
  readonly document: Bilingual;
  readonly number: LawCode;
  /** What the period runs from; without it nobody can say when it ends. */
  readonly anchor: Anchor;
  /** Where it is later, the period runs from this. */
  readonly orLater?: Anchor;
  /** It runs from this where there is no `anchor`. */
  readonly orElse?: Anchor;
  /** The first day of the period, where it is not the day after the anchor. */
  readonly first?: 'january-11-after';
  /** Whether Enishi holds it itself. All else is held elsewhere, and Enishi only knows of it. */
  readonly here?: true;
}

const LABOUR = 'labour-records';

/** The retention schedule: what is kept, for which number of law, from when on. A code in a ledger stays here. */
export const DOCUMENTS = {
  roster: { document: { ja: '労働者名簿', en: 'roster of workers' }, number: LABOUR, anchor: 'leaving' },
  'wage-ledger': {
    document: { ja: '賃金台帳', en: 'wage ledger' },
    number: LABOUR,
    anchor: 'last-entry',
    orLater: 'pay-date',
  },
  hiring: {
    document: { ja: '雇入れに関する書類', en: 'documents of hiring' },
    number: LABOUR,
    anchor: 'leaving',
  },
  dismissal: {
    document: { ja: '解雇に関する書類', en: 'documents of a dismissal' },
    number: LABOUR,
    anchor: 'dismissal',
  },
  retirement: {
    document: { ja: '退職に関する書類', en: 'documents of leaving' },
    number: LABOUR,
    anchor: 'leaving',
  },
  accident: {
    document: { ja: '災害補償に関する書類', en: 'documents of accident compensation' },
    number: LABOUR,
    anchor: 'compensation-end',
  },
  attendance: {
    document: { ja: '出勤簿等の賃金・労働関係書類', en: 'attendance and other records of wages and work' },
    number: LABOUR,
    anchor: 'completion',
    orLater: 'pay-date',
  },
  'health-check': {
    document: { ja: '健康診断個人票', en: 'record of a health check' },
    number: 'health-check',
    anchor: 'creation',
  },
  'health-check-radiation': {
    document: { ja: '電離放射線健康診断個人票', en: 'record of a radiation health check' },
    number: 'health-check-radiation',
    anchor: 'creation',
  },
  'health-check-chemicals': {
    document: { ja: '特定化学物質健康診断個人票', en: 'record of a special chemicals health check' },
    number: 'health-check-chemicals',
    anchor: 'creation',
  },
  'health-check-asbestos': {
    document: { ja: '石綿健康診断個人票', en: 'record of an asbestos health check' },
    number: 'health-check-asbestos',
    anchor: 'work-end',
  },
  'interview-guidance': {
    document: { ja: '面接指導の結果の記録', en: 'record of interview guidance' },
    number: 'interview-guidance',
    anchor: 'creation',
  },
  'employment-insurance': {
    document: { ja: '雇用保険 被保険者に関する書類', en: 'employment insurance' },
    number: 'employment-insurance',
    anchor: 'completion',
  },
  'labour-insurance': {
    document: { ja: '労働保険 徴収に関する書類', en: 'labour insurance premiums' },
    number: 'labour-insurance',
    anchor: 'completion',
  },
  'workers-compensation': {
    document: { ja: '労災保険に関する書類', en: 'workers’ compensation' },
    number: 'workers-compensation',
    anchor: 'completion',
  },
  'social-insurance': {
    document: { ja: '健康保険・厚生年金に関する書類', en: 'health insurance and pension' },
    number: 'social-insurance',
    anchor: 'completion',
  },
  'dependants-declaration': {
    document: { ja: '扶養控除等申告書', en: 'declaration of dependants' },
    number: 'dependants-declaration',
    anchor: 'submission',
    first: 'january-11-after',
  },
  withholding: {
    document: { ja: '源泉徴収簿', en: 'withholding book' },
    number: 'withholding',
    anchor: 'filing-deadline',
  },
  'dispatch-source': {
    document: { ja: '派遣元管理台帳', en: 'ledger of the dispatching company' },
    number: 'dispatch-source',
    anchor: 'dispatch-end',
  },
  'dispatch-destination': {
    document: { ja: '派遣先管理台帳', en: 'ledger of the receiving company' },
    number: 'dispatch-destination',
    anchor: 'dispatch-end',
  },
  'my-number': { document: { ja: '個人番号', en: 'My Number' }, number: 'my-number', anchor: 'task-end' },
  'provision-record': {
    document: { ja: '第三者提供記録', en: 'record of a provision' },
    number: 'provision-record',
    anchor: 'creation',
  },
  'provision-record-batch': {
    document: { ja: '一括して作成した第三者提供記録', en: 'record of provisions in a batch' },
    number: 'provision-record',
    anchor: 'last-provision',
  },
  'provision-record-contract': {
    document: { ja: '第三者提供記録に代わる契約書等', en: 'contract in place of a record of provision' },
    number: 'provision-record-contract',
    anchor: 'last-provision',
  },
  'alumni-programme': {
    document: { ja: 'アルムナイ連絡先等', en: 'data of the alumni programme' },
    number: 'programme-keep',
    anchor: 'consent-end',
    orElse: 'answer-due',
    here: true,
  },
  'consent-evidence': {
    document: { ja: '同意の証跡', en: 'evidence of a consent' },
    number: 'consent-evidence',
    anchor: 'consent-end',
    here: true,
  },
  'request-record': {
    document: { ja: '請求等の対応記録', en: 'record of a request' },
    number: 'request-record',
    anchor: 'decision-notified',
    here: true,
  },
} as const satisfies Record<string, DocumentRow>;

export type DocumentCode = keyof typeof DOCUMENTS;
export const DOCUMENT_CODES = Object.keys(DOCUMENTS) as [DocumentCode, ...DocumentCode[]];

/** A row, in one uniform shape. */
export function documentRow(code: DocumentCode): DocumentRow {
  return DOCUMENTS[code];
}
