import { Drawer, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { RequestDetail, RequestStanding, RequestStep } from '../api/request-contract';
import { useWords } from '../words/language';
import css from './requests.module.css';
import { StepCard } from './timeline';

/** The steps that make a request stand where it stands; the last of each is what counts. */
const BECAUSE: Readonly<Record<RequestStanding, readonly string[]>> = {
  received: ['RequestReceived', 'RequestMatched', 'RequestIdentityChecked'],
  verified: ['RequestIdentityChecked'],
  decided: ['RequestDecided'],
  deferred: ['RequestDecided', 'RequestNotified'],
  executed: ['RequestExecuted'],
  notified: ['RequestNotified'],
  complained: ['RequestComplained'],
  closed: ['RequestClosed'],
};

/** The steps behind the state that is shown, oldest first. */
export function stepsBehind({ standing, pausedAt, timeline }: RequestDetail): readonly RequestStep[] {
  const types = [...BECAUSE[standing], ...(pausedAt === undefined ? [] : ['RequestPaused'])];
  const last = new Map(timeline.map((step) => [step.type, step]));
  return timeline.filter((step) => types.includes(step.type) && last.get(step.type) === step);
}

interface WhyDrawerProps {
  readonly request: RequestDetail;
  readonly onClose: () => void;
}

/** Why a request stands where it stands, and why the next step is due then: a sentence each, then the events. */
export function WhyDrawer({ request, onClose }: WhyDrawerProps): ReactNode {
  const { w, instant, number } = useWords();
  const { standing, pausedAt, dueAt, arrivedAt, openTasks } = request;
  const y = w.requests.why;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={560}
      padding="lg"
      title={y.title}
      closeButtonProps={{ 'aria-label': w.shell.close }}
    >
      <div className={css.why}>
        <p className="e-text">{y.standing[standing]}</p>
        {pausedAt !== undefined && <p className="e-text">{y.paused}</p>}
        {standing === 'decided' && openTasks > 0 && (
          <p className="e-text">{y.openTasks(number(openTasks))}</p>
        )}
        {dueAt !== undefined && (
          <p className="e-text">
            {standing === 'deferred'
              ? y.deferredUntil(instant(dueAt))
              : y.due(instant(arrivedAt), instant(dueAt))}
          </p>
        )}
      </div>
      <Title order={2} mt="lg" mb="xs">
        {w.person.because}
      </Title>
      <ol className={css.timeline}>
        {stepsBehind(request).map((step) => (
          <StepCard key={step.eventId} step={step} whole />
        ))}
      </ol>
    </Drawer>
  );
}
