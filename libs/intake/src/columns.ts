import { refusedColumn, type RefusedColumn } from './sensitive';

/** Everything an import can fill. Closed: what is not here cannot enter. */
export const LEAVER_FIELDS = [
  'employeeNumber',
  'familyName',
  'givenName',
  'fullName',
  'familyNameKana',
  'givenNameKana',
  'fullNameKana',
  'formerFamilyName',
  'department',
  'job',
  'employmentKind',
  'joinedOn',
  'leftOn',
  'leavingKind',
  'leavingReason',
  'leavingDetail',
  'email',
  'phone',
  'postalAddress',
  'lineId',
  'birthDate',
] as const;
export type LeaverField = (typeof LEAVER_FIELDS)[number];

/** Fields a file must have a column for; beside them `familyName` or `fullName`. */
export const REQUIRED_FIELDS = [
  'employeeNumber',
  'joinedOn',
  'leftOn',
] as const satisfies readonly LeaverField[];

/** Column header → what it fills. Headers that are not named are ignored. */
export type Mapping = Readonly<Record<string, LeaverField | 'ignore'>>;

/** Column names of the plain layout, in the order a file is written in. */
export const PLAIN_COLUMNS = {
  ja: {
    employeeNumber: '社員番号',
    familyName: '姓',
    givenName: '名',
    familyNameKana: '姓カナ',
    givenNameKana: '名カナ',
    formerFamilyName: '旧姓',
    department: '部署',
    job: '職種',
    employmentKind: '雇用形態',
    joinedOn: '入社日',
    leftOn: '退職日',
    leavingKind: '退職区分',
    leavingReason: '退職理由',
    leavingDetail: '退職理由詳細',
    email: 'メールアドレス',
    phone: '電話番号',
    postalAddress: '住所',
    lineId: 'LINE ID',
    birthDate: '生年月日',
  },
  en: {
    employeeNumber: 'employee_number',
    familyName: 'family_name',
    givenName: 'given_name',
    familyNameKana: 'family_name_kana',
    givenNameKana: 'given_name_kana',
    formerFamilyName: 'former_family_name',
    department: 'department',
    job: 'job',
    employmentKind: 'employment_kind',
    joinedOn: 'joined_on',
    leftOn: 'left_on',
    leavingKind: 'leaving_kind',
    leavingReason: 'leaving_reason',
    leavingDetail: 'leaving_detail',
    email: 'email',
    phone: 'phone',
    postalAddress: 'postal_address',
    lineId: 'line_id',
    birthDate: 'birth_date',
  },
} as const satisfies Record<'ja' | 'en', Partial<Record<LeaverField, string>>>;

/**
 * Names of columns, in the form {@link plainHeader} gives, best first: where a file has several columns for one
 * field, the first name found here wins (the name used at work before the one in the register; SmartHR's business
 * name behind it, because it is empty for whoever has none).
 */
const SYNONYMS: Readonly<Record<LeaverField, string>> = {
  employeeNumber:
    '社員番号 従業員番号 職員番号 社員コード 従業員コード 社員no 従業員no 社員id 従業員id 人事番号 スタッフコード employeenumber employeeid employeeno employeecode empid empno staffid staffnumber personnelnumber',
  familyName:
    '職場氏名氏 職場氏名姓 氏 姓 氏名氏 氏名姓 姓漢字 苗字 名字 戸籍氏名氏 戸籍氏名姓 ビジネスネーム姓 familyname lastname surname',
  givenName: '職場氏名名 名 氏名名 名漢字 戸籍氏名名 ビジネスネーム名 givenname firstname forename',
  fullName:
    '職場氏名 氏名 社員名 従業員名 社員氏名 従業員氏名 氏名漢字 名前 お名前 戸籍氏名 fullname employeename name',
  familyNameKana:
    'カナ氏 カナ姓 氏カナ 姓カナ 氏名カナ氏 氏名カナ姓 職場氏名カナ氏 姓ヨミガナ 姓フリガナ 氏フリガナ フリガナ姓 フリガナ氏 ビジネスネーム姓ヨミガナ セイ familynamekana lastnamekana',
  givenNameKana:
    'カナ名 名カナ 氏名カナ名 職場氏名カナ名 名ヨミガナ 名フリガナ フリガナ名 ビジネスネーム名ヨミガナ メイ givennamekana firstnamekana',
  fullNameKana:
    '氏名カナ カナ氏名 カナ フリガナ ヨミガナ 氏名フリガナ 氏名ヨミガナ 社員名カナ fullnamekana namekana kana',
  formerFamilyName: '旧姓 旧氏 formerfamilyname maidenname formername',
  department:
    '所属 退職時所属 部署 部署1部署 部署1 所属部署 部署名 所属名 部門 所属部門 部門名 組織 department departmentname dept division',
  job: '職種 職種名 職務 担当職務 job jobtitle position title',
  employmentKind: '雇用区分 雇用形態 社員区分 契約区分 就業形態 employmentkind employmenttype contracttype',
  joinedOn:
    '入社年月日 入社日 雇入年月日 雇い入れ年月日 採用年月日 採用日 雇用開始日 joinedon joindate datejoined dateofhire hiredate startdate',
  leftOn:
    '退職年月日 退職日 退社年月日 退社日 離職年月日 離職日 雇用終了日 lefton leavingdate dateleft dateoftermination terminationdate enddate',
  leavingKind:
    '退職区分 退職種別 離職区分 退職事由区分 退職事由 離職事由 leavingkind leavingtype terminationtype employmentstatus',
  leavingReason: '退職理由 離職理由 leavingreason reasonforleaving termreason terminationreason',
  leavingDetail: '退職理由詳細 退職理由備考 退職詳細 離職理由詳細 leavingdetail leavingdetails',
  email:
    '個人メールアドレス 私用メールアドレス 個人メール メールアドレス 連絡先メールアドレス eメール メール personalemail emailaddress email mail',
  phone:
    '携帯電話番号 個人携帯電話番号 携帯番号 携帯電話 電話番号 連絡先電話番号 自宅電話番号 電話 mobilephone mobile phonenumber phone telephone tel',
  postalAddress: '住所 現住所 自宅住所 連絡先住所 postaladdress homeaddress address',
  lineId: 'lineid ラインid',
  birthDate: '生年月日 誕生日 birthdate dateofbirth dob birthday',
};

const FIELD_OF = new Map<string, { field: LeaverField; rank: number }>(
  LEAVER_FIELDS.flatMap((field) =>
    SYNONYMS[field].split(' ').map((name, rank) => [name, { field, rank }] as const),
  ),
);

/** Columns of free remarks: never a field, whatever the mapping says, because nobody knows what they hold. */
const FREE_TEXT = /^(備考|メモ|コメント|特記|摘要|所見|面談|その他$|remark|note|comment|memo)/;
/** Not sensitive in law, and no alumni purpose needs it. */
const NOT_NEEDED = /^(戸籍上の)?(性別|sex|gender)/;
/** Names that HR systems export, that fill nothing, and that tell a row of column names from one of data. */
const OTHERS = new Set(
  '在籍状況 在籍区分 勤続年数 年齢 役職 役職1役職 等級 事業所 所属コード 部門コード 業務内容 表示名 郵便番号 社員コード 入社区分'.split(
    ' ',
  ),
);

/** Header as names are compared: NFKC, lower case, without spaces, brackets, marks and `_-./:`. */
export function plainHeader(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-./・:()[\]【】「」*※#]/g, '');
}

/** Whether a header names something that files of HR systems have, whether it may enter or not. */
export function isKnownHeader(header: string): boolean {
  const plain = plainHeader(header);
  return (
    FIELD_OF.has(plain) ||
    OTHERS.has(plain) ||
    FREE_TEXT.test(plain) ||
    NOT_NEEDED.test(plain) ||
    refusedColumn(header) !== undefined
  );
}

/** What is proposed for one column, and why. */
export type ColumnProposal =
  | { readonly header: string; readonly target: LeaverField; readonly reason: 'name-known' }
  | {
      readonly header: string;
      readonly target: 'ignore';
      readonly reason: 'name-unknown' | 'free-text' | 'not-needed' | 'another-column-fits-better';
    }
  | {
      readonly header: string;
      readonly target: 'ignore';
      readonly reason: 'refused';
      readonly refused: RefusedColumn;
    };

/**
 * Proposes what each column fills, from its header, for a person to look over and change.
 *
 * @param headers the columns of the file, unique ({@link FileRecognition.headers})
 * @param myNumberColumns headers whose cells are My Numbers ({@link FileRecognition.myNumberColumns})
 */
export function proposeMapping(
  headers: readonly string[],
  myNumberColumns: readonly string[] = [],
): { readonly mapping: Mapping; readonly columns: readonly ColumnProposal[] } {
  const known = headers.map((header) => FIELD_OF.get(plainHeader(header)));
  const best = new Map<LeaverField, number>();
  known.forEach((hit, index) => {
    if (!hit || myNumberColumns.includes(headers[index] ?? '')) return;
    const rival = best.get(hit.field);
    if (rival === undefined || hit.rank < (known[rival]?.rank ?? 0)) best.set(hit.field, index);
  });
  // A full name only where its parts are missing.
  if (best.has('familyName')) best.delete('fullName');
  if (best.has('familyNameKana')) best.delete('fullNameKana');

  const columns = headers.map((header, index): ColumnProposal => {
    const refused = refusal(header, myNumberColumns);
    if (refused) return { header, target: 'ignore', reason: 'refused', refused };
    const hit = known[index];
    if (hit && best.get(hit.field) === index) return { header, target: hit.field, reason: 'name-known' };
    if (hit) return { header, target: 'ignore', reason: 'another-column-fits-better' };
    const plain = plainHeader(header);
    if (FREE_TEXT.test(plain)) return { header, target: 'ignore', reason: 'free-text' };
    if (NOT_NEEDED.test(plain)) return { header, target: 'ignore', reason: 'not-needed' };
    return { header, target: 'ignore', reason: 'name-unknown' };
  });
  return { mapping: Object.fromEntries(columns.map(({ header, target }) => [header, target])), columns };
}

export type MappingProblemCode =
  | 'column-unknown'
  | 'column-refused'
  | 'column-free-text'
  | 'column-not-needed'
  | 'field-unknown'
  | 'field-mapped-twice'
  | 'field-required'
  | 'name-mapped-twice';

export interface MappingProblem {
  readonly code: MappingProblemCode;
  readonly column?: string;
  readonly field?: string;
  /** With `column-refused`: what the column holds and the law. With `field-mapped-twice`: the other column. */
  readonly params?: Readonly<Record<string, string>>;
}

/**
 * Checks a mapping against a file's columns.
 *
 * @returns every problem, in the order of the columns; none means {@link parseLeavers} takes it. A column of the
 * closed list of refused items stays refused, even when a person maps it.
 */
export function checkMapping(
  mapping: Mapping,
  headers: readonly string[],
  myNumberColumns: readonly string[] = [],
): readonly MappingProblem[] {
  const problems: MappingProblem[] = [];
  const columnOf = new Map<LeaverField, string>();
  for (const [column, target] of Object.entries(mapping)) {
    if (target === 'ignore') continue;
    if (!(LEAVER_FIELDS as readonly string[]).includes(target)) {
      problems.push({ code: 'field-unknown', column, field: String(target) });
      continue;
    }
    const refused = refusal(column, myNumberColumns);
    const other = columnOf.get(target);
    const at = { column, field: target };
    if (!headers.includes(column)) problems.push({ code: 'column-unknown', ...at });
    else if (refused) problems.push({ code: 'column-refused', ...at, params: { ...refused } });
    else if (FREE_TEXT.test(plainHeader(column))) problems.push({ code: 'column-free-text', ...at });
    else if (NOT_NEEDED.test(plainHeader(column))) problems.push({ code: 'column-not-needed', ...at });
    else if (other !== undefined) problems.push({ code: 'field-mapped-twice', ...at, params: { other } });
    else columnOf.set(target, column);
  }
  for (const field of REQUIRED_FIELDS) {
    if (!columnOf.has(field)) problems.push({ code: 'field-required', field });
  }
  if (!columnOf.has('familyName') && !columnOf.has('fullName')) {
    problems.push({ code: 'field-required', field: 'familyName' });
  }
  for (const [part, whole] of [
    ['familyName', 'fullName'],
    ['givenName', 'fullName'],
    ['familyNameKana', 'fullNameKana'],
    ['givenNameKana', 'fullNameKana'],
  ] as const) {
    const column = columnOf.get(whole);
    const other = columnOf.get(part);
    if (column !== undefined && other !== undefined) {
      problems.push({ code: 'name-mapped-twice', column, field: whole, params: { other } });
    }
  }
  return problems;
}

function refusal(header: string, myNumberColumns: readonly string[]): RefusedColumn | undefined {
  if (myNumberColumns.includes(header)) return { item: 'my-number', law: '番号法 19条, 20条' };
  return refusedColumn(header);
}
