import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useAccount } from '../app/account';
import { Notice } from '../app/notice';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { tokyoDay } from '../words/dates';
import { useWords } from '../words/language';
import { accountsReviewQuery, type AccountsReview, type Decided, type SignedReview } from './accounts';
import { AccountsTable } from './accounts-table';
import { SignOffSection } from './sign-off';

/** Every account with what it holds: whether it still needs that, signed off as a whole. */
export function AccountsPage(): ReactNode {
  const { w, number } = useWords();
  const review = useQuery(accountsReviewQuery);
  const [signed, setSigned] = useState<SignedReview>();
  return (
    <Page title={w.audit.accountsTitle}>
      <p className="e-text" style={{ marginBottom: 20 }}>
        {w.audit.accountsIntro}
      </p>
      {signed && (
        <Notice tone="teal" role="status" focus>
          <p>{w.audit.signed(number(signed.kept), number(signed.revoked))}</p>
        </Notice>
      )}
      {review.isError ? (
        <ProblemNote error={review.error} onRetry={() => void review.refetch()} />
      ) : review.isPending ? (
        <Skeleton h={320} />
      ) : (
        <Review key={review.data.standing} review={review.data} onSigned={setSigned} />
      )}
    </Page>
  );
}

interface ReviewProps {
  readonly review: AccountsReview;
  readonly onSigned: (review: SignedReview) => void;
}

function Review({ review, onSigned }: ReviewProps): ReactNode {
  const { w, instant, day } = useWords();
  const { can } = useAccount();
  const [decided, setDecided] = useState<Readonly<Record<string, Decided>>>({});
  const may = can('accounts:review');
  const { last, due, dueAt, accounts } = review;
  return (
    <>
      {due && <Notice tone="amber" title={w.audit.reviewDue} />}
      <p className="e-small">
        {last
          ? w.audit.lastReview(instant(last.at), last.actorName ?? last.actor.split(':')[0] ?? '')
          : w.audit.neverReviewed}
        {dueAt !== undefined && ` ${w.audit.nextReview(day(tokyoDay(dueAt)))}`}
      </p>
      <AccountsTable
        accounts={accounts}
        decided={decided}
        onDecide={
          may ? (accountId, decision) => setDecided({ ...decided, [accountId]: decision }) : undefined
        }
      />
      {may ? (
        <SignOffSection review={review} decided={decided} onSigned={onSigned} />
      ) : (
        <p className="e-small e-dim">{w.audit.onlyCompliance}</p>
      )}
    </>
  );
}
