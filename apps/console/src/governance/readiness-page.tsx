import { Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAccount } from '../app/account';
import { Notice } from '../app/notice';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { Tag } from '../app/tag';
import { useWords } from '../words/language';
import css from './governance.module.css';
import { readinessQuery, type Readiness, type ReadinessPoint } from './governance';

/** Where the console supplies what is missing; of everything else the command is shown. */
const PAGES: readonly (readonly [RegExp, '/governance/page' | '/governance/rules' | '/audit/accounts'])[] = [
  [/^(page-|purpose-not-notified)/, '/governance/page'],
  [/^rules-(never-reviewed|review-overdue)$/, '/governance/rules'],
  [/^accounts-/, '/audit/accounts'],
];

/** The five points, each with what proves it, or with what is missing and how to supply it. */
export function ReadinessPage(): ReactNode {
  const { w } = useWords();
  const readiness = useQuery(readinessQuery);
  return (
    <Page title={w.governance.title} narrow>
      <p className="e-text" style={{ marginBottom: 20 }}>
        {w.governance.intro}
      </p>
      {readiness.isError ? (
        <ProblemNote error={readiness.error} onRetry={() => void readiness.refetch()} />
      ) : readiness.isPending ? (
        <Skeleton h={480} />
      ) : (
        <Points readiness={readiness.data} />
      )}
    </Page>
  );
}

function Points({ readiness }: { readonly readiness: Readiness }): ReactNode {
  const { w, number, instant } = useWords();
  const { points, ready, at, consents, incomplete } = readiness;
  const open = points.filter(({ met }) => !met).length;
  return (
    <>
      <Notice
        tone={ready ? 'teal' : 'amber'}
        title={ready ? w.governance.ready : w.governance.open(number(open))}
      >
        <p>
          {w.governance.asOf(instant(at))} · {w.governance.consents(number(consents), number(incomplete))}
        </p>
      </Notice>
      <ol className={css.points}>
        {points.map((point) => (
          <Point key={point.code} point={point} />
        ))}
      </ol>
    </>
  );
}

function Point({ point }: { readonly point: ReadinessPoint }): ReactNode {
  const { w, language } = useWords();
  const { number, question, met, proofs, missing } = point;
  return (
    <li className="e-card" data-point={point.code}>
      <div className={css.head}>
        <Title order={2}>
          {number}. {question[language]}
        </Title>
        <Tag tone={met ? 'teal' : 'amber'}>{met ? w.governance.met : w.governance.notMet}</Tag>
      </div>
      {missing.length > 0 && (
        <>
          <Title order={3} mt="sm">
            {w.governance.missing}
          </Title>
          <ul className={css.gaps}>
            {missing.map(({ code, messages, command }, index) => (
              <li key={`${code} ${index}`}>
                {messages[language]}
                <Supply code={code} command={command} />
              </li>
            ))}
          </ul>
        </>
      )}
      {proofs.length > 0 && <Proofs proofs={proofs} />}
    </li>
  );
}

/** How what is missing is supplied: by a page of the console, else by a command. */
function Supply({ code, command }: { readonly code: string; readonly command: string }): ReactNode {
  const { w } = useWords();
  const page = PAGES.find(([pattern]) => pattern.test(code))?.[1];
  return page === undefined ? (
    <pre tabIndex={0}>{command}</pre>
  ) : (
    <div>
      <Link to={page}>{w.governance.toPage}</Link>
    </div>
  );
}

function Proofs({ proofs }: Pick<ReadinessPoint, 'proofs'>): ReactNode {
  const { w, language } = useWords();
  const { can } = useAccount();
  return (
    <>
      <Title order={3} mt="sm">
        {w.governance.proofs}
      </Title>
      <ul className={css.proofs}>
        {proofs.map(({ eventId, what, proof }, index) => (
          <li key={`${eventId} ${index}`}>
            <span>{what[language]}</span>
            {can('audit:read') && (
              <a
                href={proof}
                download={`${eventId}.tlog-proof`}
                aria-label={w.governance.proofOf(what[language])}
              >
                {w.governance.proof}
              </a>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
