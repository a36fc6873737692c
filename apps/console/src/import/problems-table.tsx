import { Button, SegmentedControl, Skeleton, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { LeaversImport } from '../api/import-contract';
import { importProblemsQuery } from '../api/queries';
import { ProblemNote } from '../app/problem-note';
import { Tag } from '../app/tag';
import { useWords } from '../words/language';

const SEVERITIES = ['all', 'error', 'warning'] as const;

/** What was refused or left out, by line, column and reason; never a value. */
export function ProblemsTable({ one }: { readonly one: LeaversImport }): ReactNode {
  const { w, language, number } = useWords();
  const [severity, setSeverity] = useState<(typeof SEVERITIES)[number]>('all');
  const problems = useInfiniteQuery(importProblemsQuery(one.importId, severity, one.changedAt));
  const rows = problems.data?.pages.flatMap((page) => page.problems) ?? [];
  return (
    <div>
      <Title order={2}>{w.imports.problems}</Title>
      <p className="e-small e-dim" style={{ margin: '4px 0 12px' }}>
        {w.imports.problemsIntro}
      </p>
      <SegmentedControl
        aria-label={w.imports.kind}
        size="xs"
        mb="sm"
        value={severity}
        onChange={(next) => setSeverity(SEVERITIES.find((known) => known === next) ?? 'all')}
        data={SEVERITIES.map((value) => ({ value, label: w.imports.severity[value] }))}
      />
      {problems.isError ? (
        <ProblemNote error={problems.error} onRetry={() => void problems.refetch()} />
      ) : problems.isPending ? (
        <Skeleton h={120} />
      ) : rows.length === 0 ? (
        <p className="e-small">{w.imports.problemsNone}</p>
      ) : (
        <div className="e-scroll" tabIndex={0} role="region" aria-label={w.imports.problems}>
          <table className="e-table">
            <thead>
              <tr>
                <th scope="col" className="e-num">
                  {w.imports.line}
                </th>
                <th scope="col">{w.imports.column}</th>
                <th scope="col">{w.imports.kind}</th>
                <th scope="col">{w.imports.reason}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((problem) => (
                <tr key={problem.number}>
                  <td className="e-num">{number(problem.line)}</td>
                  <td>{problem.column ?? w.imports.consentField[problem.field ?? '']}</td>
                  <td>
                    <Tag tone={problem.severity === 'error' ? 'red' : 'amber'}>
                      {w.imports.oneSeverity[problem.severity]}
                    </Tag>
                  </td>
                  <td>
                    {problem.messages?.[language]} <span className="e-code e-dim">{problem.code}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {problems.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          mt="sm"
          loading={problems.isFetchingNextPage}
          onClick={() => void problems.fetchNextPage()}
        >
          {w.shell.more}
        </Button>
      )}
    </div>
  );
}
