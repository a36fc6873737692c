import type { EligibilityCondition, EligibilityRule } from './eligibility';
import type { Day, Instant } from './kernel';
import type { RosterColumns } from './person';
import { NOT_AMICABLE } from './terms';
import { lastDayMonthsBefore, tokyoDay } from './time';

/** A boolean SQL expression (PostgreSQL) and the values of its `$n`. */
export interface SqlCondition {
  readonly sql: string;
  readonly params: readonly (number | string | readonly string[])[];
}

export interface EligibilitySqlOptions {
  readonly at: Instant;
  /** SQL expressions of the roster's columns, e.g. `{ left_on: 'r.left_on', … }`; trusted, never input. */
  readonly columns?: Readonly<Record<keyof RosterColumns, string>>;
  /** Number of the first parameter; 1 unless the expression stands in a larger statement. */
  readonly firstParam?: number;
}

const OWN_NAMES: Readonly<Record<keyof RosterColumns, string>> = {
  service_months: 'service_months',
  left_on: 'left_on',
  leaving_kind: 'leaving_kind',
  employment_kind: 'employment_kind',
  department: 'department',
  job: 'job',
};

interface Build {
  readonly today: Day;
  readonly columns: Readonly<Record<keyof RosterColumns, string>>;
  param(value: number | string | readonly string[], type: string): string;
}

/**
 * A rule as SQL over the roster's columns, with the same three answers as `eligibility` of the living: true, false,
 * NULL for unknown. That the dead are admitted by no rule is the statement's to say. Months since leaving become days computed here, so that both count months alike.
 *
 * @example eligibilitySql({ fact: 'service-months', atLeast: 36 }, { at })
 * // { sql: 'service_months >= $1::int', params: [36] }
 */
export function eligibilitySql(rule: EligibilityRule, options: EligibilitySqlOptions): SqlCondition {
  const params: (number | string | readonly string[])[] = [];
  const first = options.firstParam ?? 1;
  const sql = build(rule, {
    today: tokyoDay(options.at),
    columns: options.columns ?? OWN_NAMES,
    param: (value, type) => `$${first + params.push(value) - 1}::${type}`,
  });
  return { sql, params };
}

function build(rule: EligibilityRule, context: Build): string {
  if ('all' in rule) return join(rule.all, ' AND ', 'true', context);
  if ('any' in rule) return join(rule.any, ' OR ', 'false', context);
  if ('not' in rule) return `NOT (${build(rule.not, context)})`;
  return compare(rule, context);
}

function join(parts: readonly EligibilityRule[], operator: string, empty: string, context: Build): string {
  if (parts.length === 0) return empty;
  return `(${parts.map((part) => build(part, context)).join(operator)})`;
}

function compare(condition: EligibilityCondition, { today, columns, param }: Build): string {
  switch (condition.fact) {
    case 'service-months':
      return 'atLeast' in condition
        ? `${columns.service_months} >= ${param(condition.atLeast, 'int')}`
        : `${columns.service_months} <= ${param(condition.atMost, 'int')}`;
    case 'months-since-leaving':
      return 'atLeast' in condition
        ? `${columns.left_on} <= ${param(lastDayMonthsBefore(today, condition.atLeast), 'date')}`
        : `${columns.left_on} > ${param(lastDayMonthsBefore(today, condition.atMost + 1), 'date')}`;
    case 'amicable': {
      const kinds = param(NOT_AMICABLE, 'text[]');
      const kind = `nullif(${columns.leaving_kind}, 'death')`;
      return condition.is ? `${kind} <> ALL (${kinds})` : `${kind} = ANY (${kinds})`;
    }
    case 'leaving-kind':
      return `${columns.leaving_kind} = ANY (${param(condition.in, 'text[]')})`;
    case 'employment-kind':
      return `${columns.employment_kind} = ANY (${param(condition.in, 'text[]')})`;
    case 'department':
      return `${columns.department} = ANY (${param(condition.in, 'text[]')})`;
    case 'job':
      return `${columns.job} = ANY (${param(condition.in, 'text[]')})`;
  }
}
