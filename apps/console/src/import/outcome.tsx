import { Button, Group, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ImportCounts, LeaversImport } from '../api/import-contract';
import { useAccount } from '../app/account';
import { Icon } from '../app/icons';
import { Notice } from '../app/notice';
import { useWords, type Speaking } from '../words/language';
import { CountList } from './count-list';
import css from './import.module.css';

type OutcomeName = Exclude<
  keyof ImportCounts,
  'rows' | 'bytesRead' | 'recorded' | 'incomplete' | 'scansUnused'
>;
const AFTER_READING: readonly OutcomeName[] = ['leavers', 'notLeavers', 'refused', 'warnings'];
const AFTER_COMPARING: readonly OutcomeName[] = [
  'registered',
  'corrected',
  'employmentsAdded',
  'unchanged',
  'notLeavers',
  'refused',
  'blocked',
  'warnings',
];

/** Whether the rows were compared with the ledger; a trial may only have read them. */
function isCompared(counts: ImportCounts): boolean {
  const { leavers, registered, corrected, employmentsAdded, unchanged, blocked } = counts;
  return leavers === 0 || registered + corrected + employmentsAdded + unchanged + blocked > 0;
}

function Counts({ counts }: { readonly counts: ImportCounts }): ReactNode {
  const { w } = useWords();
  const names = (isCompared(counts) ? AFTER_COMPARING : AFTER_READING).filter(
    (outcome) => outcome !== 'blocked' || counts.blocked > 0,
  );
  return <CountList names={names} counts={counts} labels={w.imports.counts} hints={w.imports.countHints} />;
}

/** What the button that imports says: people where they were told apart, else rows. */
function runText(counts: ImportCounts, { w, number }: Pick<Speaking, 'w' | 'number'>): string | undefined {
  if (!isCompared(counts)) return w.imports.runRows(number(counts.leavers));
  if (touched(counts) > 0) return w.imports.run(number(touched(counts)));
  return counts.employmentsAdded > 0 ? w.imports.runRows(number(counts.employmentsAdded)) : undefined;
}

/** People whom an import touches: new ones and corrected ones. */
function touched({ registered, corrected }: ImportCounts): number {
  return registered + corrected;
}

interface OutcomeProps {
  readonly counts: ImportCounts;
  readonly busy: boolean;
  readonly onRun: () => void;
}

/** What importing will do, and the button that does it and says how many. */
export function Outcome({ counts, busy, onRun }: OutcomeProps): ReactNode {
  const speaking = useWords();
  const { w } = speaking;
  const text = runText(counts, speaking);
  return (
    <section className="e-card" aria-labelledby="outcome">
      <Title order={2} id="outcome">
        {w.imports.outcome}
      </Title>
      <p className="e-small e-dim" style={{ margin: '4px 0 16px' }}>
        {w.imports.outcomeIntro}
      </p>
      <Counts counts={counts} />
      <p className="e-small e-dim" style={{ margin: '16px 0 12px' }}>
        {w.imports.undo}
      </p>
      {text === undefined ? (
        <p style={{ margin: 0 }}>{w.imports.nothing}</p>
      ) : (
        <Button onClick={onRun} loading={busy}>
          {text}
        </Button>
      )}
    </section>
  );
}

/** What happened, and what to do next. */
export function ImportDone({ counts }: { readonly counts: ImportCounts }): ReactNode {
  const { w, number } = useWords();
  const { can } = useAccount();
  const people = touched(counts);
  return (
    <section className="e-card" role="status" aria-labelledby="done">
      <Title order={2} id="done" className={css.doneTitle}>
        <Icon name="check" /> {people > 0 ? w.imports.done(number(people)) : w.imports.doneNothing}
      </Title>
      <div style={{ margin: '16px 0' }}>
        <Counts counts={counts} />
      </div>
      <Title order={3}>{w.imports.next}</Title>
      <p className="e-text" style={{ margin: '4px 0 12px' }}>
        {w.imports.doneText}
      </p>
      {can('alumni:read') && (
        <Button renderRoot={(props) => <Link {...props} to="/alumni" search={{ mode: 'approachable' }} />}>
          {w.imports.toRoster}
        </Button>
      )}
      <p className="e-small e-dim" style={{ margin: '12px 0 0' }}>
        {w.imports.undo}
      </p>
    </section>
  );
}

interface InterruptedProps {
  readonly one: LeaversImport;
  readonly busy: boolean;
  readonly onResume: () => void;
}

/** It stopped half-way: why, and how to go on. */
export function Interrupted({ one, busy, onResume }: InterruptedProps): ReactNode {
  const { w, language } = useWords();
  const interrupted = one.state === 'interrupted';
  return (
    <Notice
      tone={interrupted ? 'amber' : 'red'}
      role="alert"
      title={interrupted ? w.imports.interrupted : w.imports.failed}
    >
      {one.failure?.messages && <p style={{ margin: '0 0 4px' }}>{one.failure.messages[language]}</p>}
      <p style={{ margin: 0 }}>{interrupted ? w.imports.interruptedText : w.imports.failedNow}</p>
      {one.failure && (
        <p className="e-tiny e-dim" style={{ margin: '4px 0 0' }}>
          {w.problems.code}: <span className="e-code">{one.failure.code}</span>
        </p>
      )}
      {interrupted && one.mappingProblems.length === 0 && (
        <Group mt="sm">
          <Button size="sm" onClick={onResume} loading={busy}>
            {w.imports.resume}
          </Button>
        </Group>
      )}
    </Notice>
  );
}
