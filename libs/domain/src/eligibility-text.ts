import type { EligibilityCondition, EligibilityFact, EligibilityRule, FailedCondition } from './eligibility';
import { EMPLOYMENT_KIND_NAMES, LEAVING_KIND_NAMES } from './names';
import type { Bilingual } from './shapes';
import type { Language } from './terms';

const FACT_NAMES: Readonly<Record<EligibilityFact, Bilingual>> = {
  'service-months': { ja: '勤続期間', en: 'length of service' },
  'months-since-leaving': { ja: '退職からの期間', en: 'time since leaving' },
  'leaving-kind': { ja: '退職区分', en: 'kind of leaving' },
  'employment-kind': { ja: '雇用形態', en: 'kind of employment' },
  department: { ja: '部署', en: 'department' },
  job: { ja: '職種', en: 'job' },
  amicable: { ja: '円満退職', en: 'amicable leaving' },
};

/** The name of a fact that rules speak of. */
export function factNameOf(fact: EligibilityFact, language: Language): string {
  return FACT_NAMES[fact][language];
}

/**
 * A rule in words, for people who approve it and for those it is about.
 *
 * @example describeEligibility({ all: [{ fact: 'service-months', atLeast: 36 }, { fact: 'amicable', is: true }] }, 'ja')
 * // '勤続期間が3年以上、かつ、円満退職である'
 */
export function describeEligibility(rule: EligibilityRule, language: Language): string {
  return describe(rule, language, false);
}

/** A condition that decided against somebody, in words: what the rule asks for. */
export function failedConditionText({ condition, negated }: FailedCondition, language: Language): string {
  const text = conditionText(condition, language);
  return negated ? notText(text, language) : text;
}

function describe(rule: EligibilityRule, language: Language, nested: boolean): string {
  if ('all' in rule) return joined(rule.all, language, nested, { ja: '、かつ、', en: ' and ' });
  if ('any' in rule) return joined(rule.any, language, nested, { ja: '、または、', en: ' or ' });
  if ('not' in rule) return notText(describe(rule.not, language, true), language);
  return conditionText(rule, language);
}

function joined(
  parts: readonly EligibilityRule[],
  language: Language,
  nested: boolean,
  by: Bilingual,
): string {
  if (parts.length === 0) return language === 'ja' ? '退職者全員' : 'everybody who left';
  const text = parts.map((part) => describe(part, language, parts.length > 1)).join(by[language]);
  if (!nested || parts.length === 1) return text;
  return language === 'ja' ? `（${text}）` : `(${text})`;
}

function notText(text: string, language: Language): string {
  return language === 'ja' ? `「${text}」に当たらない` : `not: ${text}`;
}

function conditionText(condition: EligibilityCondition, language: Language): string {
  const name = FACT_NAMES[condition.fact][language];
  if ('atLeast' in condition) {
    const months = monthsText(condition.atLeast, language);
    return language === 'ja' ? `${name}が${months}以上` : `${name} at least ${months}`;
  }
  if ('atMost' in condition) {
    const months = monthsText(condition.atMost, language);
    return language === 'ja' ? `${name}が${months}以下` : `${name} at most ${months}`;
  }
  if ('in' in condition) {
    const values = condition.in.map((value) => valueName(condition.fact, value, language));
    return language === 'ja' ? `${name}が${values.join('・')}` : `${name} one of ${values.join(', ')}`;
  }
  if (language === 'ja') return condition.is ? `${name}である` : `${name}でない`;
  return condition.is ? name : `no ${name}`;
}

function valueName(fact: EligibilityFact, value: string, language: Language): string {
  const names: Readonly<Record<string, Bilingual>> =
    fact === 'leaving-kind' ? LEAVING_KIND_NAMES : fact === 'employment-kind' ? EMPLOYMENT_KIND_NAMES : {};
  return Object.hasOwn(names, value) ? names[value]![language] : value;
}

function monthsText(months: number, language: Language): string {
  const years = months / 12;
  if (months > 0 && Number.isInteger(years)) {
    return language === 'ja' ? `${years}年` : `${years} ${years === 1 ? 'year' : 'years'}`;
  }
  return language === 'ja' ? `${months}か月` : `${months} ${months === 1 ? 'month' : 'months'}`;
}
