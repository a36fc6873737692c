import type { EmploymentKind, LeavingKind } from '@enishi/domain';

/** Text as kinds are compared: NFKC, lower case, without spaces. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]/g, '');
}

/** First match wins, so the special stands before the general (契約社員 before 社員). */
const EMPLOYMENT: readonly (readonly [RegExp, EmploymentKind])[] = [
  [/派遣|dispatch|agencyworker|temp(orary)?(agency|staff)/, 'dispatch'],
  [/パート|アルバイト|バイト|part|短時間/, 'part-time'],
  [/嘱託|commission/, 'commissioned'],
  [/役員|取締役|監査役|executive|director/, 'executive'],
  [/契約|有期|期間社員|準社員|contract|fixedterm/, 'contract'],
  [/^正社員|^正規|^社員$|無期|限定正社員|総合職|一般職|regular|permanent|full/, 'regular'],
  [/^その他$|^other$/, 'other'],
];

const LEAVING: readonly (readonly [RegExp, LeavingKind])[] = [
  [/懲戒|諭旨|disciplin|misconduct/, 'disciplinary-dismissal'],
  [/死亡|逝去|death|deceased|died/, 'death'],
  [/定年|retirementage|mandatoryretire/, 'retirement-age'],
  [/満了|雇止|雇い止め|contractend|endofcontract|contractexpir|expir/, 'contract-end'],
  [
    /会社都合|整理解雇|希望退職|早期退職|退職勧奨|勧奨|人員整理|事業縮小|倒産|companyreason|redundan|layoff|laidoff|restructur/,
    'company-reason',
  ],
  // `forcause` is an employer's dismissal for conduct or performance; whether it was a disciplinary measure in
  // the sense of 労働契約法 15条 it does not say, so the milder kind is taken. Neither is amicable.
  [/解雇|免職|forcause|dismiss|fired|involuntar/, 'dismissal'],
  [/自己都合|自己退職|一身上|依願|任意退職|personalreason|voluntar|resign/, 'personal-reason'],
  [/^その他$|^other$/, 'other'],
];

/**
 * The kind of employment a text names (雇用区分).
 *
 * @returns its code; undefined where no rule knows the text
 */
export function readEmploymentKind(text: string): EmploymentKind | undefined {
  const known = plain(text);
  return EMPLOYMENT.find(([pattern]) => pattern.test(known))?.[1];
}

/**
 * The kind of leaving a text names (退職区分).
 *
 * @returns its code; undefined where no rule knows the text
 */
export function readLeavingKind(text: string): LeavingKind | undefined {
  const known = plain(text);
  return LEAVING.find(([pattern]) => pattern.test(known))?.[1];
}
