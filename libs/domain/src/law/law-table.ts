import type { LawRow } from './law-row';
import { REVIEW_NUMBERS } from './review-numbers';
import { REQUEST_NUMBERS } from './request-numbers';
import { HOLD_NUMBERS } from './hold-numbers';
import { RETENTION_NUMBERS } from './retention-numbers';

/** Every number of law and policy, by its code. A code that stands in a ledger stays in the table. */
<<<<<<< HEAD
export const LAW = {
  ...RETENTION_NUMBERS,
  ...HOLD_NUMBERS,
  ...REQUEST_NUMBERS,
  ...REVIEW_NUMBERS,
} as const satisfies Record<string, LawRow>;
=======
export const LAW = { ...RETENTION_NUMBERS, ...HOLD_NUMBERS, ...REVIEW_NUMBERS } as const satisfies Record<
  string,
  LawRow
>;
>>>>>>> 97554c3 (Every rule of the domain has a named test that fails without it; a letter's rules have a spec; rows of law.md name the tests that show them)

export type LawCode = keyof typeof LAW;

export const LAW_CODES = Object.keys(LAW) as [LawCode, ...LawCode[]];
