export type EligibilityRule =
  | { readonly all: readonly EligibilityRule[] }
  | { readonly any: readonly EligibilityRule[] }
  | { readonly not: EligibilityRule }
  | { readonly fact: 'service-months' | 'months-since-leaving'; readonly atLeast: number }
  | { readonly fact: 'service-months' | 'months-since-leaving'; readonly atMost: number }
  | {
      readonly fact: 'leaving-kind' | 'employment-kind' | 'department' | 'job';
      readonly in: readonly string[];
    }
  | { readonly fact: 'amicable'; readonly is: boolean };
