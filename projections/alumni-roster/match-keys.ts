import type { PersonValues } from '@enishi/domain';
import { foldText } from './search-text';

/** What finds records alike, without comparing each with each: records of one person share one of these. */
export interface MatchKeys {
  readonly reading_key: string | null;
  readonly given_key: string | null;
  readonly mail_key: string | null;
  readonly phone_key: string | null;
}

/**
 * An index row may have 2,704 bytes; folding may make 18 characters of one. Longer keys are cut: what they find is
 * compared whole.
 */
const KEY_LENGTH = 200;

/**
 * The keys of a person. A given name outlives a change of the family name; with the day of birth it finds few enough
 * to look at. A name without the day of birth is shared by too many people to say anything.
 */
export function matchKeys({ name, kana, birthDate, email, phone }: PersonValues): MatchKeys {
  const born = (given: string | undefined): string | null =>
    birthDate === undefined || !given ? null : cut(`${birthDate} ${foldText(given)}`);
  return {
    reading_key: born(kana?.given),
    given_key: born(name?.given),
    mail_key: email === undefined ? null : cut(foldMail(email)),
    phone_key: phone === undefined ? null : cut(foldText(phone)),
  };
}

/** An address as it is compared: nobody gives two people addresses that differ in case alone. */
export function foldMail(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase();
}

function cut(key: string): string {
  return Array.from(key).slice(0, KEY_LENGTH).join('');
}
