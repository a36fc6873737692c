import type { Instant } from './kernel';
import type { PersonFacts } from './person';
import { NOT_AMICABLE, type LeavingKind } from './terms';
import { monthsBetween, tokyoDay } from './time';

/**
 * Whom a programme is for: a closed form over listed facts, written by the company and published with the
 * programme. Read it from JSON with `parseEligibilityRule`; ask it here or in SQL (`eligibilitySql`).
 *
 * @example { all: [{ fact: 'service-months', atLeast: 36 }, { fact: 'amicable', is: true }] }
 */
export type EligibilityRule =
  | { readonly all: readonly EligibilityRule[] }
  | { readonly any: readonly EligibilityRule[] }
  | { readonly not: EligibilityRule }
  | EligibilityCondition;

/** One comparison. */
export type EligibilityCondition =
  | { readonly fact: 'service-months' | 'months-since-leaving'; readonly atLeast: number }
  | { readonly fact: 'service-months' | 'months-since-leaving'; readonly atMost: number }
  | {
      readonly fact: 'leaving-kind' | 'employment-kind' | 'department' | 'job';
      readonly in: readonly string[];
    }
  | { readonly fact: 'amicable'; readonly is: boolean };

export type EligibilityFact = EligibilityCondition['fact'];

/** A condition that decided against the person; `negated` where it holds and the rule says that it must not. */
export type FailedCondition = { readonly condition: EligibilityCondition; readonly negated: boolean };

export type Eligibility =
  | { readonly answer: 'eligible' }
  | { readonly answer: 'not-eligible'; readonly failed: readonly FailedCondition[] }
  | { readonly answer: 'unknown'; readonly missing: readonly EligibilityFact[] };

type EligiblePerson = Pick<PersonFacts, 'serviceMonths' | 'latest' | 'diedId'>;

/** Yes, no or unknown (`null`), as in SQL. */
type Kleene = boolean | null;

/**
 * Whether a rule admits a person at an instant. A fact that is not known makes a comparison neither true nor
 * false (Kleene's logic): `unknown` counts as "not to be contacted" but says what is missing. Nobody who died is
 * eligible, whatever the rule: then no condition of it failed.
 */
export function eligibility(rule: EligibilityRule, person: EligiblePerson, at: Instant): Eligibility {
  if (person.diedId !== undefined) return { answer: 'not-eligible', failed: [] };
  const holds = evaluate(rule, person, at);
  if (holds === true) return { answer: 'eligible' };
  if (holds === null)
    return { answer: 'unknown', missing: [...new Set(missingFacts(rule, person, at))].toSorted() };
  return { answer: 'not-eligible', failed: failures(rule, person, at, false) };
}

/** Whether a rule holds for a person, dead or alive: what a search asks. Unknown is no. */
export function holdsFor(rule: EligibilityRule, person: EligiblePerson, at: Instant): boolean {
  return evaluate(rule, person, at) === true;
}

function evaluate(rule: EligibilityRule, person: EligiblePerson, at: Instant): Kleene {
  if ('all' in rule) return and(rule.all.map((part) => evaluate(part, person, at)));
  if ('any' in rule) return or(rule.any.map((part) => evaluate(part, person, at)));
  if ('not' in rule) return negate(evaluate(rule.not, person, at));
  return compare(rule, person, at);
}

function and(parts: readonly Kleene[]): Kleene {
  return parts.includes(false) ? false : parts.includes(null) ? null : true;
}

function or(parts: readonly Kleene[]): Kleene {
  return parts.includes(true) ? true : parts.includes(null) ? null : false;
}

function negate(part: Kleene): Kleene {
  return part === null ? null : !part;
}

function compare(condition: EligibilityCondition, person: EligiblePerson, at: Instant): Kleene {
  const value = valueOf(condition.fact, person, at);
  if (value === undefined) return null;
  if ('is' in condition) return value === condition.is;
  if ('in' in condition) return condition.in.includes(value as string);
  return 'atLeast' in condition
    ? (value as number) >= condition.atLeast
    : (value as number) <= condition.atMost;
}

function valueOf(fact: EligibilityFact, { serviceMonths, latest }: EligiblePerson, at: Instant) {
  switch (fact) {
    case 'service-months':
      return serviceMonths;
    case 'months-since-leaving':
      return latest && monthsBetween(latest.leftOn, tokyoDay(at));
    case 'leaving-kind':
      return latest?.leavingKind;
    case 'employment-kind':
      return latest?.kind;
    case 'department':
      return latest?.department;
    case 'job':
      return latest?.job;
    case 'amicable':
      return amicable(latest?.leavingKind);
  }
}

function amicable(kind: LeavingKind | undefined): boolean | undefined {
  return kind === undefined || kind === 'death' ? undefined : !NOT_AMICABLE.includes(kind);
}

/** The conditions that make a rule false (or, `negated`, true where it must be false). */
function failures(
  rule: EligibilityRule,
  person: EligiblePerson,
  at: Instant,
  negated: boolean,
): FailedCondition[] {
  if (evaluate(rule, person, at) !== negated) return [];
  if ('not' in rule) return failures(rule.not, person, at, !negated);
  if ('all' in rule) return rule.all.flatMap((part) => failures(part, person, at, negated));
  if ('any' in rule) return rule.any.flatMap((part) => failures(part, person, at, negated));
  return [{ condition: rule, negated }];
}

/** Facts without which an undecided rule cannot be decided. */
function missingFacts(rule: EligibilityRule, person: EligiblePerson, at: Instant): EligibilityFact[] {
  if (evaluate(rule, person, at) !== null) return [];
  if ('not' in rule) return missingFacts(rule.not, person, at);
  if ('all' in rule) return rule.all.flatMap((part) => missingFacts(part, person, at));
  if ('any' in rule) return rule.any.flatMap((part) => missingFacts(part, person, at));
  return [rule.fact];
}
