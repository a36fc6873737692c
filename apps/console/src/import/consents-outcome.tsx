import { Button, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ImportCounts } from '../api/import-contract';
import { useAccount } from '../app/account';
import { Icon } from '../app/icons';
import { useWords } from '../words/language';
import { CountList } from './count-list';
import css from './import.module.css';

const NAMES = ['recorded', 'incomplete', 'unchanged', 'refused', 'warnings', 'scansUnused'] as const;
/** Said also where there is none of them. */
const ALWAYS: readonly string[] = ['recorded', 'incomplete', 'unchanged', 'refused'];

function AnswerCounts({ counts }: { readonly counts: ImportCounts }): ReactNode {
  const { w } = useWords();
  const names = NAMES.filter((name) => ALWAYS.includes(name) || counts[name] > 0);
  return (
    <CountList names={names} counts={counts} labels={w.imports.answerCounts} hints={w.imports.answerHints} />
  );
}

interface OutcomeProps {
  readonly counts: ImportCounts;
  readonly busy: boolean;
  readonly onRun: () => void;
}

/** What importing a list of consents will do, and the button that does it and says how many. */
export function ConsentsOutcome({ counts, busy, onRun }: OutcomeProps): ReactNode {
  const { w, number } = useWords();
  return (
    <section className="e-card" aria-labelledby="outcome">
      <Title order={2} id="outcome">
        {w.imports.outcome}
      </Title>
      <p className="e-small e-dim" style={{ margin: '4px 0 16px' }}>
        {w.imports.outcomeIntro}
      </p>
      <AnswerCounts counts={counts} />
      <div style={{ marginTop: 16 }}>
        {counts.recorded === 0 ? (
          <p style={{ margin: 0 }}>{w.imports.nothing}</p>
        ) : (
          <Button onClick={onRun} loading={busy}>
            {w.imports.runRows(number(counts.recorded))}
          </Button>
        )}
      </div>
    </section>
  );
}

/** What was recorded, and who must look at it before it counts. */
export function ConsentsDone({ counts }: { readonly counts: ImportCounts }): ReactNode {
  const { w, number } = useWords();
  const { can } = useAccount();
  const { recorded, incomplete } = counts;
  return (
    <section className="e-card" role="status" aria-labelledby="done">
      <Title order={2} id="done" className={css.doneTitle}>
        <Icon name="check" /> {recorded > 0 ? w.imports.doneAnswers(number(recorded)) : w.imports.doneNothing}
      </Title>
      <div style={{ margin: '16px 0' }}>
        <AnswerCounts counts={counts} />
      </div>
      <p className="e-text" style={{ margin: '4px 0 12px' }}>
        {incomplete > 0 ? w.imports.doneIncomplete(number(incomplete)) : w.imports.doneComplete}
      </p>
      {can('alumni:read') && (
        <Button
          variant="default"
          renderRoot={(props) => <Link {...props} to="/alumni" search={{ mode: 'contactable' }} />}
        >
          {w.imports.toConsented}
        </Button>
      )}
    </section>
  );
}
