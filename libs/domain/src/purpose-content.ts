import { sameValue } from './equal';
import type { Bilingual, ProgrammeContent, PurposeContent } from './shapes';

const BILINGUAL = [
  'title',
  'notice',
  'collectionMethod',
  'processingMethod',
  'retentionPeriod',
  'withdrawalMethod',
] as const satisfies readonly (keyof PurposeContent)[];

const LISTS = [
  'categories',
  'channels',
  'piiTypes',
  'storageLocations',
  'processingLocations',
  'privacyRights',
] as const satisfies readonly (keyof PurposeContent)[];

/** What an editorial revision may change: words only, never what is done with whose data by which channel. */
const WORDING: readonly string[] = [
  'title',
  'notice',
  'collectionMethod',
  'processingMethod',
  'withdrawalMethod',
  'service',
];

/**
 * The first field that keeps a purpose from being specific (17(1)) or from filling an ISO/IEC TS 27560 record;
 * `undefined` when it is complete.
 */
export function purposeContentProblem(content: PurposeContent): string | undefined {
  return (
    BILINGUAL.find((field) => isBlank(content[field])) ??
    LISTS.find(
      (field) => content[field].length === 0 || new Set<string>(content[field]).size < content[field].length,
    ) ??
    (['lawfulBasis', 'jurisdiction'] as const).find((field) => content[field].trim() === '') ??
    (/^https:\/\/\S+$/.test(content.purposeType) ? undefined : 'purposeType') ??
    (content.recipients.some(isBlank) ? 'recipients' : undefined) ??
    (isMonths(content.validityMonths ?? 12) ? undefined : 'validityMonths')
  );
}

/** Whether a revision changes anything beside wording, so that it cannot be called editorial. */
export function changesMoreThanWording(before: PurposeContent, after: PurposeContent): boolean {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof PurposeContent>;
  return [...keys].some((key) => !WORDING.includes(key) && !sameValue(before[key], after[key]));
}

/** The first field of a programme that is missing or wrong; its rule is checked by `parseEligibilityRule`. */
export function programmeContentProblem(content: ProgrammeContent): string | undefined {
  return (
    (['title', 'description'] as const).find((field) => isBlank(content[field])) ??
    (['purposeIds', 'channels'] as const).find(
      (field) => content[field].length === 0 || new Set<string>(content[field]).size < content[field].length,
    ) ??
    (isMonths(content.reviewMonths) ? undefined : 'reviewMonths')
  );
}

function isBlank({ ja, en }: Bilingual): boolean {
  return ja.trim() === '' || en.trim() === '';
}

function isMonths(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 600;
}

/** Purposes state that there are no recipients in words. */
export function saysNobody({ ja, en }: Bilingual): boolean {
  return /^なし/.test(ja.trim()) || /^none\b/i.test(en.trim());
}
