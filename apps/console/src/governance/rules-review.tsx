import { Button, Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useAccount } from '../app/account';
import { Notice } from '../app/notice';
import { ProblemNote } from '../app/problem-note';
import { Tag } from '../app/tag';
import { lastDayBefore } from '../words/dates';
import { useWords } from '../words/language';
import css from './governance.module.css';
import { rulesReviewsQuery, type ReviewStanding } from './governance';
import { ReviewDialog } from './review-dialog';

/** When somebody must look at the rules again, what was found before, and recording it. */
export function RulesReview({ review }: { readonly review: ReviewStanding }): ReactNode {
  const { w, number, day } = useWords();
  const { can } = useAccount();
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState(false);
  const { dueAt, months, overdue } = review;
  const due = dueAt === undefined ? undefined : day(lastDayBefore(dueAt));
  return (
    <section className="e-card">
      <div className={css.head}>
        <Title order={2}>{w.governance.review}</Title>
        {due !== undefined && (
          <Tag tone={overdue ? 'amber' : 'grey'}>
            {overdue ? w.governance.reviewOverdue(due) : w.governance.reviewDue(due)}
          </Tag>
        )}
      </div>
      <p className="e-small e-dim" style={{ margin: '4px 0 12px' }}>
        {w.governance.reviewMonths(number(months))}
      </p>
      {done && (
        <Notice tone="teal" role="status" focus>
          <p>{w.governance.reviewed}</p>
        </Notice>
      )}
      <Reviews />
      {can('governance:write') && (
        <Button variant="default" mt="md" onClick={() => setAsking(true)}>
          {w.governance.recordReview}
        </Button>
      )}
      {asking && <ReviewDialog onDone={() => setDone(true)} onClose={() => setAsking(false)} />}
    </section>
  );
}

/** What came of looking at the rules, the newest first. */
function Reviews(): ReactNode {
  const { w, number, instant, day } = useWords();
  const reviews = useQuery(rulesReviewsQuery);
  if (reviews.isError) return <ProblemNote error={reviews.error} onRetry={() => void reviews.refetch()} />;
  if (reviews.isPending) return <Skeleton h={60} />;
  if (reviews.data.length === 0) return <p className="e-small">{w.governance.reviewsNone}</p>;
  const c = w.governance.reviewColumns;
  return (
    <div className="e-scroll" tabIndex={0} role="region" aria-label={w.governance.review}>
      <table className="e-table">
        <thead>
          <tr>
            {[c.at, c.version, c.outcome, c.nextBy, c.actor].map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {reviews.data.map(({ reviewId, at, version, outcome, findings, nextBy, actor, actorName }) => (
            <tr key={reviewId}>
              <td style={{ whiteSpace: 'nowrap' }}>{instant(at)}</td>
              <td>{number(version)}</td>
              <td style={{ minWidth: 200 }}>
                {w.governance.outcomes[outcome]}
                {findings !== undefined && <div className="e-tiny e-dim">{findings}</div>}
              </td>
              <td style={{ whiteSpace: 'nowrap' }}>{day(lastDayBefore(nextBy))}</td>
              <td>{actorName ?? actor.split(':')[0]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
