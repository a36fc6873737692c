import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ask } from '../api/client';
import type { RequestChoices, RequestDetail, RequestLetter, RequestPage } from '../api/request-contract';
import { dayFromToday } from '../words/dates';
import type { DueWithin, RequestsAddress } from './address';

/** Kinds, words and clerks; they change with a release, or when somebody comes. */
export const requestChoicesQuery = queryOptions({
  queryKey: ['requests', 'choices'],
  queryFn: ({ signal }) => ask<RequestChoices>('/v1/requests/choices', { signal }),
  staleTime: 300_000,
});

const DAYS: Readonly<Record<DueWithin, number>> = { over: -1, today: 0, week: 7 };

/** The desk, page by page: what is due first comes first. */
export const requestsQuery = (address: RequestsAddress) =>
  infiniteQueryOptions({
    queryKey: ['requests', 'list', address],
    queryFn: ({ signal, pageParam }) => {
      const { state, kind, assignee, due } = address;
      const search = new URLSearchParams({
        limit: '50',
        ...(state !== undefined && { state }),
        ...(kind !== undefined && { kind }),
        ...(assignee !== undefined && { assigneeId: assignee }),
        ...(due !== undefined && { dueBefore: dayFromToday(DAYS[due]) }),
        ...(pageParam !== '' && { cursor: pageParam }),
      });
      return ask<RequestPage>(`/v1/requests?${search.toString()}`, { signal });
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.cursor,
  });

export const requestQuery = (requestId: string) =>
  queryOptions({
    queryKey: ['requests', 'one', requestId],
    queryFn: ({ signal }) => ask<RequestDetail>(`/v1/requests/${requestId}`, { signal }),
  });

export const requestLettersQuery = (requestId: string) =>
  queryOptions({
    queryKey: ['requests', 'letters', requestId],
    queryFn: async ({ signal }) =>
      (await ask<{ letters: readonly RequestLetter[] }>(`/v1/letters?requestId=${requestId}`, { signal }))
        .letters,
  });
