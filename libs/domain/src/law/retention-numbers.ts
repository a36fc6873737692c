import { between, fixed, POLICY, type LawRow } from './law-row';

const executed = { by: 'retentionEnd', file: 'libs/domain/src/law/retention.ts' };
const test = 'libs/domain/src/law/retention.spec.ts';
const byPerson = { by: 'retentionTerm', file: 'libs/domain/src/law/person-retention.ts' };
const personTest = 'libs/domain/src/law/person-retention.spec.ts';

/** How long documents are kept (default retention schedule), and how long people are waited for. */
export const RETENTION_NUMBERS = {
  // 109 says five years, 143(1) three for the time being.
  'labour-records': {
    rule: { ja: '労働関係書類の保存', en: 'records of employment are kept' },
    law: { ja: '労働基準法 109 条、143 条 1 項', en: 'Labour Standards Act 109, 143(1)' },
    unit: 'years',
    versions: between(3, 3, 5, '2020-04-01'),
    executed,
    test,
  },
  'health-check': {
    rule: { ja: '健康診断個人票の保存', en: 'records of health checks are kept' },
    law: { ja: '労働安全衛生規則 51 条', en: 'Industrial Safety and Health Ordinance 51' },
    unit: 'years',
    versions: fixed(5),
    executed,
    test,
  },
  'health-check-radiation': {
    rule: { ja: '電離放射線健康診断個人票の保存', en: 'records of radiation health checks are kept' },
    law: { ja: '電離放射線障害防止規則 57 条', en: 'Ionising Radiation Ordinance 57' },
    unit: 'years',
    versions: fixed(30),
    executed,
    test,
  },
  'health-check-chemicals': {
    rule: {
      ja: '特別管理物質の健康診断個人票の保存',
      en: 'records of health checks for special chemicals are kept',
    },
    law: { ja: '特定化学物質障害予防規則 40 条', en: 'Specified Chemical Substances Ordinance 40' },
    unit: 'years',
    versions: fixed(30),
    executed,
    test,
  },
  'health-check-asbestos': {
    rule: { ja: '石綿健康診断個人票の保存', en: 'records of asbestos health checks are kept' },
    law: { ja: '石綿障害予防規則 41 条', en: 'Asbestos Ordinance 41' },
    unit: 'years',
    versions: fixed(40),
    executed,
    test,
  },
  'interview-guidance': {
    rule: { ja: '面接指導の結果の記録の保存', en: 'records of interview guidance are kept' },
    law: { ja: '労働安全衛生規則 52 条の 6', en: 'Industrial Safety and Health Ordinance 52-6' },
    unit: 'years',
    versions: fixed(5),
    executed,
    test,
  },
  'employment-insurance': {
    rule: { ja: '雇用保険被保険者に関する書類の保存', en: 'documents of the employment insurance are kept' },
    law: { ja: '雇用保険法施行規則 143 条', en: 'Employment Insurance Ordinance 143' },
    unit: 'years',
    versions: fixed(4),
    executed,
    test,
  },
  'labour-insurance': {
    rule: { ja: '労働保険料徴収に関する書類の保存', en: 'documents of labour insurance premiums are kept' },
    law: { ja: '労働保険徴収法施行規則 72 条', en: 'Labour Insurance Premiums Ordinance 72' },
    unit: 'years',
    versions: fixed(3),
    executed,
    test,
  },
  'workers-compensation': {
    rule: { ja: '労災保険に関する書類の保存', en: 'documents of workers’ compensation are kept' },
    law: { ja: '労災保険法施行規則 51 条', en: 'Workers’ Compensation Ordinance 51' },
    unit: 'years',
    versions: fixed(3),
    executed,
    test,
  },
  'social-insurance': {
    rule: {
      ja: '健康保険・厚生年金に関する書類の保存',
      en: 'documents of health insurance and pensions are kept',
    },
    law: {
      ja: '健康保険法施行規則 34 条、厚生年金保険法施行規則 28 条',
      en: 'Health Insurance Ordinance 34, Pension Ordinance 28',
    },
    unit: 'years',
    versions: fixed(2),
    executed,
    test,
  },
  'dependants-declaration': {
    rule: { ja: '扶養控除等申告書の保存', en: 'declarations of dependants are kept' },
    law: { ja: '所得税法施行規則 76 条の 3', en: 'Income Tax Ordinance 76-3' },
    unit: 'years',
    versions: fixed(7),
    executed,
    test,
  },
  withholding: {
    rule: { ja: '源泉徴収簿の保存', en: 'withholding books are kept' },
    law: { ja: '国税庁タックスアンサー No. 5930', en: 'National Tax Agency No. 5930' },
    unit: 'years',
    versions: fixed(7),
    executed,
    test,
  },
  'dispatch-source': {
    rule: { ja: '派遣元管理台帳の保存', en: 'ledgers of the dispatching company are kept' },
    law: { ja: '労働者派遣法 37 条 2 項', en: 'Dispatch Act 37(2)' },
    unit: 'years',
    versions: fixed(3),
    executed,
    test,
  },
  'dispatch-destination': {
    rule: { ja: '派遣先管理台帳の保存', en: 'ledgers of the receiving company are kept' },
    law: { ja: '労働者派遣法 42 条、同施行規則 37 条', en: 'Dispatch Act 42, its Ordinance 37' },
    unit: 'years',
    versions: fixed(3),
    executed,
    test,
  },
  'my-number': {
    rule: {
      ja: '個人番号は事務と保存期間の終了後すぐに廃棄',
      en: 'My Number goes as soon as the task and its retention end',
    },
    law: { ja: '番号法 20 条', en: 'My Number Act 20' },
    unit: 'years',
    versions: fixed(0),
    executed,
    test,
  },
  'provision-record': {
    rule: {
      ja: '第三者提供記録の保存',
      en: 'records of giving to and receiving from third parties are kept',
    },
    law: { ja: '個人情報保護法 29 条、30 条、同施行規則 21 条、25 条', en: 'APPI 29, 30, its Rules 21, 25' },
    unit: 'years',
    versions: fixed(3),
    executed,
    test,
  },
  'provision-record-contract': {
    rule: {
      ja: '契約書等で代える第三者提供記録の保存',
      en: 'contracts that stand in for such records are kept',
    },
    law: { ja: '個人情報保護法施行規則 21 条、25 条', en: 'APPI Rules 21, 25' },
    unit: 'years',
    versions: fixed(1),
    executed,
    test,
  },
  'consent-evidence': {
    rule: { ja: '同意の証跡の保存', en: 'evidence of a consent is kept' },
    law: POLICY,
    unit: 'years',
    versions: between(1, 5, 10),
    executed,
    test,
  },
  'request-record': {
    rule: { ja: '請求等の対応記録の保存', en: 'the record of how a request was dealt with is kept' },
    law: POLICY,
    unit: 'years',
    versions: between(1, 3, 10),
    executed,
    test,
  },
  'programme-keep': {
    rule: {
      ja: '同意の終了後または回答期限後に退職者データを残す期間。利用目的ごとに定められる',
      en: 'programme data stay after a consent has ended or an answer never came; may be set for a purpose',
    },
    law: { ja: '個人情報保護法 22 条、当社方針', en: 'APPI 22, policy' },
    unit: 'months',
    versions: between(0, 0, 36),
    executed,
    test,
  },
  'answer-wait': {
    rule: {
      ja: '同意を依頼して回答を待つ期間。利用目的ごとに定められる',
      en: 'an answer is waited for since the last asking; may be set for a purpose',
    },
    law: { ja: '個人情報保護法 22 条、当社方針', en: 'APPI 22, policy' },
    unit: 'days',
    versions: between(14, 90, 730),
    executed: byPerson,
    test: personTest,
  },
  'approach-wait': {
    rule: {
      ja: '登録後、同意を依頼するまで退職者データを残す期間',
      en: 'somebody registered may be kept without being asked for consent',
    },
    law: { ja: '個人情報保護法 22 条、当社方針', en: 'APPI 22, policy' },
    unit: 'months',
    versions: between(1, 12, 36),
    executed: byPerson,
    test: personTest,
  },
} as const satisfies Record<string, LawRow>;
