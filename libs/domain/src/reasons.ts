/** Why a person may not be contacted. Stable codes; texts in `reason-messages.ts`. */
export const REASON_CODES = [
  'not-registered',
  'import-undone',
  'died',
  'returned',
  'erased',
  'erasure-started',
  'held',
  'purpose-unknown',
  'purpose-not-in-force',
  'purpose-retired',
  'channel-not-in-purpose',
  'programme-unknown',
  'programme-not-in-force',
  'purpose-not-in-programme',
  'channel-not-in-programme',
  'not-eligible',
  'eligibility-unknown',
  'no-address',
  'never-asked',
  'consent-requested',
  'consent-refused',
  'consent-withdrawn',
  'consent-expired',
  'consent-invalidated',
  'consent-for-earlier-version',
  'consent-version-not-in-force',
  'consent-before-return',
  'evidence-incomplete',
  'view-parked',
  'linked-record',
  'linked-listed-once',
  'already-consented',
  'already-asked',
  'refused-for-this-version',
  'withdrawn-for-this-version',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** One reason, the events behind it, and parameters of its text; never a personal value. */
export interface Reason {
  readonly code: ReasonCode;
  readonly eventIds: readonly string[];
  readonly params: Readonly<Record<string, unknown>>;
}

/** A reason from its parts; ids that do not exist are left out. */
export function reason(
  code: ReasonCode,
  eventIds: readonly (string | undefined)[] = [],
  params: Readonly<Record<string, unknown>> = {},
): Reason {
  return { code, eventIds: eventIds.filter((id) => id !== undefined), params };
}
