import type { Bilingual, PersonValues } from '@enishi/domain';
import { sameValue } from '@enishi/domain';
import type { Match, MatchGround, PairView, RecordView } from '@enishi/projections/alumni-roster/query';
import type { COMPARISONS } from './duplicates.answers.dto';

const GROUND_NAMES: Readonly<Record<MatchGround, Bilingual>> = {
  email: { ja: 'メールアドレスが同じ', en: 'same e-mail address' },
  'birth-date-and-former-name': {
    ja: '生年月日が同じで、旧姓が一致',
    en: 'same date of birth, and a former name agrees',
  },
  'birth-date-and-name': { ja: '生年月日と氏名が同じ', en: 'same date of birth and name' },
  'birth-date-and-kana': { ja: '生年月日とフリガナが同じ', en: 'same date of birth and reading' },
  phone: { ja: '電話番号が同じ', en: 'same telephone number' },
  'birth-date-and-given-name': {
    ja: '生年月日と名が同じ（姓が変わった可能性）',
    en: 'same date of birth and given name (the family name may have changed)',
  },
};

/** Values compared side by side; reasons for leaving say nothing about who somebody is. */
const COMPARED = [
  'name',
  'kana',
  'formerNames',
  'employeeNumber',
  'birthDate',
  'email',
  'phone',
  'postalAddress',
  'lineId',
] as const satisfies readonly (keyof PersonValues)[];

/** A pair of a list as clients see it. */
export function pairView({ alumnusId, otherId, state, match, records }: PairView): Record<string, unknown> {
  return { alumnusId, otherId, state, ...matchView(match), records: records.map(recordView) };
}

/** Grounds in words, and the score. */
export function matchView({ grounds, score }: Match): Record<string, unknown> {
  return { score, grounds: grounds.map((code) => ({ code, messages: GROUND_NAMES[code] })) };
}

/** How each value stands in both records: told from the values themselves, shown beside their masks. */
export function comparedFields(
  one: PersonValues,
  other: PersonValues,
): readonly { readonly field: string; readonly comparison: (typeof COMPARISONS)[number] }[] {
  return COMPARED.filter((field) => one[field] !== undefined || other[field] !== undefined).map((field) => {
    const [mine, theirs] = [one[field], other[field]];
    if (mine === undefined || theirs === undefined) return { field, comparison: 'only-one' };
    return { field, comparison: sameValue(mine, theirs) ? 'same' : 'different' };
  });
}

function recordView({ alumnusId, person, values }: RecordView): Record<string, unknown> {
  const { latest } = person ?? {};
  return {
    alumnusId,
    name: values.name ?? null,
    kana: values.kana ?? null,
    birthDate: values.birthDate ?? null,
    department: latest?.department ?? null,
    joinedOn: latest?.joinedOn ?? null,
    leftOn: latest?.leftOn ?? null,
  };
}
