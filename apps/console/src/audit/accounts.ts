import { queryOptions } from '@tanstack/react-query';
import { ask } from '../api/client';

/** The review of accounts, as the server answers it. */

export interface GrantUnderReview {
  readonly id: string;
  readonly role: string;
  readonly programmes?: readonly string[];
  readonly departments?: readonly string[];
  readonly purposes?: readonly string[];
  readonly validUntil?: string;
}

export interface AccountUnderReview {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly label?: string;
  readonly lastUsed?: string;
  readonly grants: readonly GrantUnderReview[];
  readonly tokens: readonly object[];
}

export interface SignedReview {
  readonly at: string;
  readonly actor: string;
  readonly actorName?: string;
  readonly kept: number;
  readonly revoked: number;
}

export interface AccountsReview {
  /** What signing off repeats: that these accounts were looked at, and no others. */
  readonly standing: string;
  readonly accounts: readonly AccountUnderReview[];
  readonly last?: SignedReview;
  readonly dueAt?: string;
  readonly due: boolean;
}

/** What becomes of one account; undecided where it is absent. */
export interface Decided {
  readonly decision: 'keep' | 'revoke';
  /** Of what ends; those that go on share a reason. */
  readonly reason: string;
}

export interface SignOff {
  readonly standing: string;
  readonly decisions: readonly {
    readonly accountId: string;
    readonly decision: 'keep' | 'revoke';
    readonly reason: string;
  }[];
}

export const accountsReviewQuery = queryOptions({
  queryKey: ['accounts', 'review'],
  queryFn: ({ signal }) => ask<AccountsReview>('/v1/accounts/review', { signal }),
  // A list that changes under the hand would lose what was decided.
  staleTime: Infinity,
  refetchOnMount: 'always',
});

/** How an account is named. */
export function accountName({ label, subject }: AccountUnderReview): string {
  return label ?? subject;
}
