import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ask } from '../api/client';

/** Exports with personal data, as the server answers them, and those without, which are taken at once. */

export type Standing =
  'requested' | 'approved' | 'refused' | 'making' | 'made' | 'handed-over' | 'purged' | 'expired';

export const CONTENTS = ['consents', 'trail'] as const;
export type Content = (typeof CONTENTS)[number];
export const LEVELS = ['none', 'masked', 'full'] as const;
export type Level = (typeof LEVELS)[number];
export const FORMATS = ['csv', 'jsonl', 'xlsx', 'pdf', 'bundle'] as const;
export type Format = (typeof FORMATS)[number];
export type Encoding = 'utf-8' | 'cp932';
export const KINDS = [
  'requested',
  'granted',
  'refused',
  'withdrawn',
  'expired',
  'invalidated',
  'evidence-approved',
] as const;
export type Kind = (typeof KINDS)[number];

/** What is to be in a file, and in what form. */
export interface ExportScope {
  readonly content: Content;
  readonly format: Format;
  readonly encoding?: Encoding;
  readonly language?: 'ja' | 'en';
  readonly purposeId?: string;
  readonly kind?: Kind;
  readonly from?: string;
  readonly to?: string;
}

export interface ExportOrder extends ExportScope {
  readonly level: 'masked' | 'full';
  readonly reason: string;
}

export interface PersonalExport {
  readonly exportId: string;
  readonly standing: Standing;
  readonly content: Content;
  readonly level: 'masked' | 'full';
  readonly format: Format;
  readonly purposeId?: string;
  readonly kind?: Kind;
  readonly from?: string;
  readonly until?: string;
  readonly requestedAt: string;
  readonly requestedBy: string;
  readonly requestedByName?: string;
  readonly decidedAt?: string;
  readonly decidedBy?: string;
  readonly decidedByName?: string;
  readonly madeAt?: string;
  readonly handedOverAt?: string;
  readonly handedOverBy?: string;
  readonly handedOverByName?: string;
  readonly endedAt?: string;
  readonly ground?: string;
  readonly expiresAt?: string;
  readonly lines?: number;
  readonly people?: number;
  readonly bytes?: number;
}

export interface PersonalExportDetail extends PersonalExport {
  readonly reason?: string;
  readonly refusal?: string;
  readonly recipient?: string;
  readonly fileHash?: string;
  readonly linesSoFar?: number;
  readonly failure?: string;
}

function isMoving({ standing }: PersonalExport): boolean {
  return standing === 'approved' || standing === 'making';
}

/** The path of an export. */
export const exportPath = (exportId: string): string => `/v1/exports/${exportId}`;

export const exportsQuery = infiniteQueryOptions({
  queryKey: ['exports'],
  queryFn: ({ signal, pageParam }) => {
    const cursor = pageParam === '' ? '' : `?cursor=${encodeURIComponent(pageParam)}`;
    return ask<{ exports: readonly PersonalExport[]; cursor?: string }>(`/v1/exports${cursor}`, { signal });
  },
  initialPageParam: '',
  getNextPageParam: ({ cursor }) => cursor,
  refetchInterval: ({ state }) =>
    state.dataUpdateCount < 300 && state.data?.pages.some((page) => page.exports.some(isMoving))
      ? 2000
      : false,
});

export const exportQuery = (exportId: string) =>
  queryOptions({
    queryKey: ['exports', exportId],
    queryFn: ({ signal }) => ask<PersonalExportDetail>(exportPath(exportId), { signal }),
    // What has stopped is not asked again by itself: a session that nobody uses comes to its end.
    refetchInterval: ({ state: { data } }) =>
      data && isMoving(data) && data.failure === undefined ? 700 : false,
  });

/** Where a file without personal data comes from: the browser takes it as it is made. */
export function plainExportAddress({ content, format, ...scope }: ExportScope): string {
  const search = new URLSearchParams(Object.entries(scope).filter(([, value]) => value !== ''));
  if (format === 'bundle') {
    search.set('of', content);
    for (const other of ['encoding', 'language']) search.delete(other);
    return `/v1/bundles/export?${search.toString()}`;
  }
  search.set('format', format);
  const path = content === 'consents' ? '/v1/consent-history/export' : '/v1/audit-trail/export';
  return `${path}?${search.toString()}`;
}
