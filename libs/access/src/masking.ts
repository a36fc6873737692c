/**
 * What stands for a field whose value is not granted. Masks keep enough to tell two entries of one person
 * apart and too little to reach or identify anybody.
 */

/** `090-1234-5678` → `090-****-5678`; short or odd numbers lose every digit. Full-width digits are read too. */
export function maskedPhone(phone: string): string {
  const digits = phone.normalize('NFKC').replace(/[^0-9+]/g, '');
  const national = digits.startsWith('+81') ? `0${digits.slice(3)}` : digits;
  if (national.length < 10) return '****';
  const head = /^0[5789]0/.test(national) ? national.slice(0, 3) : national.slice(0, 2);
  return `${head}-****-${national.slice(-4)}`;
}

/** `hanako@example.jp` → `h***@example.jp`; a local part of one character is masked whole. */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 1) return '***';
  const [first, second] = Array.from(email.slice(0, at));
  return `${second === undefined ? '' : first}***@${email.slice(at + 1)}`;
}

/** `A0012345` → `******45`: the last two characters; shorter than four, nothing. */
export function maskedEmployeeNumber(number: string): string {
  const characters = Array.from(number);
  if (characters.length < 4) return '*'.repeat(characters.length);
  return '*'.repeat(characters.length - 2) + characters.slice(-2).join('');
}

/** Free text shows nothing, not even its length. */
export function maskedText(text: string): string {
  return text === '' ? '' : '****';
}
