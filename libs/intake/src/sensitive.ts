/** What must not enter by an import, whatever the mapping says. Codes are stable. */
export const REFUSED_ITEMS = [
  'race',
  'creed',
  'social-status',
  'medical-history',
  'disability',
  'criminal-record',
  'union-membership',
  'registered-domicile',
  'nationality',
  'marital-status',
  'family',
  'evaluation',
  'salary',
  'my-number',
] as const;
export type RefusedItem = (typeof REFUSED_ITEMS)[number];

export interface RefusedColumn {
  readonly item: RefusedItem;
  /** The law or guideline, as it is cited. */
  readonly law: string;
}

/** Sensitive personal information: consent at acquisition, and a leavers' file carries none. */
const SENSITIVE = 'APPI 2(3), 20(2)';
/** Matters that may lead to social discrimination, and union membership, in the collection of job seekers' data. */
const DISCRIMINATION = '職業安定法 5条の5; 職業安定法に基づく指針 (平成11年労働省告示141号) 第五';
/** Held for employment management only: beyond the scope of any alumni purpose. */
const BEYOND_PURPOSE = 'APPI 18(1)';

const RULES: readonly {
  readonly item: RefusedItem;
  readonly law: string;
  /** Found anywhere in a Japanese header. */
  readonly japanese: RegExp;
  /** Found at the start of a word of an English header. */
  readonly english: RegExp;
}[] = [
  {
    item: 'my-number',
    law: '番号法 19条, 20条',
    japanese: /個人番号|マイナンバー/,
    english: /^(mynumber|individualnumber)/,
  },
  {
    item: 'race',
    law: SENSITIVE,
    japanese: /人種|民族/,
    english: /^(rac(e|ial)|ethnic|hispanic|latino)/,
  },
  {
    item: 'creed',
    law: SENSITIVE,
    japanese: /信条|宗教|信仰|思想|支持政党/,
    english: /^(creed|religi|belief|political)/,
  },
  { item: 'social-status', law: SENSITIVE, japanese: /社会的身分|門地/, english: /^(caste|socialstatus)/ },
  {
    item: 'medical-history',
    law: SENSITIVE,
    japanese: /病歴|既往|傷病|疾病|健康診断|健診|検診|ストレスチェック|診断/,
    english: /^(medic|health|illness|diagnos|disease)/,
  },
  { item: 'disability', law: SENSITIVE, japanese: /障害|障がい|障碍/, english: /^(disab|handicap)/ },
  {
    item: 'criminal-record',
    law: SENSITIVE,
    japanese: /犯罪|前科|前歴|逮捕/,
    english: /^(crim|convict|arrest)/,
  },
  { item: 'union-membership', law: DISCRIMINATION, japanese: /組合/, english: /^union/ },
  {
    item: 'registered-domicile',
    law: DISCRIMINATION,
    japanese: /本籍|出生地/,
    english: /^(domicile|birthplace)/,
  },
  {
    item: 'nationality',
    law: DISCRIMINATION,
    japanese: /国籍|在留/,
    english: /^(citizen|nationalit|immigra|visa)/,
  },
  {
    item: 'marital-status',
    law: BEYOND_PURPOSE,
    japanese: /婚姻|配偶者|既婚|未婚/,
    english: /^(marital|marri|spouse)/,
  },
  {
    item: 'family',
    law: DISCRIMINATION,
    japanese: /家族|扶養|続柄/,
    english: /^(family(?!.*name)|dependen|child|relative)/,
  },
  {
    item: 'evaluation',
    law: BEYOND_PURPOSE,
    japanese: /評価|考課|査定|人事評定|賞罰/,
    english: /^(perf(?!ect)|evaluat|apprais|perfscore)/,
  },
  {
    item: 'salary',
    law: BEYOND_PURPOSE,
    japanese: /給与|給料|年収|月収|賃金|賞与|報酬|手当|基本給|時給/,
    english: /^(salar|wage|bonus|payroll|compensation)/,
  },
];

/**
 * Whether a column must not be imported, told from its header alone.
 *
 * @param header the column's header as it stands in the file
 * @returns what it is and which law speaks, or undefined
 */
export function refusedColumn(header: string): RefusedColumn | undefined {
  const plain = header.normalize('NFKC');
  const japanese = plain.replace(/\s/g, '');
  // Words of `MaritalDesc`, `marital_desc`, `MARITAL DESC`; the whole too, for `MyNumber` and `family name`.
  const words = plain
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  const candidates = [words.join(''), ...words.filter((word) => word !== 'family')];
  const rule = RULES.find(
    (one) => one.japanese.test(japanese) || candidates.some((word) => one.english.test(word)),
  );
  return rule && { item: rule.item, law: rule.law };
}

/** Words by which a free text most likely speaks of a sensitive item. A hint, not a proof. */
const SENSITIVE_TEXT =
  /病|療養|入院|手術|障害|障がい|うつ|鬱|メンタル|体調|がん(?![ばこ])|癌|妊娠|流産|宗教|信仰|信条|組合|逮捕|犯罪|前科|被害|\b(medical|illness|disease|disab|cancer|depress|pregnan|surgery|hospital|arrest|convict|criminal|union|religio)/i;

/** Whether a text seems to hold sensitive personal information (APPI 2(3)); it may be wrong both ways. */
export function seemsSensitive(text: string): boolean {
  return SENSITIVE_TEXT.test(text);
}
