/** Twelve digits, in one or in groups of four, with no digit or `+` (an international phone) before or after. */
const TWELVE_DIGITS =
  /(?<![\d０-９+＋])[\d０-９]{4}([-\u2010-\u2015\u2212\uff0dー \u3000]?)[\d０-９]{4}\1[\d０-９]{4}(?![\d０-９])/g;

/**
 * Whether a text holds a My Number: twelve digits whose check digit is right. One in eleven other numbers of
 * twelve digits passes too; it is refused as well.
 */
export function holdsMyNumber(text: string): boolean {
  if (text.length < 12) return false;
  const found = text.match(TWELVE_DIGITS);
  return found !== null && found.some((digits) => isMyNumber(digits.normalize('NFKC').replace(/\D/g, '')));
}

/**
 * The check digit of an individual number (個人番号): 番号法施行令 8条 and 平成26年総務省令85号 5条.
 * With P(n) the n-th digit from the right, check digit left out, and Q(n) = n + 1 for n ≤ 6, n − 5 above:
 * 11 − (Σ P(n)·Q(n) mod 11), and 0 where that sum leaves 0 or 1.
 *
 * @param digits exactly twelve ASCII digits; anything else is not a My Number
 */
export function isMyNumber(digits: string): boolean {
  if (!/^\d{12}$/.test(digits)) return false;
  let sum = 0;
  for (let n = 1; n <= 11; n += 1) sum += Number(digits[11 - n]) * (n <= 6 ? n + 1 : n - 5);
  const remainder = sum % 11;
  return Number(digits[11]) === (remainder <= 1 ? 0 : 11 - remainder);
}
