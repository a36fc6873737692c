import type { ReactNode } from 'react';
import { Chips, type Chip } from '../app/chips';
import { useWords } from '../words/language';
import { leavingKinds, type AddressChange, type RosterAddress, type TypedFilters } from './address';

interface FilterChipsProps {
  readonly address: RosterAddress;
  readonly typed: TypedFilters;
  readonly onTyped: (typed: TypedFilters) => void;
  readonly onChange: (changes: AddressChange) => void;
  readonly onClear: () => void;
}

/** The filters in use, each with the way to take it away. */
export function FilterChips({ address, typed, onTyped, onChange, onClear }: FilterChipsProps): ReactNode {
  const { w, shortDay } = useWords();
  const chips: Chip[] = [];
  const chip = (label: string, value: string, remove: () => void): unknown =>
    chips.push({ text: w.roster.chip(label, value), remove });

  if (typed.department)
    chip(w.roster.department, typed.department, () => onTyped({ ...typed, department: '' }));
  if (typed.job) chip(w.roster.job, typed.job, () => onTyped({ ...typed, job: '' }));
  const { atLeast, atMost, leftFrom, leftTo, eligible } = address;
  if (atLeast !== undefined || atMost !== undefined) {
    const years = (value: number | undefined): string =>
      value === undefined ? '' : w.roster.years(String(value));
    chip(w.roster.serviceYears, w.roster.range(years(atLeast), years(atMost)), () =>
      onChange({ atLeast: undefined, atMost: undefined }),
    );
  }
  if (leftFrom || leftTo) {
    const day = (value: string | undefined): string => (value === undefined ? '' : shortDay(value));
    chip(w.roster.leftOn, w.roster.range(day(leftFrom), day(leftTo)), () =>
      onChange({ leftFrom: undefined, leftTo: undefined }),
    );
  }
  const kinds = leavingKinds(address.leaving);
  for (const kind of kinds) {
    const rest = kinds.filter((other) => other !== kind).join(',');
    chip(w.roster.leavingKind, w.terms.leavingKind[kind], () => onChange({ leaving: rest || undefined }));
  }
  if (eligible)
    chip(w.roster.eligibility, w.roster.eligible[eligible], () => onChange({ eligible: undefined }));

  return <Chips chips={chips} onClear={onClear} />;
}
