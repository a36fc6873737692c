import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/problem';
import { useWords, type Speaking } from '../words/language';
import { Notice } from './notice';

/** A problem in words: what happened, what now, and the code to quote. */
export interface SaidProblem {
  readonly what: string;
  readonly now: string;
  readonly code: string;
  readonly items: readonly string[];
}

/** Says a problem: in the server's own words where it has them, else by what kind of answer it was. */
export function sayProblem(error: unknown, { w, language }: Pick<Speaking, 'w' | 'language'>): SaidProblem {
  const p = w.problems;
  if (!(error instanceof ApiProblem)) return { what: p.server, now: p.serverNow, code: 'console', items: [] };
  const [what, now] = wordsFor(error, p);
  return {
    what: error.messages?.[language] ?? what,
    now,
    code: error.code,
    items: error.errors.map(({ path, message, messages }) => {
      const said = messages?.[language] ?? message;
      return path === '' ? said : `${path}: ${said}`;
    }),
  };
}

function wordsFor({ status, code }: ApiProblem, p: Speaking['w']['problems']): readonly [string, string] {
  if (code === 'view-behind') return [p.viewBehind, p.viewBehindNow];
  if (code === 'view-parked') return [p.viewParked, p.viewParkedNow];
  switch (status) {
    case 0:
      return [p.network, p.networkNow];
    case 403:
      return [p.forbidden, p.forbiddenNow];
    case 404:
      return [p.notFound, p.notFoundNow];
    case 409:
    case 412:
      return [p.contended, p.contendedNow];
    case 413:
      return [p.tooLarge, p.tooLargeNow];
    case 429:
    case 503:
      return [p.busy, p.busyNow];
    case 422:
      return [p.refused, p.refusedNow];
    default:
      return status >= 500 ? [p.server, p.serverNow] : [p.invalid, p.invalidNow];
  }
}

/** Whether the same thing again may go through; what a rule refused stays refused. */
function mayHelp(error: unknown): boolean {
  if (!(error instanceof ApiProblem)) return true;
  return error.status === 0 || error.status >= 500 || [409, 412, 429].includes(error.status);
}

interface ProblemNoteProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** Shows a problem where it happened, and offers to try again where that makes sense. */
export function ProblemNote({ error, onRetry }: ProblemNoteProps): ReactNode {
  const speaking = useWords();
  const { what, now, code, items } = sayProblem(error, speaking);
  return (
    <Notice tone="red" role="alert" title={what}>
      <p>{now}</p>
      {items.length > 0 && (
        <ul style={{ margin: '4px 0', paddingLeft: 20 }}>
          {items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )}
      <p className="e-tiny">
        {speaking.w.problems.code}: <span className="e-code">{code}</span>
      </p>
      {onRetry && mayHelp(error) && (
        <Button size="xs" variant="default" mt="xs" onClick={onRetry}>
          {speaking.w.shell.retry}
        </Button>
      )}
    </Notice>
  );
}
