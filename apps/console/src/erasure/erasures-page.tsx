import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAccount } from '../app/account';
import { Empty } from '../app/empty';
import { More } from '../app/more';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import { erasuresQuery, type Erasure } from './erasures';
import { StandingTag } from './standing-tag';

/** Plans of erasure, the latest first, each with how far it is. */
export function ErasuresPage(): ReactNode {
  const { w } = useWords();
  const { can } = useAccount();
  return (
    <Page
      title={w.erasure.title}
      aside={
        can('erasure:plan') && (
          <Button component={Link} to="/erasures/new">
            {w.erasure.plan}
          </Button>
        )
      }
    >
      <p className="e-text" style={{ marginBottom: 20 }}>
        {w.erasure.intro}
      </p>
      <Plans />
    </Page>
  );
}

function Plans(): ReactNode {
  const { w, number } = useWords();
  const found = useInfiniteQuery(erasuresQuery);
  if (found.isError) return <ProblemNote error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton h={200} />;
  const plans = found.data.pages.flatMap(({ erasures }) => erasures);
  if (plans.length === 0) return <Empty title={w.erasure.empty} text={w.erasure.emptyText} />;
  const c = w.erasure.columns;
  return (
    <>
      <p className="e-small e-dim">{w.erasure.count(number(plans.length))}</p>
      <div className="e-scroll" tabIndex={0} role="region" aria-label={w.erasure.list}>
        <table className="e-table">
          <thead>
            <tr>
              <th scope="col">{c.proposedAt}</th>
              <th scope="col">{c.state}</th>
              {[c.people, c.held, c.erased].map((heading) => (
                <th key={heading} scope="col" className="e-num">
                  {heading}
                </th>
              ))}
              <th scope="col">{c.proposedBy}</th>
              <th scope="col">{c.decidedBy}</th>
            </tr>
          </thead>
          <tbody>
            {plans.map((plan) => (
              <PlanRow key={plan.erasureId} plan={plan} />
            ))}
          </tbody>
        </table>
      </div>
      <More pages={found} />
    </>
  );
}

function PlanRow({ plan }: { readonly plan: Erasure }): ReactNode {
  const { number, instant } = useWords();
  const { erasureId, standing, people, held, erased } = plan;
  return (
    <tr>
      <td style={{ whiteSpace: 'nowrap' }}>
        <Link to="/erasures/$erasureId" params={{ erasureId }}>
          {instant(plan.proposedAt)}
        </Link>
      </td>
      <td>
        <StandingTag standing={standing} />
      </td>
      <td className="e-num">{number(people)}</td>
      <td className="e-num">{held > 0 && number(held)}</td>
      <td className="e-num">{(erased > 0 || standing === 'executed') && number(erased)}</td>
      <td className="e-small">{plan.proposedByName ?? plan.proposedBy.split(':')[0]}</td>
      <td className="e-small">{plan.decidedBy && (plan.decidedByName ?? plan.decidedBy.split(':')[0])}</td>
    </tr>
  );
}
