import type { ReactNode } from 'react';
import { useWords } from '../words/language';
import css from './erasure.module.css';
import { useMonthText } from './month-text';
import type { DueCount } from './retention';

interface DueChartProps {
  /** Of one category. */
  readonly counts: readonly DueCount[];
  readonly month: string | undefined;
  readonly onMonth: (month: string) => void;
}

/** A bar for each month; each is a button that shows who it is. */
export function DueChart({ counts, month, onMonth }: DueChartProps): ReactNode {
  const { w, number } = useWords();
  const monthText = useMonthText();
  const most = Math.max(1, ...counts.map(({ people }) => people));
  const share = (people: number): string => `${(people / most) * 100}%`;
  return (
    <>
      <p className={css.key} aria-hidden="true">
        <span>{w.erasure.chartFree}</span>
        <span data-held>{w.erasure.chartHeld}</span>
      </p>
      <ol className={css.chart}>
        {counts.map(({ month: one, people, held }) => (
          <li key={one}>
            <button type="button" aria-pressed={one === month} onClick={() => onMonth(one)}>
              <span>{monthText(one)}</span>
              <span className={css.bar} aria-hidden="true">
                <span style={{ width: share(people - held) }} />
                <span data-held style={{ width: share(held) }} />
              </span>
              <span className="e-num">{w.shell.people(number(people))}</span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
