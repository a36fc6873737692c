import type { ReactNode } from 'react';
import type { RequestLine, RequestStanding } from '../api/request-contract';
import { DueTag } from '../app/due-tag';
import { Tag } from '../app/tag';
import { useWords } from '../words/language';
import { useDeskWords } from './desk-words';

const TONES: Readonly<Record<RequestStanding, string>> = {
  received: 'grey',
  verified: 'blue',
  decided: 'blue',
  deferred: 'grey',
  executed: 'blue',
  notified: 'teal',
  complained: 'red',
  closed: 'grey',
};

/** How far a request is, whether it is paused, and how long there still is. */
export function StandingTags({ request }: { readonly request: RequestLine }): ReactNode {
  const { w } = useWords();
  const words = useDeskWords();
  const { standing, pausedAt, dueAt, daysLeft } = request;
  return (
    <>
      <Tag tone={TONES[standing]}>{words.of('standing', standing)}</Tag>
      {pausedAt !== undefined && <Tag tone="amber">{w.requests.paused}</Tag>}
      {dueAt !== undefined && daysLeft !== undefined && <DueTag days={daysLeft} at={dueAt} />}
    </>
  );
}
