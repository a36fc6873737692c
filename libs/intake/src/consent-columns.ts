import { plainHeader } from './columns';
import { refusedColumn, type RefusedColumn } from './sensitive';

/** Everything that a file of consents can fill. Closed: what is not here cannot enter. */
export const CONSENT_FIELDS = [
  'employeeNumber',
  'fullName',
  'purpose',
  'purposeVersion',
  'channels',
  'answer',
  'effectiveAt',
  'method',
  'captureChannel',
  'identityCheck',
  'language',
  'evidence',
  'evidenceFile',
] as const;
export type ConsentField = (typeof CONSENT_FIELDS)[number];

/** Fields a file must have a column for. Without version and evidence the evidence is incomplete. */
export const REQUIRED_CONSENT_FIELDS: readonly ConsentField[] = [
  'employeeNumber',
  'fullName',
  'purpose',
  'channels',
  'answer',
  'effectiveAt',
  'method',
  'captureChannel',
  'identityCheck',
];

/** Column header → what it fills. Headers that are not named are ignored. */
export type ConsentMapping = Readonly<Record<string, ConsentField | 'ignore'>>;

/** Names of columns as {@link plainHeader} gives them, best first. */
const SYNONYMS: Readonly<Record<ConsentField, string>> = {
  employeeNumber: '社員番号 従業員番号 職員番号 社員コード 社員no 社員id employeenumber employeeid',
  fullName: '氏名 名前 社員名 fullname name',
  purpose: '利用目的 目的 同意事項 利用目的コード purpose purposecode',
  purposeVersion: '版 利用目的の版 通知文の版 同意書の版 バージョン purposeversion version noticeversion',
  channels: '連絡手段 連絡方法 手段 channels channel contactchannel',
  answer: '回答 同意 同意有無 同意の有無 意思表示 answer consent',
  effectiveAt:
    '同意日 回答日 発効日 同意年月日 署名日 取得日 同意日時 回答日時 発効日時 effectiveat effectiveon effectivedate date consentdate',
  method: '表明方法 同意方法 同意の方法 method',
  captureChannel: '取得方法 取得経路 受付方法 capturechannel capture',
  identityCheck: '本人確認 本人確認方法 identitycheck identity',
  language: '言語 language lang',
  evidence: '証跡 証拠 同意書 保管場所 証跡の所在 evidence proof',
  evidenceFile:
    '証跡ファイル 証跡ファイル名 スキャン スキャンファイル スキャンファイル名 同意書ファイル 同意書ファイル名 添付ファイル ファイル名 evidencefile scan scanfile filename file',
};

const FIELD_OF = new Map<string, { readonly field: ConsentField; readonly rank: number }>(
  CONSENT_FIELDS.flatMap((field) =>
    SYNONYMS[field].split(' ').map((name, rank) => [name, { field, rank }] as const),
  ),
);

/** What is proposed for one column of a file of consents, and why. */
export type ConsentColumnProposal =
  | { readonly header: string; readonly target: ConsentField; readonly reason: 'name-known' }
  | {
      readonly header: string;
      readonly target: 'ignore';
      readonly reason: 'name-unknown' | 'another-column-fits-better';
    }
  | {
      readonly header: string;
      readonly target: 'ignore';
      readonly reason: 'refused';
      readonly refused: RefusedColumn;
    };

/** Proposes what each column of a file of consents fills, for a person to look over and change. */
export function proposeConsentMapping(
  headers: readonly string[],
  myNumberColumns: readonly string[] = [],
): { readonly mapping: ConsentMapping; readonly columns: readonly ConsentColumnProposal[] } {
  const known = headers.map((header) => FIELD_OF.get(plainHeader(header)));
  const best = new Map<ConsentField, number>();
  known.forEach((hit, index) => {
    const rival = hit && best.get(hit.field);
    if (hit && (rival === undefined || hit.rank < (known[rival]?.rank ?? 0))) best.set(hit.field, index);
  });
  const columns = headers.map((header, index): ConsentColumnProposal => {
    const refused = refusalOf(header, myNumberColumns);
    if (refused) return { header, target: 'ignore', reason: 'refused', refused };
    const hit = known[index];
    if (!hit) return { header, target: 'ignore', reason: 'name-unknown' };
    if (best.get(hit.field) === index) return { header, target: hit.field, reason: 'name-known' };
    return { header, target: 'ignore', reason: 'another-column-fits-better' };
  });
  return { mapping: Object.fromEntries(columns.map(({ header, target }) => [header, target])), columns };
}

export interface ConsentMappingProblem {
  readonly code:
    'column-unknown' | 'column-refused' | 'field-unknown' | 'field-mapped-twice' | 'field-required';
  readonly column?: string;
  readonly field?: string;
  readonly params?: Readonly<Record<string, string>>;
}

/** Checks a mapping of a file of consents; no problem means that it can be read. */
export function checkConsentMapping(
  mapping: Readonly<Record<string, string>>,
  headers: readonly string[],
  myNumberColumns: readonly string[] = [],
): readonly ConsentMappingProblem[] {
  const problems: ConsentMappingProblem[] = [];
  const columnOf = new Map<string, string>();
  for (const [column, field] of Object.entries(mapping)) {
    if (field === 'ignore') continue;
    const refused = refusalOf(column, myNumberColumns);
    const other = columnOf.get(field);
    const at = { column, field };
    if (!(CONSENT_FIELDS as readonly string[]).includes(field))
      problems.push({ code: 'field-unknown', ...at });
    else if (!headers.includes(column)) problems.push({ code: 'column-unknown', ...at });
    else if (refused) problems.push({ code: 'column-refused', ...at, params: { ...refused } });
    else if (other !== undefined) problems.push({ code: 'field-mapped-twice', ...at, params: { other } });
    else columnOf.set(field, column);
  }
  for (const field of REQUIRED_CONSENT_FIELDS) {
    if (!columnOf.has(field)) problems.push({ code: 'field-required', field });
  }
  return problems;
}

function refusalOf(header: string, myNumberColumns: readonly string[]): RefusedColumn | undefined {
  if (myNumberColumns.includes(header)) return { item: 'my-number', law: '番号法 19条, 20条' };
  return refusedColumn(header);
}
