import type { Category, Json } from '@enishi/domain';

/** How much of what is sealed a bundle shows. */
export const BUNDLE_LEVELS = ['none', 'masked', 'full'] as const;
export type BundleLevel = (typeof BUNDLE_LEVELS)[number];

/** A sealed field that is shown: whoever has value and salt can compute the commitment in the event. */
export interface DisclosedField {
  readonly category: string;
  /** Id of the event. */
  readonly event: string;
  readonly field: string;
  /** Of this field alone, 32 bytes in base64. */
  readonly salt: string;
  readonly value: Json;
}

/** A sealed group whose key is destroyed: nobody can show it any more. */
export interface ErasedGroup {
  readonly category: string;
  readonly erased: true;
  readonly event: string;
}

/** A sealed field that was erased while the rest of its group stayed. */
export interface ErasedField extends ErasedGroup {
  readonly field: string;
}

/** A line of `disclosures.jsonl`. */
export type DisclosureLine = DisclosedField | ErasedGroup | ErasedField;

/** Per level and category the fields that are shown; `all` of them, or some. */
const SHOWN: Readonly<Record<BundleLevel, Partial<Record<Category, 'all' | readonly string[]>>>> = {
  none: {},
  masked: { programme: ['name', 'kana', 'employeeNumber'], contact: [] },
  full: {
    programme: ['name', 'kana', 'employeeNumber'],
    contact: 'all',
    'consent-evidence': 'all',
  },
};

/** The categories of which a level shows something or says that it is erased. */
export function categoriesAt(level: BundleLevel): readonly Category[] {
  return Object.keys(SHOWN[level]) as Category[];
}

/** Whether a level shows a sealed field. Reasons of leaving and profiles are shown at none. */
export function disclosedAt(level: BundleLevel, category: string, field: string): boolean {
  const shown = Object.hasOwn(SHOWN[level], category) ? SHOWN[level][category as Category] : undefined;
  return shown === 'all' || (shown?.includes(field) ?? false);
}
