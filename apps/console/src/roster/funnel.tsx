import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Funnel } from '../api/contract';
import { useAccount } from '../app/account';
import { Icon } from '../app/icons';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import css from './roster.module.css';

interface FunnelSentenceProps {
  readonly query: UseQueryResult<Funnel>;
  /** Whether the purpose is retired, so that nothing comes next. */
  readonly ended: boolean;
}

/** How many people remain at each step, and the step that comes next. */
export function FunnelSentence({ query, ended }: FunnelSentenceProps): ReactNode {
  const { w, number } = useWords();
  const { can } = useAccount();
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton h={56} mb="lg" maw={720} />;
  const { imported, reachable, consented, approachable, estimated } = query.data;
  const people = (count: number): string => {
    const text = w.shell.people(number(count));
    return estimated ? w.shell.about(text) : text;
  };
  const steps = [
    { count: imported, word: w.roster.imported },
    { count: reachable, word: w.roster.reachable, hint: w.roster.reachableHint },
    { count: consented, word: w.roster.consented, hint: w.roster.consentedHint },
  ];
  return (
    <section aria-label={w.roster.funnel}>
      <ol className={css.funnel}>
        {steps.map(({ count, word, hint }) => (
          <li key={word} title={hint}>
            <strong>{people(count)}</strong> <span>{word}</span>
            <span
              className={css.share}
              aria-hidden="true"
              style={{ width: `${imported === 0 ? 0 : (count / imported) * 100}%` }}
            />
          </li>
        ))}
        {!ended && (
          <li className={css.next}>
            <Link from="/alumni" to="/alumni" search={(now) => ({ ...now, mode: 'approachable' as const })}>
              {can('consents:write') ? w.roster.ask : w.roster.modes.approachable}
              <Icon name="chevron" size={14} />
            </Link>
            <span>{people(approachable)}</span>
          </li>
        )}
      </ol>
    </section>
  );
}
