import { Button, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { act, ask, rememberPosition } from '../api/client';
import type { ImportUndo, LeaversImport } from '../api/import-contract';
import { useAccount } from '../app/account';
import { Notice } from '../app/notice';
import { ProblemNote } from '../app/problem-note';
import { ReasonDialog } from '../person/reason-dialog';
import { useWords, type Speaking } from '../words/language';
import { leftQuery, undoQuery } from './batch-queries';
import css from './import.module.css';

/** Taking back what an import brought: whom it touches, why, and what came of it. */
export function UndoSection({ one }: { readonly one: LeaversImport }): ReactNode {
  const speaking = useWords();
  const { w } = speaking;
  const { permissions } = useAccount();
  const may = permissions.includes('imports:undo');
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const path = `/v1/imports/${one.importId}/undo`;
  const ordering = useAct(
    (reason: string, key) => act<ImportUndo>('POST', path, { reason }, key),
    (next) => {
      setAsking(false);
      queries.setQueryData(undoQuery(one.importId).queryKey, next);
    },
  );
  // Where nobody has ordered it there is nothing to ask for, and the browser would note an error.
  const ordered = one.undo !== undefined || ordering.isSuccess;
  const undo = useQuery({ ...undoQuery(one.importId), enabled: may && ordered });
  useEverythingAfter(undo.data?.state);
  if (!may) return null;
  if (undo.isError) return <ProblemNote error={undo.error} onRetry={() => void undo.refetch()} />;
  if (ordered && undo.isPending) return null;
  const known = undo.data ?? null;
  const { kind } = one.options;
  const again = known?.state === 'interrupted' || known?.state === 'failed';
  return (
    <section className="e-card" aria-labelledby="undo">
      <Title order={2} id="undo">
        {w.imports.takeBack}
      </Title>
      {known !== null && <Undone one={one} undo={known} />}
      {(known === null || again) && (
        <>
          <p className="e-small e-dim" style={{ margin: '4px 0 12px' }}>
            {w.imports.takeBackText[kind]}
          </p>
          <Button variant="default" c="var(--e-red)" onClick={() => setAsking(true)}>
            {w.imports.takeBackButton}
          </Button>
        </>
      )}
      {asking && (
        <ReasonDialog
          title={w.imports.takeBackAsk}
          text={`${concerned(one, speaking)} ${w.imports.takeBackText[kind]}`}
          label={w.imports.takeBackReason}
          hint={w.imports.takeBackReasonHint}
          button={yesText(one, speaking)}
          danger
          busy={ordering.isPending}
          error={ordering.error}
          onSend={(reason) => ordering.mutate(reason)}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}

function concerned({ counts, options }: LeaversImport, { w, number }: Speaking): string {
  const words = w.imports.takeBackCounts;
  if (options.kind === 'consents') return words.consents(number(counts.recorded));
  const { registered, corrected, employmentsAdded } = counts;
  return words.leavers(number(registered), number(corrected), number(employmentsAdded));
}

function yesText({ counts, options }: LeaversImport, { w, number }: Speaking): string {
  const { registered, corrected, employmentsAdded, recorded } = counts;
  const count = options.kind === 'consents' ? recorded : registered + corrected + employmentsAdded;
  return w.imports.takeBackYes[options.kind](number(count));
}

/** How far it is; once it is through, what came of it. */
function Undone({ one, undo }: { readonly one: LeaversImport; readonly undo: ImportUndo }): ReactNode {
  const { w, number } = useWords();
  const { state, counts } = undo;
  if (state === 'running') {
    return (
      <p role="status" style={{ margin: '8px 0 0' }}>
        {w.imports.undoing(number(counts.people))}
      </p>
    );
  }
  const words = w.imports.undoCounts;
  const { kind } = one.options;
  const shown = (
    ['people', ...(kind === 'leavers' ? (['hidden'] as const) : []), 'reverted', 'left'] as const
  ).map((name) => ({ name, label: name === 'reverted' ? words.reverted[kind] : words[name] }));
  return (
    <div style={{ marginTop: 8 }}>
      <Notice
        tone={state === 'done' ? 'teal' : 'amber'}
        role="status"
        title={state === 'done' ? w.imports.undone : w.imports.undoState[state]}
      >
        {state !== 'done' && <p style={{ margin: 0 }}>{w.imports.undoStopped}</p>}
      </Notice>
      <dl className={css.counts} style={{ marginTop: 12 }}>
        {shown.map(({ name, label }) => (
          <div key={name} data-outcome={name} data-none={counts[name] === 0 || undefined}>
            <dt>{label}</dt>
            <dd>
              <strong>{number(counts[name])}</strong>
            </dd>
          </div>
        ))}
      </dl>
      {counts.left > 0 && <WhatStays importId={one.importId} />}
    </div>
  );
}

/** People by the beginning of their id: a name would be opened for no reason. */
function WhatStays({ importId }: { readonly importId: string }): ReactNode {
  const { w, language } = useWords();
  const left = useQuery(leftQuery(importId));
  if (left.isError) return <ProblemNote error={left.error} onRetry={() => void left.refetch()} />;
  if (left.isPending) return null;
  return (
    <>
      <Title order={3} mt="md" mb={4}>
        {w.imports.leftTitle}
      </Title>
      <div className="e-scroll" tabIndex={0} role="region" aria-label={w.imports.leftTitle}>
        <table className="e-table">
          <thead>
            <tr>
              <th scope="col">{w.imports.person}</th>
              <th scope="col">{w.imports.reason}</th>
            </tr>
          </thead>
          <tbody>
            {left.data.left.map(({ number, alumnusId, code, field, messages }) => (
              <tr key={number}>
                <td className="e-code">{alumnusId.slice(0, 8)}</td>
                <td>
                  {field != null && `${w.terms.leaverField[field] ?? field}: `}
                  {messages?.[language] ?? code}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {left.data.next !== undefined && <p className="e-small e-dim">{w.imports.leftMore}</p>}
    </>
  );
}

/** Once an undoing that was watched is through, everything about people is asked for anew. */
function useEverythingAfter(state: ImportUndo['state'] | undefined): void {
  const queries = useQueryClient();
  const before = useRef(state);
  useEffect(() => {
    if (before.current === 'running' && state === 'done') {
      void ask<{ head: string | null }>('/v1/ledger')
        .then(({ head }) => rememberPosition(head))
        .catch(() => undefined)
        .finally(() => {
          void queries.invalidateQueries({ queryKey: ['alumni'] });
          void queries.invalidateQueries({ queryKey: ['imports'] });
        });
    }
    before.current = state;
  }, [state, queries]);
}
