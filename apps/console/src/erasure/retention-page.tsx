import { NativeSelect, SegmentedControl, Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Empty } from '../app/empty';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import { DueChart } from './due-chart';
import { DueElsewhereTable } from './due-elsewhere-table';
import { DuePeople } from './due-people';
import { DueTable } from './due-table';
import { dueQuery, type DueCount } from './retention';

/** What falls due by month: the shape as a chart, its table one click away, and who it is. */
export function RetentionPage(): ReactNode {
  const { w } = useWords();
  const due = useQuery(dueQuery);
  return (
    <Page title={w.erasure.retentionTitle}>
      <p className="e-text" style={{ marginBottom: 20 }}>
        {w.erasure.retentionIntro}
      </p>
      {due.isError ? (
        <ProblemNote error={due.error} onRetry={() => void due.refetch()} />
      ) : due.isPending ? (
        <Skeleton h={360} />
      ) : due.data.counts.length === 0 && due.data.elsewhere.length === 0 ? (
        <Empty title={w.erasure.dueEmpty} text={w.erasure.dueEmptyText} />
      ) : (
        <>
          <Counts counts={due.data.counts} />
          {due.data.elsewhere.length > 0 && <DueElsewhereTable elsewhere={due.data.elsewhere} />}
        </>
      )}
    </Page>
  );
}

function Counts({ counts }: { readonly counts: readonly DueCount[] }): ReactNode {
  const { w } = useWords();
  const navigate = useNavigate();
  const { month } = useSearch({ from: '/retention' });
  const [form, setForm] = useState('chart');
  const categories = [...new Set(counts.map(({ category }) => category))];
  const [chosen, setChosen] = useState('programme');
  const category = categories.includes(chosen) ? chosen : (categories[0] ?? '');
  const onMonth = (next: string): void => {
    void navigate({ to: '/retention', search: next === month ? {} : { month: next }, resetScroll: false });
  };
  if (counts.length === 0) return null;
  return (
    <>
      <section className="e-card" aria-labelledby="due">
        <div
          style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: '8px 16px', marginBottom: 12 }}
        >
          <Title order={2} id="due" style={{ flex: '1 1 240px' }}>
            {w.erasure.chart}
          </Title>
          {form === 'chart' && (
            <NativeSelect
              label={w.erasure.dueColumns.category}
              value={category}
              onChange={({ currentTarget }) => setChosen(currentTarget.value)}
              data={categories.map((value) => ({ value, label: w.erasure.category[value] ?? value }))}
            />
          )}
          <SegmentedControl
            aria-label={w.erasure.chart}
            value={form}
            onChange={setForm}
            data={[
              { value: 'chart', label: w.erasure.asChart },
              { value: 'table', label: w.erasure.asTable },
            ]}
          />
        </div>
        {form === 'chart' ? (
          <DueChart
            counts={counts.filter((one) => one.category === category)}
            month={month}
            onMonth={onMonth}
          />
        ) : (
          <DueTable counts={counts} onMonth={onMonth} />
        )}
      </section>
      {month !== undefined && <DuePeople key={month} month={month} />}
    </>
  );
}
