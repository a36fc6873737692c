import type { EligibilityCondition, EligibilityRule } from './eligibility';
import { EMPLOYMENT_KINDS, LEAVING_KINDS } from './terms';

/** How deep and how large a rule may be: it is compiled into SQL and shown to people. */
export const RULE_LIMITS = { depth: 8, conditions: 100, listed: 500, text: 200, months: 1200 } as const;

export type RuleProblemCode =
  | 'not-an-object'
  | 'unknown-form'
  | 'unknown-member'
  | 'unknown-fact'
  | 'wrong-comparison'
  | 'months-out-of-range'
  | 'list-empty'
  | 'list-too-long'
  | 'unknown-value'
  | 'too-deep'
  | 'too-large';

/** What is wrong, and where: a JSON pointer into the rule. */
export interface RuleProblem {
  readonly path: string;
  readonly code: RuleProblemCode;
}

interface Walk {
  readonly problems: RuleProblem[];
  conditions: number;
}

/**
 * Reads an eligibility rule from JSON. `{"all": []}` admits everybody; an empty `any` or list is refused,
 * because it would admit nobody and is most likely a slip.
 *
 * @returns the rule, rebuilt without anything unknown, or every problem found
 */
export function parseEligibilityRule(
  json: unknown,
): { readonly rule: EligibilityRule } | { readonly problems: readonly RuleProblem[] } {
  const walk: Walk = { problems: [], conditions: 0 };
  const rule = read(json, '', 1, walk);
  return rule !== undefined && walk.problems.length === 0 ? { rule } : { problems: walk.problems };
}

function read(json: unknown, path: string, depth: number, walk: Walk): EligibilityRule | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return problem(walk, path, 'not-an-object');
  if (depth > RULE_LIMITS.depth) return problem(walk, path, 'too-deep');
  const rule = json as Readonly<Record<string, unknown>>;
  const keys = Object.keys(rule);
  if ('fact' in rule) return readCondition(rule, keys, path, walk);
  if (keys.length !== 1) return problem(walk, path, 'unknown-form');
  if ('all' in rule) return { all: readList(rule['all'], `${path}/all`, depth, walk) };
  if ('any' in rule) {
    const any = readList(rule['any'], `${path}/any`, depth, walk);
    return any.length === 0 ? problem(walk, `${path}/any`, 'list-empty') : { any };
  }
  if (!('not' in rule)) return problem(walk, path, 'unknown-form');
  const not = read(rule['not'], `${path}/not`, depth + 1, walk);
  return not && { not };
}

function readList(json: unknown, path: string, depth: number, walk: Walk): EligibilityRule[] {
  if (!Array.isArray(json)) {
    problem(walk, path, 'not-an-object');
    return [];
  }
  if (json.length > RULE_LIMITS.conditions) {
    problem(walk, path, 'too-large');
    return [];
  }
  return json.flatMap((part, index) => read(part, `${path}/${index}`, depth + 1, walk) ?? []);
}

function readCondition(
  rule: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  path: string,
  walk: Walk,
): EligibilityCondition | undefined {
  walk.conditions += 1;
  if (walk.conditions === RULE_LIMITS.conditions + 1) return problem(walk, path, 'too-large');
  const operator = keys.find((key) => key !== 'fact');
  if (operator === undefined || keys.length !== 2) return problem(walk, path, 'unknown-member');
  const { fact } = rule;
  switch (fact) {
    case 'service-months':
    case 'months-since-leaving':
      return readMonths(fact, operator, rule[operator], path, walk);
    case 'leaving-kind':
      return readIn(fact, operator, rule[operator], LEAVING_KINDS, path, walk);
    case 'employment-kind':
      return readIn(fact, operator, rule[operator], EMPLOYMENT_KINDS, path, walk);
    case 'department':
    case 'job':
      return readIn(fact, operator, rule[operator], undefined, path, walk);
    case 'amicable': {
      const is = rule[operator];
      return operator === 'is' && typeof is === 'boolean'
        ? { fact, is }
        : problem(walk, path, 'wrong-comparison');
    }
    default:
      return problem(walk, path, 'unknown-fact');
  }
}

function readMonths(
  fact: 'service-months' | 'months-since-leaving',
  operator: string,
  value: unknown,
  path: string,
  walk: Walk,
): EligibilityCondition | undefined {
  if (operator !== 'atLeast' && operator !== 'atMost') return problem(walk, path, 'wrong-comparison');
  const inRange =
    Number.isInteger(value) && (value as number) >= 0 && (value as number) <= RULE_LIMITS.months;
  if (!inRange) return problem(walk, `${path}/${operator}`, 'months-out-of-range');
  return operator === 'atLeast' ? { fact, atLeast: value as number } : { fact, atMost: value as number };
}

function readIn(
  fact: 'leaving-kind' | 'employment-kind' | 'department' | 'job',
  operator: string,
  value: unknown,
  known: readonly string[] | undefined,
  path: string,
  walk: Walk,
): EligibilityCondition | undefined {
  if (operator !== 'in' || !Array.isArray(value)) return problem(walk, path, 'wrong-comparison');
  if (value.length === 0) return problem(walk, `${path}/in`, 'list-empty');
  if (value.length > RULE_LIMITS.listed) return problem(walk, `${path}/in`, 'list-too-long');
  const index = value.findIndex((one) => !isListed(one, known));
  if (index >= 0) return problem(walk, `${path}/in/${index}`, 'unknown-value');
  return { fact, in: value as string[] };
}

function isListed(value: unknown, known: readonly string[] | undefined): boolean {
  if (typeof value !== 'string') return false;
  if (known !== undefined) return known.includes(value);
  return value.trim() !== '' && value.length <= RULE_LIMITS.text && !value.includes('\0');
}

function problem(walk: Walk, path: string, code: RuleProblemCode): undefined {
  walk.problems.push({ path, code });
  return undefined;
}
