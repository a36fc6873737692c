import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ask } from './client';
import type {
  Alumnus,
  Company,
  ConsentState,
  ContactChannel,
  Funnel,
  LedgerEvent,
  Programme,
  Purpose,
  RosterChoices,
  RosterPage,
  RosterSearch,
  Why,
} from './contract';
import type { ImportProblem, LeaversImport, SavedMapping } from './import-contract';
import { readMe } from './session';

/** Who is signed in; null where nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async () => (await readMe()) ?? null,
  staleTime: Infinity,
});

export const companyQuery = queryOptions({
  queryKey: ['company'],
  queryFn: ({ signal }) => ask<Company>('/v1/company', { signal }),
});

export const purposesQuery = queryOptions({
  queryKey: ['purposes'],
  queryFn: async ({ signal }) =>
    (await ask<{ purposes: readonly Purpose[] }>('/v1/purposes', { signal })).purposes,
});

export const programmesQuery = queryOptions({
  queryKey: ['programmes'],
  queryFn: async ({ signal }) =>
    (await ask<{ programmes: readonly Programme[] }>('/v1/programmes', { signal })).programmes,
});

export const choicesQuery = queryOptions({
  queryKey: ['alumni', 'choices'],
  queryFn: ({ signal }) => ask<RosterChoices>('/v1/roster/choices', { signal }),
});

/** What a purpose and a channel (and a programme) are asked about. */
export interface Scope {
  readonly purposeId: string;
  readonly channel: ContactChannel;
  readonly programmeId?: string | undefined;
  /** As of the end of this day in Asia/Tokyo; absent: now. */
  readonly at?: string | undefined;
}

function scopeText({ purposeId, channel, programmeId, at }: Scope): string {
  const narrowing = { ...(programmeId && { programmeId }), ...(at && { at }) };
  return new URLSearchParams({ purposeId, channel, ...narrowing }).toString();
}

/** How many people remain at each step from imported to contactable. */
export const funnelQuery = (scope: Scope) =>
  queryOptions({
    queryKey: ['alumni', 'funnel', scope],
    queryFn: ({ signal }) => ask<Funnel>(`/v1/roster/funnel?${scopeText(scope)}`, { signal }),
  });

/** The roster, page by page. */
export const rosterQuery = (search: RosterSearch) =>
  infiniteQueryOptions({
    queryKey: ['alumni', 'roster', search],
    queryFn: ({ signal, pageParam }) =>
      ask<RosterPage>('/v1/roster/search', {
        signal,
        body: { ...search, ...(pageParam !== '' && { cursor: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.cursor ?? undefined,
  });

export const alumnusQuery = (alumnusId: string) =>
  queryOptions({
    queryKey: ['alumni', 'one', alumnusId],
    queryFn: ({ signal }) => ask<Alumnus>(`/v1/alumni/${alumnusId}`, { signal }),
  });

/** Whether this person may be contacted, and the events that say so. */
export const whyQuery = (alumnusId: string, scope: Scope) =>
  queryOptions({
    queryKey: ['alumni', 'why', alumnusId, scope],
    queryFn: ({ signal }) => ask<Why>(`/v1/alumni/${alumnusId}/why?${scopeText(scope)}`, { signal }),
  });

/** Everything recorded about a person, oldest first. */
export const historyQuery = (alumnusId: string) =>
  infiniteQueryOptions({
    queryKey: ['alumni', 'history', alumnusId],
    queryFn: ({ signal, pageParam }) => {
      const search = new URLSearchParams({ limit: '200', ...(pageParam !== '' && { cursor: pageParam }) });
      return ask<{ events: readonly LedgerEvent[]; cursor?: string | null }>(
        `/v1/alumni/${alumnusId}/history?${search.toString()}`,
        { signal },
      );
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.cursor ?? undefined,
  });

export const consentsQuery = (alumnusId: string) =>
  queryOptions({
    queryKey: ['alumni', 'consents', alumnusId],
    queryFn: async ({ signal }) =>
      (await ask<{ consents: readonly ConsentState[] }>(`/v1/alumni/${alumnusId}/consents`, { signal }))
        .consents,
  });

const MOVING = new Set(['checking', 'running']);
/** Whether the server works on it, so that it must be asked again. */
export function isMoving(one: LeaversImport | undefined): boolean {
  return one !== undefined && MOVING.has(one.state);
}

export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: async ({ signal }) =>
    (await ask<{ imports: readonly LeaversImport[] }>('/v1/imports', { signal })).imports,
  refetchInterval: ({ state }) => (state.data?.some(isMoving) ? 2000 : false),
});

export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ['imports', importId],
    queryFn: ({ signal }) => ask<LeaversImport>(`/v1/imports/${importId}`, { signal }),
    refetchInterval: ({ state }) => (isMoving(state.data) ? 500 : false),
  });

/** Cells of a file that were refused or warned about, in order of lines. */
export const importProblemsQuery = (importId: string, severity: 'error' | 'warning' | 'all', asOf: string) =>
  infiniteQueryOptions({
    queryKey: ['imports', importId, 'problems', severity, asOf],
    queryFn: ({ signal, pageParam }) => {
      const search = new URLSearchParams({
        limit: '50',
        ...(pageParam !== '' && { after: pageParam }),
        ...(severity !== 'all' && { severity }),
      });
      return ask<{ problems: readonly ImportProblem[]; next?: string | number | null }>(
        `/v1/imports/${importId}/problems?${search.toString()}`,
        { signal },
      );
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => (next == null ? undefined : String(next)),
  });

export const savedMappingsQuery = queryOptions({
  queryKey: ['import-mappings'],
  queryFn: async ({ signal }) =>
    (await ask<{ mappings: readonly SavedMapping[] }>('/v1/import-mappings', { signal })).mappings,
});
