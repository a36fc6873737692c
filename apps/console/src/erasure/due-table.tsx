import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/language';
import { useMonthText } from './month-text';
import type { DueCount } from './retention';

interface DueTableProps {
  readonly counts: readonly DueCount[];
  readonly onMonth: (month: string) => void;
}

/** The numbers of the chart, of every kind of data. */
export function DueTable({ counts, onMonth }: DueTableProps): ReactNode {
  const { w, number } = useWords();
  const monthText = useMonthText();
  const c = w.erasure.dueColumns;
  return (
    <div className="e-scroll" tabIndex={0} role="region" aria-label={w.erasure.retentionTitle}>
      <table className="e-table">
        <thead>
          <tr>
            <th scope="col">{c.month}</th>
            <th scope="col">{c.category}</th>
            <th scope="col" className="e-num">
              {c.people}
            </th>
            <th scope="col" className="e-num">
              {c.held}
            </th>
          </tr>
        </thead>
        <tbody>
          {counts.map(({ month, category, people, held }) => (
            <tr key={`${month} ${category}`}>
              <td>
                <UnstyledButton
                  fz="sm"
                  c="var(--mantine-color-anchor)"
                  td="underline"
                  onClick={() => onMonth(month)}
                >
                  {monthText(month)}
                </UnstyledButton>
              </td>
              <td>{w.erasure.category[category] ?? category}</td>
              <td className="e-num">{number(people)}</td>
              <td className="e-num">{held > 0 && number(held)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
