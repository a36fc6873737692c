import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ask } from '../api/client';
import type { Bilingual } from '../api/contract';

/** What must stay until when, and the holds, as the server answers them. */

/** The month of what is due already. */
export const DUE_NOW = 'due';

export interface DueCount {
  /** `2027-03`, or {@link DUE_NOW}. */
  readonly month: string;
  readonly category: string;
  readonly people: number;
  readonly held: number;
}

export interface DueElsewhere {
  /** `2027-03`, {@link DUE_NOW}, or `not-dated`. */
  readonly month: string;
  readonly document: string;
  readonly systemId: string;
  readonly entries: number;
}

export interface DuePerson {
  readonly alumnusId: string;
  readonly category: string;
  readonly dueOn?: string;
  readonly held: boolean;
}

export interface Due {
  readonly day: string;
  readonly counts: readonly DueCount[];
  readonly elsewhere: readonly DueElsewhere[];
  readonly people?: readonly DuePerson[];
  readonly next?: string;
}

export interface Hold {
  readonly holdId: string;
  readonly alumnusId: string;
  readonly stopsContact: boolean;
  readonly reviewAt: string;
  /** Whether its review is due. */
  readonly due: boolean;
}

export interface PersonRetention {
  readonly day: string;
  readonly categories: readonly {
    readonly category: string;
    readonly due: boolean;
    readonly until?: string;
    readonly bases: readonly {
      readonly text: Bilingual;
      readonly law: Bilingual;
      readonly until?: string;
      readonly eventIds: readonly string[];
    }[];
  }[];
  readonly elsewhere: readonly {
    readonly entryId: string;
    readonly systemId: string;
    readonly document: string;
    readonly until?: string;
    readonly disposedOn?: string;
  }[];
}

export const dueQuery = queryOptions({
  queryKey: ['retention', 'due'],
  queryFn: ({ signal }) => ask<Due>('/v1/retention/due', { signal }),
});

/** Of whom something falls due in a month. */
export const duePeopleQuery = (month: string) =>
  infiniteQueryOptions({
    queryKey: ['retention', 'due', month],
    queryFn: ({ signal, pageParam }) => {
      const search = new URLSearchParams({
        month,
        limit: '40',
        ...(pageParam !== '' && { cursor: pageParam }),
      });
      return ask<Due>(`/v1/retention/due?${search.toString()}`, { signal });
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

export const personRetentionQuery = (alumnusId: string) =>
  queryOptions({
    queryKey: ['retention', 'person', alumnusId],
    queryFn: ({ signal }) => ask<PersonRetention>(`/v1/alumni/${alumnusId}/retention`, { signal }),
  });

/** Where the holds of a person are. */
export const holdsPath = (alumnusId: string): string => `/v1/alumni/${alumnusId}/holds`;

/** The holds that stand, the earliest review first. */
export const holdsQuery = queryOptions({
  queryKey: ['retention', 'holds'],
  queryFn: async ({ signal }) => (await ask<{ holds: readonly Hold[] }>('/v1/holds', { signal })).holds,
});

/** Systems of the inventory and documents of the schedule, to name them. */
export const elsewhereNamesQuery = queryOptions({
  queryKey: ['retention', 'names'],
  queryFn: async ({ signal }) => {
    const [{ systems }, { schedule }] = await Promise.all([
      ask<{ systems: readonly { systemId: string; name: string }[] }>('/v1/systems', { signal }),
      ask<{ schedule: readonly { code: string; document: Bilingual }[] }>('/v1/law', { signal }),
    ]);
    return {
      systemOf: new Map(systems.map(({ systemId, name }) => [systemId, name])),
      documentOf: new Map(schedule.map(({ code, document }) => [code, document])),
    };
  },
});

/** Recipients by their id, to name them. */
export const recipientNamesQuery = queryOptions({
  queryKey: ['recipients', 'names'],
  queryFn: async ({ signal }) => {
    const { recipients } = await ask<{
      recipients: readonly { recipientId: string; content: { name: Bilingual } }[];
    }>('/v1/recipients', { signal });
    return new Map(recipients.map(({ recipientId, content }) => [recipientId, content.name]));
  },
});

/** What the address says of the list of what falls due. */
export interface DueSearch {
  readonly month?: string;
}

/** Reads the address; what is no month counts as nothing. */
export function readDueSearch({ month }: Readonly<Record<string, unknown>>): DueSearch {
  const known = typeof month === 'string' && (month === DUE_NOW || /^\d{4}-(0[1-9]|1[0-2])$/.test(month));
  return known ? { month } : {};
}
