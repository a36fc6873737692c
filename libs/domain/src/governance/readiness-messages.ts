import type { Bilingual } from '../shapes';

function text(ja: string, en: string): Bilingual {
  return { ja, en };
}

/** The five points, as a compliance officer is asked them. */
export const READINESS_POINTS = {
  'purposes-made-known': text(
    'アルムナイの個人情報の利用目的が文書で定められ、通知または公表されている。',
    'The purposes for alumni are written down and notified or published.',
  ),
  're-consent': text(
    '再同意の仕組みがあり、同意がすべて記録されている。',
    'A process of re-consent exists, and every consent is on record.',
  ),
  'rules-and-access': text(
    '保管のルール、管理責任者、アクセスできる者の範囲が定められている。',
    'Storage rules, administrators and the scope of access are set.',
  ),
  'contact-point': text(
    '訂正・削除などの窓口がある。',
    'There is a contact point for corrections and deletions.',
  ),
  'periodic-review': text('運用の方針が定期的に見直されている。', 'The policy is reviewed periodically.'),
} as const satisfies Readonly<Record<string, Bilingual>>;

/** What an event proves. */
export const READINESS_PROOFS = {
  'company-stated': text('会社情報', 'the company'),
  'purpose-published': text(
    '利用目的「{purpose}」第{version}版の公開',
    'publication of purpose “{purpose}”, version {version}',
  ),
  'purpose-notified': text(
    '利用目的「{purpose}」第{version}版の通知・公表',
    'notice of purpose “{purpose}”, version {version}',
  ),
  'page-published': text('公表ページ第{version}版', 'public page, version {version}'),
  'programme-in-force': text('制度「{programme}」', 'programme “{programme}”'),
  'consent-last-asked': text('直近の同意の依頼または回答', 'the latest request for consent, or answer'),
  'officer-appointed': text('管理責任者の任命', 'appointment of the responsible officer'),
  'rules-adopted': text('取扱規程第{version}版の施行', 'handling rules, version {version}'),
  'contact-point-set': text('問い合わせ窓口', 'the contact point'),
  'procedure-stated': text('請求の手続きと手数料', 'how requests are made, and what they cost'),
  'rules-reviewed': text(
    '取扱規程の見直し（次回は{day}まで）',
    'review of the handling rules (next by {day})',
  ),
  'accounts-reviewed': text('利用者の棚卸し（次回は{day}まで）', 'review of accounts (next by {day})'),
} as const satisfies Readonly<Record<string, Bilingual>>;

/** What is missing, and the command that supplies it. */
export const READINESS_GAPS = {
  'company-not-stated': {
    ...text('会社情報が登録されていません。', 'The company is not described.'),
    command: 'enishi company set --file company.json',
  },
  'no-purpose-published': {
    ...text('公開された利用目的がありません。', 'No purpose is published.'),
    command: 'enishi purpose create --template rehire --publish',
  },
  'purpose-not-notified': {
    ...text(
      '利用目的「{purpose}」第{version}版の通知・公表が記録されていません。',
      'No notice of purpose “{purpose}”, version {version}, is recorded.',
    ),
    command: 'enishi publication publish',
  },
  'page-shows-other-purposes': {
    ...text(
      '公表ページの会社情報または利用目的が、今のものと異なります。',
      'The public page shows the company or its purposes as they no longer are.',
    ),
    command: 'enishi publication publish',
  },
  'no-programme-in-force': {
    ...text('実施中のアルムナイ制度がありません。', 'No alumni programme is in force.'),
    command: 'enishi programme create --template rehire --publish',
  },
  'consent-never-asked': {
    ...text(
      '同意の依頼も回答も、まだ記録されていません。',
      'No request for consent and no answer is on record yet.',
    ),
    command: 'enishi consent request --help',
  },
  'consent-evidence-incomplete': {
    ...text('証跡の不足する同意が{count}件あります。', 'The evidence of consents is incomplete: {count}.'),
    command: 'enishi import approve --help',
  },
  'officer-missing': {
    ...text('管理責任者が任命されていません。', 'No responsible officer is appointed.'),
    command: 'enishi company officer --file -',
  },
  'rules-not-in-force': {
    ...text('施行中の取扱規程がありません。', 'No handling rules are in force.'),
    command: 'enishi handling-rules adopt --document rules.md --template default',
  },
  'page-shows-other-rules': {
    ...text(
      '公表ページの安全管理措置または外国の提供先・委託先が、現在のものと異なります。',
      'The public page shows other security measures, or other recipients abroad, than there are now.',
    ),
    command: 'enishi publication publish',
  },
  'contact-point-missing': {
    ...text('問い合わせ窓口が設定されていません。', 'No contact point is set.'),
    command: 'enishi company contact-point --email privacy@example.jp',
  },
  'procedure-not-stated': {
    ...text(
      '開示等の請求の手続きと手数料が登録されていません。',
      'How requests are made, and what they cost, is not stated.',
    ),
    command: 'enishi company public-matters --template default',
  },
  'page-shows-other-contact': {
    ...text(
      '公表ページの窓口または請求の手続きが、今のものと異なります。',
      'The public page shows the contact point or the procedure as it no longer is.',
    ),
    command: 'enishi publication publish',
  },
  'rules-never-reviewed': {
    ...text('取扱規程の見直しが一度も記録されていません。', 'No review of the handling rules is recorded.'),
    command: 'enishi handling-rules review --outcome adequate --findings -',
  },
  'rules-review-overdue': {
    ...text(
      '取扱規程の見直しの期限（{day}）を過ぎています。',
      'The review of the handling rules was due by {day}.',
    ),
    command: 'enishi handling-rules review --outcome adequate --findings -',
  },
  'accounts-never-reviewed': {
    ...text('利用者の棚卸しが一度も記録されていません。', 'No review of accounts is recorded.'),
    command: 'enishi accounts review --sheet',
  },
  'accounts-review-overdue': {
    ...text('利用者の棚卸しの期限（{day}）を過ぎています。', 'The review of accounts was due by {day}.'),
    command: 'enishi accounts review --sheet',
  },
} as const satisfies Readonly<Record<string, Bilingual & { readonly command: string }>>;

export type ReadinessCode = keyof typeof READINESS_POINTS;
export type ProofCode = keyof typeof READINESS_PROOFS;
export type GapCode = keyof typeof READINESS_GAPS;
