import { queryOptions } from '@tanstack/react-query';
import { ask } from '../api/client';
import type { Alumnus, Bilingual, ConsentState, PersonKana, PersonName } from '../api/contract';

export const PAIR_LISTS = ['proposed', 'linked', 'dismissed'] as const;
export type PairList = (typeof PAIR_LISTS)[number];

/** What the address says about the list. */
export interface PairSearch {
  readonly state?: PairList;
}

/** Reads the address; what is not known there counts as nothing. */
export function readPairSearch({ state }: Readonly<Record<string, unknown>>): PairSearch {
  const known = PAIR_LISTS.find((one) => one === state);
  return known === undefined || known === 'proposed' ? {} : { state: known };
}

/** As much of a record as tells people apart in a list. */
export interface PairedRecord {
  readonly alumnusId: string;
  readonly name: PersonName | null;
  readonly kana: PersonKana | null;
  readonly birthDate: string | null;
  readonly department: string | null;
  readonly leftOn: string | null;
}

interface Ground {
  readonly code: string;
  readonly messages: Bilingual;
}

export interface Pair {
  readonly alumnusId: string;
  readonly otherId: string;
  readonly grounds: readonly Ground[];
  readonly records: readonly PairedRecord[];
}

interface Pairs {
  readonly pairs: readonly Pair[];
  readonly total: number;
  readonly more: boolean;
}

export const COMPARED = [
  'name',
  'kana',
  'formerNames',
  'employeeNumber',
  'birthDate',
  'email',
  'phone',
  'postalAddress',
  'lineId',
] as const;
export type ComparedField = (typeof COMPARED)[number];

export type PairedAlumnus = Alumnus & {
  readonly formerNames?: readonly string[];
  readonly consents: readonly ConsentState[];
};

export interface SideBySide {
  readonly state: 'none' | 'linked' | 'unlinked' | 'dismissed';
  readonly grounds: readonly Ground[];
  readonly fields: readonly {
    readonly field: ComparedField;
    readonly comparison: 'same' | 'different' | 'only-one';
  }[];
  readonly records: readonly PairedAlumnus[];
}

export interface LinkedRecord {
  readonly alumnusId: string;
  readonly name: PersonName | null;
}

/** Where a pair is, and what was done with it. */
export const pairPath = (alumnusId: string, otherId: string): string =>
  `/v1/duplicates/${alumnusId}/${otherId}`;

export const pairsQuery = (state: PairList) =>
  queryOptions({
    queryKey: ['alumni', 'pairs', state],
    queryFn: ({ signal }) => ask<Pairs>(`/v1/duplicates?limit=100&state=${state}`, { signal }),
  });

export const pairQuery = (alumnusId: string, otherId: string) =>
  queryOptions({
    queryKey: ['alumni', 'pair', alumnusId, otherId],
    queryFn: ({ signal }) => ask<SideBySide>(pairPath(alumnusId, otherId), { signal }),
  });

export const linkedQuery = (alumnusId: string) =>
  queryOptions({
    queryKey: ['alumni', 'linked', alumnusId],
    queryFn: async ({ signal }) =>
      (await ask<{ linked: readonly LinkedRecord[] }>(`/v1/alumni/${alumnusId}/linked`, { signal })).linked,
  });
