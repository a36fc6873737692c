import { HOLD_NUMBERS } from './hold-numbers';
import type { LawRow } from './law-row';
import { REQUEST_NUMBERS } from './request-numbers';
import { RETENTION_NUMBERS } from './retention-numbers';
import { REVIEW_NUMBERS } from './review-numbers';

/** Every number of law and policy, by its code. A code that stands in a ledger stays in the table. */
export const LAW = {
  ...RETENTION_NUMBERS,
  ...HOLD_NUMBERS,
  ...REQUEST_NUMBERS,
  ...REVIEW_NUMBERS,
} as const satisfies Record<string, LawRow>;

export type LawCode = keyof typeof LAW;

export const LAW_CODES = Object.keys(LAW) as [LawCode, ...LawCode[]];
