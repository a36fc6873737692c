// Loaded by the first value that needs them: they are 300 modules, and most of who imports this room reads no address.
/* eslint-disable @typescript-eslint/no-require-imports */
const validator = () => require('class-validator') as typeof import('class-validator');
const phones = () => require('libphonenumber-js/max') as typeof import('libphonenumber-js/max');
/* eslint-enable @typescript-eslint/no-require-imports */

/**
 * A plain address: `isEmail` is true for each of these, which the spec proves on generated ones, and costs
 * three microseconds. Everything else asks `isEmail` itself.
 */
const PLAIN_EMAIL = /^[a-z0-9]+(?:[._-][a-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,10}$/;
/** Within this length no limit of local part (64), label (63) or address (254) can be broken. */
const PLAIN_EMAIL_LENGTH = 60;

/**
 * A mail address: trimmed, full-width characters made ASCII, domain in lower case, local part as written.
 *
 * @returns the address, or undefined where it is none
 */
export function readEmail(text: string): string | undefined {
  const plain = text.normalize('NFKC').trim();
  if (plain.length <= PLAIN_EMAIL_LENGTH && PLAIN_EMAIL.test(plain)) return plain;
  if (!validator().isEmail(plain)) return undefined;
  const at = plain.lastIndexOf('@');
  return plain.slice(0, at) + plain.slice(at).toLowerCase();
}

/**
 * Japanese mobile phones as they stand in nearly every row: libphonenumber gives the same for each, which the
 * spec proves, and costs eight microseconds. Its full metadata is used: by the small one a mobile number that
 * lacks a digit is valid.
 */
const JAPANESE_MOBILE = /^0([7-9]0)-?([1-9]\d{3})-?(\d{4})$/;

/**
 * A telephone number in E.164 (`+819012345678`); a number without country code is Japanese.
 *
 * @returns the number, or undefined where libphonenumber says it is not valid
 */
export function readPhone(text: string): string | undefined {
  const mobile = JAPANESE_MOBILE.exec(text);
  if (mobile) return `+81${mobile[1]}${mobile[2]}${mobile[3]}`;
  return readPhoneByLibrary(text);
}

/** What {@link readPhone} gives, without the short way: its measure in the spec. */
export function readPhoneByLibrary(text: string): string | undefined {
  const parsed = phones().parsePhoneNumberFromString(text.normalize('NFKC').trim(), {
    defaultCountry: 'JP',
    extract: false,
  });
  return parsed?.isValid() === true && parsed.ext === undefined ? parsed.number : undefined;
}

/** A number that lacks its leading zero: nine digits of a landline, ten of a mobile phone. */
const WITHOUT_ZERO = /^[1-9]\d{8,9}$/;

/**
 * A telephone number, as {@link readPhone} reads it, that may have lost its leading zero in a spreadsheet.
 *
 * @returns the number; `restored` where a zero was put before it; `ambiguous` where with the zero it is a Japanese
 * number and with a `+` one of another country; undefined where it is none
 */
export function readPhoneOfSheet(
  text: string,
): { readonly phone: string; readonly restored: boolean } | 'ambiguous' | undefined {
  const digits = text.normalize('NFKC').trim();
  const whole = WITHOUT_ZERO.test(digits) ? readPhone(`0${digits}`) : undefined;
  if (whole !== undefined) {
    return readPhone(`+${digits}`) === undefined ? { phone: whole, restored: true } : 'ambiguous';
  }
  const phone = readPhone(text);
  return phone === undefined ? undefined : { phone, restored: false };
}
