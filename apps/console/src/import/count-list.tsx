import type { ReactNode } from 'react';
import type { ImportCounts } from '../api/import-contract';
import { useWords } from '../words/language';
import css from './import.module.css';

interface CountListProps<Name extends keyof ImportCounts> {
  readonly names: readonly Name[];
  readonly counts: ImportCounts;
  readonly labels: Readonly<Record<Name, string>>;
  readonly hints: Readonly<Record<Name, string>>;
}

/** How many of each outcome, and what the word means. */
export function CountList<Name extends keyof ImportCounts>(props: CountListProps<Name>): ReactNode {
  const { names, counts, labels, hints } = props;
  const { number } = useWords();
  return (
    <dl className={css.counts}>
      {names.map((name) => (
        <div key={name} data-outcome={name} data-none={counts[name] === 0 || undefined}>
          <dt>{labels[name]}</dt>
          <dd>
            <strong>{number(counts[name])}</strong>
            <span>{hints[name]}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
