import type { PersonPatch } from '@enishi/domain';
import { normaliseKana, normaliseName, readPhone } from '@enishi/intake';
import { fieldError, notValid } from '../field-errors';

/**
 * Values typed by hand, brought into the form that an import gives them, so that the two never differ by form
 * alone: NFC names, full-width kana, E.164 phone numbers.
 * @throws ProblemError 400 for a phone number that is none
 */
export function contactValues(patch: PersonPatch): PersonPatch {
  const { name, kana, phone } = patch;
  return {
    ...patch,
    ...(name && { name: parts(name, normaliseName) as NonNullable<PersonPatch['name']> }),
    ...(kana && { kana: parts(kana, normaliseKana) }),
    ...(phone && { phone: phoneOf(phone) }),
  };
}

function parts<T extends { readonly family?: string; readonly given?: string }>(
  of: T,
  normalise: (text: string) => string,
) {
  return {
    ...(of.family !== undefined && { family: normalise(of.family) }),
    ...(of.given !== undefined && { given: normalise(of.given) }),
  };
}

function phoneOf(text: string): string {
  const phone = readPhone(text);
  if (phone !== undefined) return phone;
  throw notValid(
    fieldError('phone', 'phone-invalid', {
      ja: '電話番号を指定してください（例: 090-1234-5678）。',
      en: 'Must be a phone number, such as 090-1234-5678.',
    }),
  );
}
