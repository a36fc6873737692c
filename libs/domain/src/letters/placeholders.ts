import type { Bilingual } from '../shapes';
import type { TemplateKind } from './kinds';

/** What stands for a placeholder: a day as `2026-11-22`, a text for both languages, or one for each. */
export type LetterValue = string | number | Bilingual;
export type LetterValues = Readonly<Record<string, LetterValue>>;

/** What may stand between braces in a template of one kind. */
export interface Placeholder {
  /** A `day` is written as the language writes days; `lines` may be several. */
  readonly form: 'text' | 'lines' | 'day' | 'count';
  /** A letter without it would not say what it must: no template may leave it out. */
  readonly mandatory: boolean;
  /** For previews. */
  readonly sample: LetterValue;
}

type Placeholders = Readonly<Record<string, Placeholder>>;

const must = (form: Placeholder['form'], sample: LetterValue): Placeholder => ({
  form,
  mandatory: true,
  sample,
});
const may = (form: Placeholder['form'], sample: LetterValue): Placeholder => ({
  form,
  mandatory: false,
  sample,
});
const both = (ja: string, en: string): Bilingual => ({ ja, en });

/** In every kind, and filled in by the program: nobody passes them. */
export const COMPANY_PLACEHOLDERS: Placeholders = {
  company: may('text', both('株式会社架空', 'Kaku Inc.')),
  contactPoint: may('text', both('個人情報相談窓口、privacy@example.jp', 'Privacy desk, privacy@example.jp')),
};

const IMPORT = '0f3c2a10';
const REQUEST = 'R-7d41';
const page = must('text', `https://enishi.example.jp/alumni/import/${IMPORT}`);
const request = {
  request: must('text', REQUEST),
  requestKind: must('text', both('保有個人データの開示', 'disclosure of personal data')),
};

/** The closed list of each kind. What a letter about a request must say: APPI 32 to 36. */
const OF_KIND: Readonly<Record<TemplateKind, Placeholders>> = {
  'evidence-waits': { incomplete: must('count', 12), import: must('text', IMPORT), page },
  'review-due': { dueOn: must('day', '2027-03-31'), page: must('text', 'https://enishi.example.jp/') },
  'hold-review-due': {
    count: must('count', 1),
    reviewOn: must('day', '2027-05-31'),
    alumnus: must('text', '3f2a9c1e'),
    page: must('text', 'https://enishi.example.jp/holds'),
  },
  'retention-due': {
    month: must('text', '2027-04'),
    lines: must(
      'lines',
      both('・連絡先: 満了済み 12 名、今月中に満了 3 名', '- contact: 12 due, 3 more this month'),
    ),
    page: must('text', 'https://enishi.example.jp/retention'),
  },
  'request-alarm': {
    ...request,
    lines: must(
      'lines',
      both(
        '・令和8年12月4日を過ぎると、本人は訴えを起こすことができます（個人情報保護法 39条）。',
        '- After 4 December 2026 the person may sue (APPI 39).',
      ),
    ),
    page: must('text', 'https://enishi.example.jp/requests/7d41'),
  },
  digest: {
    recipient: may('text', both('管理責任者', 'the responsible officer')),
    day: must('day', '2026-11-24'),
    lines: must('lines', both('・書き出しの承認: 2 件', '- Exports to approve: 2')),
    page: must('text', 'https://enishi.example.jp/'),
  },
  'request-received': { ...request, receivedOn: must('day', '2026-11-20') },
  'identity-needed': {
    ...request,
    needed: must(
      'lines',
      both(
        '運転免許証など、ご本人を確認できるもののご提示（写しはお預かりしません）',
        'Showing your driving licence or the like (we keep no copy of it)',
      ),
    ),
    by: may('day', '2026-12-11'),
  },
  'request-decided-accepted': {
    ...request,
    done: must('lines', both('別添のとおり開示します。', 'We disclose your data as enclosed.')),
  },
  'request-decided-in-part': {
    ...request,
    done: must('lines', both('連絡先を開示します。', 'We disclose your contact details.')),
    notDone: must('lines', both('人事評価に関する記録', 'Records of appraisals')),
    reason: must(
      'lines',
      both(
        '業務の適正な実施に著しい支障を及ぼすおそれがあるため',
        'Disclosing them would seriously obstruct our business',
      ),
    ),
  },
  'request-decided-refused': {
    ...request,
    ground: must('text', both('請求に理由がないこと', 'the claim is unfounded')),
    article: must('text', both('個人情報の保護に関する法律第35条', 'APPI article 35')),
    reason: must('lines', both('当該データを保有していないため', 'We hold no such data')),
  },
  'request-decided-deferred': {
    ...request,
    until: must('day', '2029-03-31'),
    law: must('text', both('労働基準法第109条', 'Labour Standards Act, article 109')),
    reason: must(
      'lines',
      both('保存期間が満了した後に消去します。', 'We erase it when the retention period is over.'),
    ),
  },
  'correction-made': {
    request: may('text', REQUEST),
    changes: must(
      'lines',
      both('住所: 旧住所から新住所へ訂正', 'Address: corrected from the old to the new one'),
    ),
  },
  'erasure-done': {
    request: may('text', REQUEST),
    erased: must('lines', both('連絡先、職務経歴', 'Contact details, career history')),
    erasedOn: must('day', '2026-11-22'),
    certificate: may('text', '3f9c0a2e'),
  },
};

/** What may stand in a template of a kind. */
export function placeholdersOf(kind: TemplateKind): Placeholders {
  return { ...OF_KIND[kind], ...COMPANY_PLACEHOLDERS };
}

/** What whoever orders a letter of a kind passes. */
export function valuesWanted(kind: TemplateKind): Placeholders {
  return OF_KIND[kind];
}
