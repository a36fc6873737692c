import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/language';
import css from './thing.module.css';

interface Step {
  readonly word: string;
  /** Absent of what has not happened. */
  readonly at: string | undefined;
  readonly by?: string | undefined;
}

/** What happened to a thing, in order, and who did it. */
export function Steps({ steps }: { readonly steps: readonly Step[] }): ReactNode {
  const { w, instant } = useWords();
  return (
    <aside aria-labelledby="steps">
      <Title order={2} id="steps">
        {w.shell.timeline}
      </Title>
      <ol className={css.steps}>
        {steps.map(
          ({ word, at, by }) =>
            at !== undefined && (
              <li key={word}>
                <strong>{word}</strong>
                <time dateTime={at}>{instant(at)}</time>
                {by !== undefined && <div className="e-dim">{by}</div>}
              </li>
            ),
        )}
      </ol>
    </aside>
  );
}
