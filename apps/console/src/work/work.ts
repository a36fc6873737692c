import { queryOptions } from '@tanstack/react-query';
import { ask } from '../api/client';
import type { Bilingual } from '../api/contract';

export const WORK_FOR = ['me', 'role', 'all'] as const;
export type WorkFor = (typeof WORK_FOR)[number];

/** What the address says: whose work. */
export interface WorkSearch {
  readonly for?: WorkFor;
}

/** Reads the address; what is not known there counts as nothing. */
export function readWorkSearch(raw: Readonly<Record<string, unknown>>): WorkSearch {
  const known = WORK_FOR.find((one) => one === raw['for']);
  return known === undefined || known === 'me' ? {} : { for: known };
}

/** Many things of one kind that wait. */
export interface WorkEntry {
  readonly name: string;
  readonly title: Bilingual;
  readonly wanted: 'approval' | 'work' | 'repair';
  readonly roles: readonly string[];
  readonly page?: string;
  readonly command: string;
  readonly count: number;
  readonly oldest?: string;
  readonly due?: string;
  readonly overdue: number;
  readonly unavailable?: boolean;
}

/** What waits. Not asked again by itself: a session that nobody uses must come to its end. */
export const workQuery = (whose: WorkFor) =>
  queryOptions({
    queryKey: ['work', whose],
    queryFn: async ({ signal }) =>
      (await ask<{ work: readonly WorkEntry[] }>(`/v1/work?for=${whose}`, { signal })).work,
  });

export const WORK_GROUPS = ['overdue', 'approval', 'work', 'repair'] as const;
export type WorkGroup = (typeof WORK_GROUPS)[number];

/** Each entry once: what is overdue first, then by what is wanted; within a group what is due first. */
export function grouped(
  entries: readonly WorkEntry[],
): readonly { readonly group: WorkGroup; readonly entries: readonly WorkEntry[] }[] {
  return WORK_GROUPS.map((group) => ({
    group,
    entries: entries
      .filter((one) => groupOf(one) === group)
      .toSorted((a, b) => urgency(a).localeCompare(urgency(b))),
  })).filter((one) => one.entries.length > 0);
}

function groupOf({ overdue, wanted }: WorkEntry): WorkGroup {
  return overdue > 0 ? 'overdue' : wanted;
}

/** Instants sort as texts; what is not due comes after all that is. */
function urgency({ due, oldest }: WorkEntry): string {
  return due ?? `~${oldest ?? ''}`;
}
