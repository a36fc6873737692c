import type { PersonValues } from '@enishi/domain';
import { foldMail } from './match-keys';
import { foldText } from './search-text';

/** By what two records look as if they were about the same person, and how much each says. */
export const MATCH_GROUNDS = {
  email: 5,
  'birth-date-and-former-name': 5,
  'birth-date-and-name': 4,
  'birth-date-and-kana': 4,
  phone: 3,
  'birth-date-and-given-name': 1,
} as const;
export type MatchGround = keyof typeof MATCH_GROUNDS;

/** Grounds, the weightiest first, and their weights added up. */
export interface Match {
  readonly grounds: readonly MatchGround[];
  readonly score: number;
}

/**
 * By what two records look alike; no ground where they do not. The same given name on the same day of birth alone says
 * little, and it is what is left of somebody who married or changed their name without the former one being known.
 */
export function matchOf(one: PersonValues, other: PersonValues): Match {
  const born = one.birthDate !== undefined && one.birthDate === other.birthDate;
  const name = born && isSame(written(one), written(other));
  const kana = born && isSame(reading(one), reading(other));
  const former = born && !name && (isFormer(one, other) || isFormer(other, one));
  const given = born && !name && !kana && !former && givenIsSame(one, other);
  const found: Readonly<Record<MatchGround, boolean>> = {
    email: isSame(one.email && foldMail(one.email), other.email && foldMail(other.email)),
    'birth-date-and-former-name': former,
    'birth-date-and-name': name,
    'birth-date-and-kana': kana,
    phone: isSame(one.phone && foldText(one.phone), other.phone && foldText(other.phone)),
    'birth-date-and-given-name': given,
  };
  const grounds = (Object.keys(MATCH_GROUNDS) as MatchGround[]).filter((ground) => found[ground]);
  return { grounds, score: grounds.reduce((sum, ground) => sum + MATCH_GROUNDS[ground], 0) };
}

function isSame(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one !== '' && one === other;
}

/** A whole name, folded; a family name alone is too little. */
function written({ name }: PersonValues): string | undefined {
  return name?.given === undefined ? undefined : foldText(`${name.family}${name.given}`);
}

function reading({ kana }: PersonValues): string | undefined {
  if (kana?.family === undefined || kana.given === undefined) return undefined;
  return foldText(`${kana.family}${kana.given}`);
}

/** Whether a former name of the one is what the other is called: the family name alone, or the whole name. */
function isFormer({ formerNames = [], ...one }: PersonValues, other: PersonValues): boolean {
  if (other.name === undefined || !givenIsSame(one, other)) return false;
  const family = foldText(other.name.family);
  return formerNames.map(foldText).some((former) => former === family || isSame(former, written(other)));
}

function givenIsSame({ name, kana }: PersonValues, other: PersonValues): boolean {
  return (
    isSame(kana?.given && foldText(kana.given), other.kana?.given && foldText(other.kana.given)) ||
    isSame(name?.given && foldText(name.given), other.name?.given && foldText(other.name.given))
  );
}
