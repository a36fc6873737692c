import { infiniteQueryOptions } from '@tanstack/react-query';
import { ask } from '../api/client';

/** The access log, as the server answers it. */

export interface AccessEntry {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly actorName?: string;
  readonly route: string;
  readonly view: string;
  readonly fields: readonly string[];
  readonly personIds: readonly string[];
  readonly reason?: string;
  readonly aboutName?: string;
}

/** Which entries: opaque ids and days only, so that they may stand in an address. */
export interface AccessSearch {
  readonly alumnusId?: string;
  readonly from?: string;
  readonly to?: string;
}

function searchText(search: AccessSearch, more: Readonly<Record<string, string>>): string {
  return new URLSearchParams({ ...search, ...more }).toString();
}

export const accessLogQuery = (search: AccessSearch) =>
  infiniteQueryOptions({
    queryKey: ['access-log', search],
    queryFn: ({ signal, pageParam }) => {
      const more = { limit: '50', ...(pageParam !== '' && { cursor: pageParam }) };
      return ask<{ entries: readonly AccessEntry[]; cursor?: string }>(
        `/v1/access-log?${searchText(search, more)}`,
        { signal },
      );
    },
    initialPageParam: '',
    getNextPageParam: ({ cursor }) => cursor,
    staleTime: 60_000,
  });

/** Where the same comes from as a file. */
export const accessLogFile = (search: AccessSearch): string =>
  `/v1/access-log/export?${searchText(search, { format: 'csv' })}`;
