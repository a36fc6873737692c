import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { RequestDetail, RequestTask } from '../api/request-contract';
import { Notice } from '../app/notice';
import { Page } from '../app/page';
import { ProblemNote } from '../app/problem-note';
import { useWords } from '../words/language';
import { AttachDialog } from './attach-dialog';
import { numberOf, useDeskWords } from './desk-words';
import type { Values } from './form-fields';
import { MatchDialog } from './match-dialog';
import type { Opened } from './opened';
import { requestQuery } from './queries';
import { RequestHead } from './request-head';
import { RequestTabs } from './request-tabs';
import css from './requests.module.css';
import { StepDialog } from './step-dialog';
import type { StepName } from './step-form';
import { Timeline } from './timeline';
import { useResume } from './use-resume';
import { WhyDrawer } from './why-drawer';

const route = getRouteApi('/requests/$requestId');

/** One request: how far it is, the next step, what was said, and everything that happened. */
export function RequestPage(): ReactNode {
  const { w } = useWords();
  const { requestId } = route.useParams();
  const request = useQuery(requestQuery(requestId));
  const words = useDeskWords();
  return (
    <Page
      title={
        request.data
          ? w.requests.titleOf(words.kind(request.data.kind), numberOf(request.data))
          : w.requests.one
      }
      aside={<Link to="/requests">{w.requests.toList}</Link>}
    >
      {request.isError ? (
        <ProblemNote error={request.error} onRetry={() => void request.refetch()} />
      ) : request.isPending ? (
        <Skeleton h={400} aria-label={w.shell.loading} />
      ) : (
        <One key={requestId} request={request.data} />
      )}
    </Page>
  );
}

function One({ request }: { readonly request: RequestDetail }): ReactNode {
  const { w } = useWords();
  const [opened, setOpened] = useState<Opened>();
  const [task, setTask] = useState<RequestTask>();
  const [drafts, setDrafts] = useState<Readonly<Record<string, Values | undefined>>>({});
  const [done, setDone] = useState<Opened | 'resume'>();
  const resuming = useResume(request, () => setDone('resume'));
  const open = (what: Opened | 'resume', about?: RequestTask): void => {
    setDone(undefined);
    if (what === 'resume') return resuming.mutate(request.revision);
    setTask(about ?? request.tasks.find(({ answer }) => answer === undefined));
    setOpened(what);
  };
  const close = (): void => setOpened(undefined);
  const finish = (what: Opened): void => {
    close();
    setDone(what);
  };
  const draftOf = opened === 'answer' ? `answer.${task?.taskId ?? ''}` : (opened ?? '');
  return (
    <>
      <RequestHead request={request} busy={resuming.isPending} onOpen={open} />
      {resuming.isError && <ProblemNote error={resuming.error} />}
      {done !== undefined && done !== 'why' && (
        <Notice tone="teal" role="status" focus key={`${done}.${request.revision}`}>
          <p>{w.requests.done[done]}</p>
        </Notice>
      )}
      <div className={css.columns}>
        <RequestTabs request={request} onOpen={open} />
        <section className={css.aside} aria-labelledby="request-timeline">
          <h2 id="request-timeline" className={css.asideTitle}>
            {w.shell.timeline}
          </h2>
          <Timeline steps={request.timeline} />
        </section>
      </div>
      {opened === 'why' && <WhyDrawer request={request} onClose={close} />}
      {opened === 'match' && <MatchDialog request={request} onDone={() => finish('match')} onClose={close} />}
      {opened === 'attach' && (
        <AttachDialog requestId={request.requestId} onDone={() => finish('attach')} onClose={close} />
      )}
      {isStep(opened) && (
        <StepDialog
          key={draftOf}
          step={opened}
          request={request}
          task={task}
          draft={drafts[draftOf]}
          onDraft={(values) => setDrafts((now) => ({ ...now, [draftOf]: values }))}
          onDone={finish}
          onClose={close}
        />
      )}
    </>
  );
}

/** Whether what is open is a form of one step. */
function isStep(opened: Opened | undefined): opened is StepName {
  return opened !== undefined && opened !== 'why' && opened !== 'match' && opened !== 'attach';
}
