import type { ReactNode } from 'react';
import { useWords } from '../words/language';
import { Tag } from './tag';

const SOON = 3;

interface DueTagProps {
  /** Days of the calendar in Japan: 0 on the last one, negative when it is over. */
  readonly days: number;
  /** The instant, shown on hover. */
  readonly at: string;
}

/** How long there still is: in days, and by when exactly on hover. */
export function DueTag({ days, at }: DueTagProps): ReactNode {
  const { w, number, instant } = useWords();
  const text =
    days < 0
      ? w.shell.overdue(number(-days))
      : days === 0
        ? w.shell.dueToday
        : w.shell.daysLeft(number(days));
  return (
    <Tag tone={days < 0 ? 'red' : days <= SOON ? 'amber' : 'grey'}>
      <time dateTime={at} title={instant(at)}>
        {text}
      </time>
    </Tag>
  );
}
