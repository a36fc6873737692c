import {
  CATEGORY_NAMES,
  PERSON_FIELD_NAMES,
  type Bilingual,
  type Category,
  type ErasureGround,
  type ItemField,
  type Language,
} from '@enishi/domain';
import { columnsIn, inTokyo, type Report, type ReportColumn } from '../reports/report';
import type { ReportFrame } from '../reports/report-frame';
import type { CertificateAnswer } from './certificate.answers.dto';
import type { ErasureWaitAnswer } from './outlook.answers.dto';

const COLUMNS: readonly ReportColumn<Bilingual>[] = [
  { heading: { ja: 'データ区分', en: 'Category' }, width: 160 },
  { heading: { ja: '含まれていたもの', en: 'What it held' }, width: 440 },
  { heading: { ja: '破棄した鍵の数', en: 'Keys destroyed' }, width: 182 },
];

const HELD: Readonly<Record<Category, Bilingual>> = {
  programme: {
    ja: '氏名・フリガナ・旧姓・社員番号・生年月日・在籍期間・部署・職種・退職区分',
    en: 'name, kana, former names, employee number, birth date, employments',
  },
  contact: {
    ja: 'メールアドレス・電話番号・住所・LINE ID',
    en: 'e-mail, telephone, postal address, LINE id',
  },
  profile: { ja: '経歴・技能・関心', en: 'career, skills, interests' },
  'leaving-detail': { ja: '退職理由とその詳細', en: 'reason for leaving and its details' },
  'consent-evidence': { ja: '証跡の文章・スキャン・法定代理人', en: 'words, scans, legal representative' },
  staff: { ja: '担当者の氏名・連絡先', en: 'names and contact of staff' },
  'request-record': {
    ja: '請求の内容と回答・訂正や保全の理由',
    en: 'requests and their answers, reasons of corrections and holds',
  },
};

const GROUNDS: Readonly<Record<ErasureGround, Bilingual>> = {
  ordered: { ja: '指示による', en: 'by order' },
  'import-undone': { ja: '取り込みの取消しによる', en: 'the import that had brought them was undone' },
  retention: { ja: '保存期間の満了による', en: 'nothing keeps the data any more' },
};

const LABELS = {
  person: { ja: '本人 ID', en: 'Alumnus' },
  plan: { ja: '消去計画 ID', en: 'Plan of erasure' },
  ground: { ja: '事由', en: 'Ground' },
  items: { ja: '消去した項目', en: 'Items erased' },
  approved: { ja: '承認', en: 'Approved' },
  destroyed: { ja: '鍵を破棄した日時', en: 'Keys destroyed' },
  blocked: { ja: '再登録を受け付けない期限', en: 'Not brought back until' },
  digest: { ja: '鍵の一覧の SHA-256', en: 'SHA-256 of the keys' },
  event: { ja: '台帳の記録 ID', en: 'Event in the ledger' },
  irrecoverable: { ja: '復元できなくなった日時', en: 'Irrecoverable from' },
  people: { ja: '消去した人数', en: 'People erased' },
  left: { ja: '消去しなかった人数（保全など）', en: 'People left as they are (held, or needed again)' },
  keys: { ja: '破棄した鍵', en: 'Keys destroyed' },
  waits: { ja: 'まだ残すもの', en: 'Stays' },
  elsewhere: { ja: '他のシステムで廃棄を確認するもの', en: 'Others must confirm' },
  recipients: { ja: '提供先・委託先への未連絡', en: 'Recipients still to be told' },
} as const satisfies Record<string, Bilingual>;

const LATER: Bilingual = {
  ja: '次の鍵の更新で決まります（それまでは、バックアップに暗号化された鍵が残ります）',
  en: 'told by the next rotation of keys; until then a backup holds the keys, wrapped',
};

const VERIFICATION: Readonly<Record<Language, readonly string[]>> = {
  ja: [
    '個人データは一人ひとりの鍵で暗号化して保存されています。その鍵を破棄したため、暗号化されたデータは個人データとして利用できません（個人情報保護法 22 条）。',
    'この証明書に氏名などの個人データは含まれません。本人 ID は、台帳の外では意味を持たない番号です。',
    '上の記録 ID のイベントが台帳にあることは「enishi erasure certificate」に付く証明で、サーバーに接続せずに確かめられます。',
  ],
  en: [
    'Personal data is kept encrypted under keys of each person. These keys were destroyed: what they had encrypted cannot be used as personal data any more (APPI, article 22).',
    'This certificate holds no name. An alumnus’s id is a number that says nothing outside the ledger.',
    'That the event above is in the ledger is shown without any server by the proof that “enishi erasure certificate” gives.',
  ],
};

/** What stays of the same categories was sealed under another key before theirs was destroyed. */
function itemsText(fields: readonly string[], language: Language): string {
  const names = fields.map((field) => PERSON_FIELD_NAMES[field as ItemField][language]);
  return names.join(language === 'ja' ? '・' : ', ');
}

/** A certificate of erasure as a page. */
export function certificateReport(frame: ReportFrame, one: CertificateAnswer): Report {
  const { codes: _, steps, level: __, particulars, ...rest } = frame;
  const { language } = frame;
  const label = (key: keyof typeof LABELS): string => LABELS[key][language];
  const jst = (instant: string): string => `${inTokyo(instant)} JST`;
  const number = (value: number): string => value.toLocaleString('en');
  const { destroyedFrom, destroyedUntil, blockedUntil, irrecoverableFrom } = one;
  const untold = one.recipients.reduce((sum, { open }) => sum + open, 0);
  const destroyed = [...new Set([destroyedFrom, destroyedUntil])].flatMap((at) => at ?? []).map(jst);
  return {
    ...rest,
    title: { ja: '消去証明書', en: 'Certificate of erasure' }[language],
    particulars: [
      ...particulars,
      ...(one.alumnusId === undefined ? [] : [[label('person'), one.alumnusId] as const]),
      [label('plan'), one.erasureId],
      [label('ground'), GROUNDS[one.ground as ErasureGround][language]],
      ...(one.fields === undefined ? [] : [[label('items'), itemsText(one.fields, language)] as const]),
      [label('approved'), `${one.approvedByName ?? one.approvedBy}  ${jst(one.approvedAt)}`],
      ...(destroyed.length > 0 ? [[label('destroyed'), destroyed.join(' – ')] as const] : []),
      ...(blockedUntil === undefined ? [] : [[label('blocked'), jst(blockedUntil)] as const]),
      [label('digest'), one.digest],
      [label('event'), `${one.event.eventId}  ${jst(one.event.recordedAt)}`],
      ...one.waits.map((wait) => [label('waits'), waitText(wait, language)] as const),
      ...one.elsewhere.map(
        ({ law, entries }) => [label('elsewhere'), `${number(entries)}  ${law[language]}`] as const,
      ),
      ...(untold === 0 ? [] : [[label('recipients'), number(untold)] as const]),
      [label('irrecoverable'), irrecoverableFrom ? jst(irrecoverableFrom.at) : LATER[language]],
    ],
    totals: [
      [label('people'), number(one.people)],
      [label('left'), number(one.left)],
      [label('keys'), number(one.categories.reduce((sum, { keys }) => sum + keys, 0))],
    ],
    columns: columnsIn(language, COLUMNS),
    rows: one.categories.map(({ category, keys }) => [
      CATEGORY_NAMES[category as Category][language],
      HELD[category as Category][language],
      number(keys),
    ]),
    verification: [...VERIFICATION[language], ...steps],
  };
}

/** What stays, of how many, under which rule and until when. */
function waitText({ category, people, law, until }: ErasureWaitAnswer, language: Language): string {
  const stands = { ja: '根拠が続く間', en: 'as long as that stands' };
  const end = until === undefined ? stands : { ja: `${until} まで`, en: `until ${until}` };
  const name = CATEGORY_NAMES[category as Category][language];
  return `${name}: ${people.toLocaleString('en')}  ${end[language]}  ${law[language]}`;
}
