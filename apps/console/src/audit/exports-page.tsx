import { Button, Skeleton, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Empty } from '../app/empty';
import { More } from '../app/more';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import { ExportStandingTag } from './export-standing';
import { exportsQuery, type PersonalExport } from './exports';

/** Files that leave the ledger: asking for one, and those with personal data with how far each is. */
export function ExportsPage(): ReactNode {
  const { w } = useWords();
  return (
    <Page
      title={w.audit.exportsTitle}
      aside={
        <Button component={Link} to="/audit/exports/new">
          {w.audit.order}
        </Button>
      }
    >
      <p className="e-text" style={{ marginBottom: 20 }}>
        {w.audit.exportsIntro}
      </p>
      <PersonalExports />
    </Page>
  );
}

function PersonalExports(): ReactNode {
  const { w } = useWords();
  const found = useInfiniteQuery(exportsQuery);
  if (found.isError) return <ProblemNote error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton h={200} />;
  const all = found.data.pages.flatMap((page) => page.exports);
  if (all.length === 0) return <Empty title={w.audit.exportsEmpty} text={w.audit.exportsEmptyText} />;
  const c = w.audit.columns;
  return (
    <>
      <Title order={2} mb="xs">
        {w.audit.exportsList}
      </Title>
      <div className="e-scroll" tabIndex={0} role="region" aria-label={w.audit.exportsList}>
        <table className="e-table">
          <thead>
            <tr>
              {[c.requestedAt, c.state, c.content, c.level].map((heading) => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ))}
              <th scope="col" className="e-num">
                {c.lines}
              </th>
              <th scope="col" className="e-num">
                {c.people}
              </th>
              <th scope="col">{c.requestedBy}</th>
            </tr>
          </thead>
          <tbody>
            {all.map((one) => (
              <ExportRow key={one.exportId} one={one} />
            ))}
          </tbody>
        </table>
      </div>
      <More pages={found} />
    </>
  );
}

function ExportRow({ one }: { readonly one: PersonalExport }): ReactNode {
  const { w, number, instant } = useWords();
  const { exportId, content, format, level, lines, people } = one;
  return (
    <tr>
      <td style={{ whiteSpace: 'nowrap' }}>
        <Link to="/audit/exports/$exportId" params={{ exportId }}>
          {instant(one.requestedAt)}
        </Link>
      </td>
      <td>
        <ExportStandingTag standing={one.standing} />
      </td>
      <td style={{ minWidth: 160 }}>
        {w.audit.contents[content]} · {w.audit.formats[format]}
      </td>
      <td style={{ minWidth: 140 }}>{w.audit.levels[level]}</td>
      <td className="e-num">{lines !== undefined && number(lines)}</td>
      <td className="e-num">{people !== undefined && number(people)}</td>
      <td>{one.requestedByName ?? one.requestedBy.split(':')[0]}</td>
    </tr>
  );
}
