import { PLAIN_COLUMNS, plainHeader } from './columns';

/** Where a file comes from, told from its column names. It decides nothing: columns are mapped one by one. */
export const LAYOUTS = ['jinjer', 'smarthr', 'freee', 'kaonavi', 'plain', 'unknown'] as const;
export type Layout = (typeof LAYOUTS)[number];

/**
 * Names by which an export is known, as {@link plainHeader} gives them; `a|b` where either will do. Taken from the
 * systems' public help pages and API references (jinjer: 社員台帳(インポート用); SmartHR: 従業員情報のダウンロード;
 * freee人事労務: 従業員の一括登録; カオナビ: CSV入出力, 基本情報). Exports are configurable, so only names that stay
 * in every one are asked for.
 */
const SIGNATURES: readonly (readonly [Layout, string])[] = [
  ['jinjer', '社員番号 職場氏名氏 職場氏名名 入社年月日 退職年月日'],
  ['smarthr', '社員番号 姓|ビジネスネーム姓 姓ヨミガナ|ビジネスネーム姓ヨミガナ 入社年月日 退職年月日'],
  ['freee', '従業員番号 姓 名 姓カナ 名カナ 入社日|入社年月日 退職日|退職年月日'],
  ['kaonavi', '社員番号 氏名 フリガナ 所属コード|勤続年数 入社日 退職日'],
];
const PLAIN_NAMES = [PLAIN_COLUMNS.ja, PLAIN_COLUMNS.en].map(
  (names) => new Set(Object.values(names).map(plainHeader)),
);

/** Which layout a header row has: `plain` holds our own column names (Japanese or English) and no others. */
export function layoutOf(headers: readonly string[]): Layout {
  const present = new Set(headers.map(plainHeader));
  const found = SIGNATURES.find(([, names]) =>
    names.split(' ').every((either) => either.split('|').some((name) => present.has(name))),
  );
  if (found) return found[0];
  return PLAIN_NAMES.some((names) => [...present].every((name) => names.has(name))) ? 'plain' : 'unknown';
}
