import type { PersonField } from './disclosure';
import { LAW, LAW_CODES } from './law/law-table';
import { REQUEST_KIND_NAMES, REQUEST_NAMES } from './requests/request-names';
import { REQUEST_LAW } from './requests/request-law';
import { REQUEST_KINDS } from './requests/request-terms';
import type { Bilingual } from './shapes';
import type {
  Category,
  ContactChannel,
  EmploymentKind,
  ErasureStanding,
  ExportStanding,
  Language,
  LeavingKind,
} from './terms';

/** What people read for the codes of the closed lists. */

export const CHANNEL_NAMES: Readonly<Record<ContactChannel, Bilingual>> = {
  email: { ja: 'メール', en: 'e-mail' },
  phone: { ja: '電話', en: 'telephone' },
  sms: { ja: 'SMS', en: 'text message (SMS)' },
  post: { ja: '郵送', en: 'post' },
  line: { ja: 'LINE', en: 'LINE' },
  sns: { ja: 'SNS', en: 'social media' },
};

export const LEAVING_KIND_NAMES: Readonly<Record<LeavingKind, Bilingual>> = {
  'personal-reason': { ja: '自己都合', en: 'personal reasons' },
  'contract-end': { ja: '契約期間満了', en: 'end of contract' },
  'retirement-age': { ja: '定年', en: 'retirement age' },
  'company-reason': { ja: '会社都合', en: 'company reasons' },
  dismissal: { ja: '解雇', en: 'dismissal' },
  'disciplinary-dismissal': { ja: '懲戒解雇', en: 'disciplinary dismissal' },
  death: { ja: '死亡', en: 'death' },
  other: { ja: 'その他', en: 'other' },
};

export const EMPLOYMENT_KIND_NAMES: Readonly<Record<EmploymentKind, Bilingual>> = {
  regular: { ja: '正社員', en: 'regular' },
  contract: { ja: '契約社員', en: 'contract' },
  'part-time': { ja: 'パート・アルバイト', en: 'part-time' },
  dispatch: { ja: '派遣', en: 'dispatch' },
  commissioned: { ja: '嘱託', en: 'commissioned' },
  executive: { ja: '役員', en: 'executive' },
  other: { ja: 'その他', en: 'other' },
};

export const PERSON_FIELD_NAMES: Readonly<Record<PersonField, Bilingual>> = {
  name: { ja: '氏名', en: 'name' },
  kana: { ja: 'フリガナ', en: 'kana' },
  formerNames: { ja: '旧姓', en: 'former names' },
  employeeNumber: { ja: '社員番号', en: 'employee number' },
  birthDate: { ja: '生年月日', en: 'date of birth' },
  email: { ja: 'メールアドレス', en: 'e-mail address' },
  phone: { ja: '電話番号', en: 'telephone number' },
  postalAddress: { ja: '住所', en: 'postal address' },
  lineId: { ja: 'LINE ID', en: 'LINE id' },
  leavingReason: { ja: '退職理由', en: 'reason for leaving' },
  leavingDetail: { ja: '退職理由の詳細', en: 'details of leaving' },
};

/** How far an export is. */
export const EXPORT_STANDING_NAMES: Readonly<Record<ExportStanding, Bilingual>> = {
  requested: { ja: '承認待ち', en: 'waiting for approval' },
  approved: { ja: '承認済み', en: 'approved' },
  refused: { ja: '却下', en: 'refused' },
  making: { ja: '作成中', en: 'being made' },
  made: { ja: '引渡し待ち', en: 'made' },
  'handed-over': { ja: '引渡し済み', en: 'handed over' },
  purged: { ja: '削除済み', en: 'deleted' },
  expired: { ja: '期限切れ', en: 'expired' },
};

/** How far a plan of erasure is. */
export const ERASURE_STANDING_NAMES: Readonly<Record<ErasureStanding, Bilingual>> = {
  drafting: { ja: '作成中', en: 'being drawn up' },
  proposed: { ja: '承認待ち', en: 'waiting for approval' },
  refused: { ja: '却下', en: 'refused' },
  approved: { ja: '承認済み', en: 'approved' },
  running: { ja: '実行中', en: 'being carried out' },
  executed: { ja: '実行済み', en: 'carried out' },
};

/** Kinds of data that have a key of their own. */
export const CATEGORY_NAMES: Readonly<Record<Category, Bilingual>> = {
  programme: { ja: '登録内容', en: 'programme' },
  contact: { ja: '連絡先', en: 'contact' },
  profile: { ja: '本人の申告', en: 'profile' },
  'leaving-detail': { ja: '退職理由', en: 'leaving detail' },
  'consent-evidence': { ja: '同意の証跡', en: 'evidence of consents' },
  staff: { ja: '担当者', en: 'staff' },
  'request-record': { ja: '請求等の対応記録', en: 'records of requests' },
};

/** Fields that refusals name, beside those of a person. */
const OTHER_FIELD_NAMES: Readonly<Record<string, Bilingual>> = {
  department: { ja: '部署', en: 'department' },
  job: { ja: '職種', en: 'job' },
  reason: { ja: '理由', en: 'reason' },
  documentNumber: { ja: '文書番号', en: 'document number' },
  access: { ja: 'アクセスできる者の範囲', en: 'scope of access' },
  measures: { ja: '安全管理措置', en: 'security measures' },
  evidence: { ja: '証跡', en: 'evidence' },
  'representative.name': { ja: '法定代理人の氏名', en: 'name of the representative' },
  'representative.relation': { ja: '法定代理人の続柄', en: 'relation of the representative' },
  'officer.name': { ja: '管理責任者の氏名', en: 'name of the officer' },
  'officer.title': { ja: '管理責任者の役職', en: 'title of the officer' },
  'officer.workContact': { ja: '管理責任者の連絡先', en: 'contact of the officer' },
  joinedOn: { ja: '入社日', en: 'day of joining' },
  leftOn: { ja: '退職日', en: 'day of leaving' },
  returnedOn: { ja: '復職日', en: 'day of return' },
  diedOn: { ja: '死亡日', en: 'day of death' },
  address: { ja: '住所', en: 'address' },
  representative: { ja: '代表者', en: 'representative' },
  contact: { ja: '連絡先', en: 'contact' },
  title: { ja: '名称', en: 'title' },
  description: { ja: '説明', en: 'description' },
  notice: { ja: '通知文', en: 'notice' },
  collectionMethod: { ja: '取得方法', en: 'method of collection' },
  processingMethod: { ja: '取扱いの方法', en: 'method of processing' },
  retentionPeriod: { ja: '保存期間', en: 'retention period' },
  withdrawalMethod: { ja: '撤回の方法', en: 'method of withdrawal' },
  categories: { ja: 'データ区分', en: 'categories of data' },
  channels: { ja: '連絡手段', en: 'channels' },
  piiTypes: { ja: '個人情報の項目', en: 'items of personal data' },
  storageLocations: { ja: '保管場所', en: 'storage locations' },
  processingLocations: { ja: '取扱場所', en: 'processing locations' },
  privacyRights: { ja: '本人の権利', en: 'rights of the person' },
  lawfulBasis: { ja: '法的根拠', en: 'lawful basis' },
  jurisdiction: { ja: '準拠法域', en: 'jurisdiction' },
  purposeType: { ja: '利用目的の種別（IRI）', en: 'type of purpose (IRI)' },
  recipients: { ja: '提供先', en: 'recipients' },
  validityMonths: { ja: '同意の有効期間（月）', en: 'validity of consent in months' },
  purposeIds: { ja: '利用目的', en: 'purposes' },
  reviewMonths: { ja: '見直しの周期（月）', en: 'review cycle in months' },
  kind: { ja: '種別', en: 'kind' },
  encoding: { ja: '文字コード', en: 'encoding' },
  language: { ja: '言語', en: 'language' },
  recipient: { ja: '引渡し先', en: 'recipient' },
  'letter.subject': { ja: '件名', en: 'subject' },
  'letter.body': { ja: '本文', en: 'text' },
  'letter.to': { ja: '宛名', en: 'addressee' },
  findings: { ja: '所見', en: 'findings' },
  proof: { ja: '証明', en: 'proof' },
  note: { ja: '備考', en: 'note' },
  checked: { ja: '確認の内容', en: 'what was checked' },
  employments: { ja: '在籍期間', en: 'employments' },
  acquired: { ja: '取得の経緯', en: 'how it was acquired' },
  publishedOn: { ja: '公表日', en: 'day of publication' },
  requester: { ja: '請求者の氏名', en: 'name of the requester' },
  asked: { ja: '請求の内容', en: 'what is asked for' },
  answerTo: { ja: '回答の送り先', en: 'where the answer goes' },
  aboutThem: { ja: '本人を探す手がかり', en: 'what helps to find the person' },
  agent: { ja: '代理人', en: 'representative or agent' },
  seen: { ja: '本人確認で見たもの', en: 'what was seen' },
  authority: { ja: '代理権を確認したもの', en: 'what showed the authority' },
  system: { ja: 'システム', en: 'system' },
  task: { ja: '作業の内容', en: 'task' },
  substitute: { ja: '代替措置', en: 'substitute measure' },
  changed: { ja: '対応した内容', en: 'what was changed' },
  said: { ja: '知らせた内容', en: 'what the person was told' },
  formReason: { ja: '形式を変えた理由', en: 'reason for another form' },
  complaint: { ja: '苦情の内容', en: 'complaint' },
  purpose: { ja: '用途', en: 'purpose' },
  items: { ja: 'データ項目', en: 'items of data' },
  disposal: { ja: '廃棄の方法', en: 'way of disposal' },
  responsible: { ja: '責任者', en: 'responsible person' },
  label: { ja: '区別', en: 'label' },
  owner: { ja: '担当者', en: 'owner' },
};

const NAMES: Readonly<Record<string, Readonly<Record<string, Bilingual>>>> = {
  channel: CHANNEL_NAMES,
  field: { ...OTHER_FIELD_NAMES, ...PERSON_FIELD_NAMES },
  standing: EXPORT_STANDING_NAMES,
  language: { ja: { ja: '日本語', en: 'Japanese' }, en: { ja: '英語', en: 'English' } },
  part: { subject: { ja: '件名', en: 'subject' }, body: { ja: '本文', en: 'text' } },
  means: {
    email: { ja: 'メールアドレス', en: 'e-mail address' },
    post: { ja: '住所', en: 'postal address' },
  },
  erasure: ERASURE_STANDING_NAMES,
  category: CATEGORY_NAMES,
  number: Object.fromEntries(LAW_CODES.map((code) => [code, LAW[code].law])),
  until: { '': { ja: '残す根拠がなくなる日', en: 'what keeps it has ended' } },
  decision: REQUEST_NAMES.decision,
  requestGround: REQUEST_NAMES.ground,
  refusalGround: REQUEST_NAMES.refusalGround,
  requestKind: Object.fromEntries(
    REQUEST_KINDS.map((kind) => [
      kind,
      {
        ja: `${REQUEST_KIND_NAMES[kind].ja}（${REQUEST_LAW[kind].article.ja}）`,
        en: `${REQUEST_KIND_NAMES[kind].en} (${REQUEST_LAW[kind].article.en})`,
      },
    ]),
  ),
};

/** A parameter of a message as people read it: known codes by name, anything else as it is. */
export function nameOf(key: string, value: unknown, language: Language): string {
  const names = NAMES[key];
  const text =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  return names !== undefined && Object.hasOwn(names, text) ? names[text]![language] : text;
}
