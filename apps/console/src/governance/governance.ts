import { queryOptions } from '@tanstack/react-query';
import { ask } from '../api/client';
import type { Bilingual, ContactChannel } from '../api/contract';

/** Readiness, public page, handling rules and purposes, as the server answers them. */

export interface ReadinessPoint {
  readonly number: number;
  readonly code: string;
  readonly question: Bilingual;
  readonly met: boolean;
  readonly proofs: readonly { readonly eventId: string; readonly what: Bilingual; readonly proof: string }[];
  readonly missing: readonly {
    readonly code: string;
    readonly messages: Bilingual;
    readonly command: string;
  }[];
}

export interface Readiness {
  readonly at: string;
  readonly ready: boolean;
  readonly consents: number;
  readonly incomplete: number;
  readonly points: readonly ReadinessPoint[];
}

export interface PagePreview {
  /** Of the page that would be published. */
  readonly version: number;
  /** What publishing repeats: that this was looked at, and nothing else. */
  readonly basis?: string;
  readonly missing: readonly { readonly code: string; readonly messages: Bilingual }[];
  readonly published: boolean;
  readonly changed: readonly string[];
  readonly shows: readonly {
    readonly purposeId: string;
    readonly version: number;
    readonly title: Bilingual;
    readonly first: boolean;
  }[];
}

export interface PageVersion {
  readonly version: number;
  readonly from: string;
  readonly until?: string;
  readonly hashJa: string;
}

export const MEASURES = ['organisational', 'personnel', 'physical', 'technical', 'foreign'] as const;

export interface RulesVersion {
  readonly version: number;
  readonly state: string;
  readonly title: Bilingual;
  readonly documentNumber?: string;
  readonly effectiveAt: string;
  readonly hasText: boolean;
  readonly fileHash: string;
  readonly access: readonly { readonly role: Bilingual; readonly scope: Bilingual }[];
  readonly measures: Readonly<Record<(typeof MEASURES)[number], Bilingual>>;
}

export interface ReviewStanding {
  readonly dueAt?: string;
  readonly months: number;
  readonly overdue: boolean;
}

export type RulesOutcome = 'adequate' | 'to-be-changed';

export interface RulesReview {
  readonly reviewId: string;
  readonly outcome: RulesOutcome;
  readonly at: string;
  readonly nextBy: string;
  readonly version: number;
  readonly findings?: string;
  readonly actor: string;
  readonly actorName?: string;
}

/** A purpose with everything that its page shows. */
export interface StatedPurpose {
  readonly purposeId: string;
  readonly title: Bilingual;
  readonly state: string;
  readonly inForce: number | null;
  readonly versions: readonly {
    readonly version: number;
    readonly state: string;
    readonly usableFrom?: string | null;
    readonly notices: readonly { readonly method: string; readonly effectiveAt: string }[];
    readonly content: {
      readonly notice: Bilingual;
      readonly channels: readonly ContactChannel[];
      readonly validityMonths?: number;
    };
  }[];
}

export const readinessQuery = queryOptions({
  queryKey: ['governance', 'readiness'],
  queryFn: ({ signal }) => ask<Readiness>('/v1/readiness-checklist', { signal }),
});

export const pagePreviewQuery = queryOptions({
  queryKey: ['governance', 'page'],
  queryFn: ({ signal }) => ask<PagePreview>('/v1/publication/preview', { signal }),
  staleTime: 0,
});

export const pageVersionsQuery = queryOptions({
  queryKey: ['governance', 'page', 'versions'],
  queryFn: async ({ signal }) =>
    (await ask<{ versions: readonly PageVersion[] }>('/v1/publication', { signal })).versions,
});

export const rulesQuery = queryOptions({
  queryKey: ['governance', 'rules'],
  queryFn: ({ signal }) =>
    ask<{ versions: readonly RulesVersion[]; review: ReviewStanding }>('/v1/handling-rules', { signal }),
});

export const rulesReviewsQuery = queryOptions({
  queryKey: ['governance', 'rules', 'reviews'],
  queryFn: async ({ signal }) =>
    (await ask<{ reviews: readonly RulesReview[] }>('/v1/handling-rules/reviews', { signal })).reviews,
});

export const statedPurposesQuery = queryOptions({
  queryKey: ['purposes', 'stated'],
  queryFn: async ({ signal }) =>
    (await ask<{ purposes: readonly StatedPurpose[] }>('/v1/purposes', { signal })).purposes,
});
