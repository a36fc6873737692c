import { Skeleton, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { ask, rememberPosition } from '../api/client';
import { useAccount } from '../app/account';
import { Notice } from '../app/notice';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import page from '../app/thing.module.css';
import { PersonRef } from '../person/person-ref';
import personCss from '../person/person.module.css';
import { useWords } from '../words/language';
import { CertificateSection } from './certificate-section';
import { Decision } from './decision';
import { ErasureSteps } from './erasure-steps';
import { erasureQuery, isMoving, namedQuery, type ErasureDetail, type Standing } from './erasures';
import { ExecutionProgress } from './execution-progress';
import { KeptSection } from './kept-section';
import { Numbers } from './numbers';
import { PartsTable } from './parts-table';
import { StandingTag } from './standing-tag';

/** One plan: whom it touches, what goes, who decided, how far it is, and what proves it afterwards. */
export function ErasurePage(): ReactNode {
  const { w } = useWords();
  const { erasureId } = useParams({ from: '/erasures/$erasureId' });
  const plan = useQuery(erasureQuery(erasureId));
  useEverybodyAfter(plan.data?.standing);
  return (
    <Page title={w.erasure.one} aside={<Link to="/erasures">{w.erasure.toList}</Link>}>
      {plan.isError ? (
        <ProblemNote error={plan.error} onRetry={() => void plan.refetch()} />
      ) : plan.isPending ? (
        <Skeleton h={360} />
      ) : (
        <Plan plan={plan.data} />
      )}
    </Page>
  );
}

function Plan({ plan }: { readonly plan: ErasureDetail }): ReactNode {
  const { w } = useWords();
  const { standing } = plan;
  return (
    <div className={page.columns}>
      <div className={page.main}>
        <div>
          <StandingTag standing={standing} />
        </div>
        {(standing === 'approved' || standing === 'running') && <ExecutionProgress plan={plan} />}
        {standing === 'executed' && <Executed plan={plan} />}
        {standing === 'refused' && (
          <Notice tone="amber" title={w.erasure.refusal}>
            <p>{plan.refusal ?? w.erasure.noWhy}</p>
          </Notice>
        )}
        <section className="e-card" aria-labelledby="facts">
          <Title order={2} id="facts" mb={4}>
            {w.erasure.facts}
          </Title>
          {standing !== 'executed' && <Numbers {...plan} />}
          {plan.parts.length > 0 && <PartsTable parts={plan.parts} />}
          <KeptSection kept={plan} />
          <dl className="e-pairs" style={{ marginTop: 16 }}>
            <dt>{w.erasure.groundLabel}</dt>
            <dd>{w.erasure.ground[plan.ground] ?? plan.ground}</dd>
            {plan.fields !== undefined && (
              <>
                <dt>{w.erasure.onlyItems}</dt>
                <dd>{plan.fields.map((one) => w.person.fields[one] ?? one).join(w.shell.comma)}</dd>
              </>
            )}
            <dt>{w.erasure.reason}</dt>
            <dd style={{ whiteSpace: 'pre-wrap' }}>{plan.reason ?? w.erasure.noWhy}</dd>
          </dl>
        </section>
        <Examples plan={plan} />
        {standing === 'proposed' && <Decision plan={plan} />}
      </div>
      <ErasureSteps plan={plan} />
    </div>
  );
}

/** What came of it, and that there is no way back. */
function Executed({ plan }: { readonly plan: ErasureDetail }): ReactNode {
  const { w, number } = useWords();
  return (
    <>
      <Notice tone="teal" role="status" title={w.erasure.executed(number(plan.erased))}>
        {plan.left > 0 && <p>{w.erasure.leftOut(number(plan.left))}</p>}
        <p>{w.erasure.noUndo}</p>
      </Notice>
      <CertificateSection erasureId={plan.erasureId} />
    </>
  );
}

/** Five of those whom it names. */
function Examples({ plan }: { readonly plan: ErasureDetail }): ReactNode {
  const { w, number } = useWords();
  const { can } = useAccount();
  const named = useQuery({ ...namedQuery(plan.erasureId), enabled: plan.standing !== 'drafting' });
  if (named.isError) return <ProblemNote error={named.error} onRetry={() => void named.refetch()} />;
  return (
    <section className="e-card" aria-labelledby="examples">
      <Title order={2} id="examples" mb={4}>
        {w.erasure.examples}
      </Title>
      {named.data === undefined ? (
        <p className="e-small e-dim">{w.erasure.noExamples}</p>
      ) : (
        <>
          <p className="e-small e-dim" style={{ margin: 0 }}>
            {w.erasure.examplesOf(number(named.data.length), number(plan.people))}
          </p>
          <ul className={personCss.people}>
            {named.data.map((alumnusId) => (
              <li key={alumnusId}>
                {can('retention:read') ? (
                  <Link to="/retention/$alumnusId" params={{ alumnusId }}>
                    <PersonRef alumnusId={alumnusId} />
                  </Link>
                ) : (
                  <PersonRef alumnusId={alumnusId} />
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** Once a plan that was watched is through, everything about people is asked for anew. */
function useEverybodyAfter(standing: Standing | undefined): void {
  const queries = useQueryClient();
  const before = useRef(standing);
  useEffect(() => {
    const watched = before.current !== undefined && isMoving({ standing: before.current });
    if (watched && standing === 'executed') {
      void ask<{ head: string | null }>('/v1/ledger')
        .then(({ head }) => rememberPosition(head))
        .catch(() => undefined)
        .finally(() => {
          for (const key of ['alumni', 'erasures', 'retention'])
            void queries.invalidateQueries({ queryKey: [key] });
        });
    }
    before.current = standing;
  }, [standing, queries]);
}
