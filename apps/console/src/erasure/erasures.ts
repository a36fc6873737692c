import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ask } from '../api/client';
import type { Bilingual } from '../api/contract';
import { isId } from '../person/found';

/** Plans of erasure as the server answers them, and the questions about them. */

export type Standing = 'drafting' | 'proposed' | 'refused' | 'approved' | 'running' | 'executed';

/** What a plan may name; evidence and records of requests have a retention of their own. */
export const ERASABLE = ['programme', 'contact', 'profile', 'leaving-detail'] as const;
export type Erasable = (typeof ERASABLE)[number];

/** People of whom the same is erased. */
export interface ErasurePart {
  readonly categories: readonly string[];
  readonly people: number;
}

/** What stays although people are erased, and what others must do. */
export interface Kept {
  /** By kind of data and rule; without a last day while what keeps it stands. */
  readonly waits: readonly {
    readonly category: string;
    readonly number: string;
    readonly law: Bilingual;
    readonly people: number;
    readonly until?: string;
  }[];
  /** Documents that other systems hold; `over` need not be kept any more. */
  readonly elsewhere: readonly {
    readonly systemId: string;
    readonly document: string;
    readonly law: Bilingual;
    readonly entries: number;
    readonly over: number;
  }[];
  /** Who was given data of them; of `open` a notice is still due. */
  readonly recipients: readonly {
    readonly recipientId: string;
    readonly people: number;
    readonly open: number;
  }[];
}

export interface Erasure {
  readonly erasureId: string;
  readonly standing: Standing;
  readonly ground: string;
  readonly people: number;
  readonly held: number;
  readonly empty: number;
  /** Whether somebody else than who proposed it must approve it. */
  readonly second: boolean;
  readonly proposedBy: string;
  readonly proposedByName?: string;
  readonly proposedAt: string;
  readonly decidedBy?: string;
  readonly decidedByName?: string;
  readonly decidedAt?: string;
  readonly executedAt?: string;
  readonly erased: number;
  readonly left: number;
  readonly keys: number;
}

export interface ErasureDetail extends Erasure, Kept {
  readonly parts: readonly ErasurePart[];
  /** Only these items of the categories; absent: all of them. */
  readonly fields?: readonly string[];
  readonly reason?: string;
  readonly refusal?: string;
  readonly failure?: string;
}

export interface ErasureOrder {
  readonly alumnusIds?: readonly string[];
  readonly marked?: true;
  /** Everybody of whom something is due, and of each only that. */
  readonly due?: true;
  readonly categories?: readonly Erasable[];
}

export interface ErasurePreview extends Kept {
  readonly people: number;
  readonly parts: readonly ErasurePart[];
  readonly held: number;
  readonly heldIds: readonly string[];
  readonly empty: number;
  readonly second: boolean;
}

export interface Certificate {
  readonly people: number;
  readonly left: number;
  readonly approvedBy: string;
  readonly approvedByName?: string;
  readonly categories: readonly { readonly category: string; readonly keys: number }[];
  readonly destroyedFrom?: string;
  readonly destroyedUntil?: string;
  readonly digest: string;
  /** The text of a C2SP tlog-proof, once a checkpoint covers the event. */
  readonly event: { readonly eventId: string; readonly proof?: string };
  readonly irrecoverableFrom?: { readonly at: string };
}

/** Whether the server works on it, so that it must be asked again. */
export function isMoving({ standing }: Pick<Erasure, 'standing'>): boolean {
  return standing === 'approved' || standing === 'running';
}

/** The path of a plan. */
export const erasurePath = (erasureId: string): string => `/v1/erasures/${erasureId}`;

export const erasuresQuery = infiniteQueryOptions({
  queryKey: ['erasures'],
  queryFn: ({ signal, pageParam }) => {
    const cursor = pageParam === '' ? '' : `?cursor=${encodeURIComponent(pageParam)}`;
    return ask<{ erasures: readonly Erasure[]; cursor?: string }>(`/v1/erasures${cursor}`, { signal });
  },
  initialPageParam: '',
  getNextPageParam: ({ cursor }) => cursor,
  refetchInterval: ({ state }) =>
    state.dataUpdateCount < 300 && state.data?.pages.some(({ erasures }) => erasures.some(isMoving))
      ? 2000
      : false,
});

export const erasureQuery = (erasureId: string) =>
  queryOptions({
    queryKey: ['erasures', erasureId],
    queryFn: ({ signal }) => ask<ErasureDetail>(erasurePath(erasureId), { signal }),
    // What has stopped is not asked again by itself: a session that nobody uses comes to its end.
    refetchInterval: ({ state: { data } }) =>
      data && isMoving(data) && data.failure === undefined ? 700 : false,
  });

/** The first people whom a plan names. */
export const namedQuery = (erasureId: string) =>
  queryOptions({
    queryKey: ['erasures', erasureId, 'people'],
    queryFn: ({ signal }) =>
      ask<{ alumnusIds: readonly string[] }>(`${erasurePath(erasureId)}/people`, { signal }),
    select: ({ alumnusIds }) => alumnusIds.slice(0, 5),
  });

/** What an order would come to now; asked anew each time, because holds come and go. */
export const previewQuery = (order: ErasureOrder) =>
  queryOptions({
    queryKey: ['erasures', 'preview', order],
    queryFn: ({ signal }) => ask<ErasurePreview>('/v1/erasures/preview', { signal, body: order }),
    staleTime: 0,
    gcTime: 0,
  });

export const certificateQuery = (erasureId: string) =>
  queryOptions({
    queryKey: ['erasures', erasureId, 'certificate'],
    queryFn: ({ signal }) => ask<Certificate>(`${erasurePath(erasureId)}/certificate`, { signal }),
    // Its proof comes with the next checkpoint; where none comes, it is not waited for.
    refetchInterval: ({ state: { data, dataUpdateCount } }) =>
      data && data.event.proof === undefined && dataUpdateCount < 30 ? 5000 : false,
  });

/** What the address says of a plan that is begun: whom. */
export interface PlanSearch {
  readonly people?: string;
  /** Everybody of whom something is due. */
  readonly due?: true;
}

const MOST_IN_ADDRESS = 50;

/** Reads the address; what is no id there counts as nothing. */
export function readPlanSearch({ people, due }: Readonly<Record<string, unknown>>): PlanSearch {
  if (due === true) return { due };
  const ids = idsOf(typeof people === 'string' ? people : undefined);
  return ids.length === 0 ? {} : { people: ids.join('.') };
}

/** The people whom an address names. */
export function idsOf(people: string | undefined): readonly string[] {
  return [...new Set(people?.split('.'))].filter(isId).slice(0, MOST_IN_ADDRESS);
}
