import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { act } from '../api/client';
import { ApiProblem } from '../api/problem';
import type { RequestDetail, RequestStep, RequestTask } from '../api/request-contract';
import { useAccount } from '../app/account';
import { Notice } from '../app/notice';
import { useWords } from '../words/language';
import { numberOf, useDeskWords } from './desk-words';
import { FormDialog } from './form-dialog';
import type { Values } from './form-fields';
import { requestQuery, requestsQuery } from './queries';
import type { StepName } from './step-form';
import { stepForm } from './steps';

interface StepDialogProps {
  readonly step: StepName;
  readonly request: RequestDetail;
  readonly task: RequestTask | undefined;
  /** What was typed into this form before it was closed. */
  readonly draft: Values | undefined;
  readonly onDraft: (values: Values | undefined) => void;
  readonly onDone: (step: StepName) => void;
  readonly onClose: () => void;
}

/**
 * One step of a request. It is sent with the revision that was on the screen: where somebody else has acted since, what
 * they did is shown, what was typed stays, and the next press goes on from there.
 */
export function StepDialog(props: StepDialogProps): ReactNode {
  const { step, request, task, draft, onDraft, onDone, onClose } = props;
  const { w, language } = useWords();
  const { accountId } = useAccount();
  const words = useDeskWords();
  const queries = useQueryClient();
  const [seen] = useState(request);
  const [revision, setRevision] = useState(request.revision);
  const known = useInfiniteQuery({ ...requestsQuery({ state: 'all' }), enabled: step === 'link' });
  const others = (known.data?.pages.flatMap((page) => page.requests) ?? [])
    .filter(({ requestId }) => requestId !== request.requestId)
    .map((one) => ({
      value: one.requestId,
      label: [numberOf(one), words.kind(one.kind), one.requester].filter(Boolean).join(' '),
    }));
  const form = stepForm(step, { request, words, w, language, accountId, task, others });
  const values = draft ?? form.initial;
  const sending = useAct(
    (input: { readonly body: object; readonly revision: number }, key) =>
      act('POST', `/v1/requests/${request.requestId}/${form.path}`, input.body, key, input.revision),
    async () => {
      onDraft(undefined);
      await queries.invalidateQueries({ queryKey: ['requests'] });
      onDone(step);
    },
  );
  const send = (filled: Values): void =>
    sending.mutate(
      { body: form.body?.(filled) ?? filled, revision },
      {
        onError: (error) => {
          if (error instanceof ApiProblem && error.status === 412) void catchUp();
        },
      },
    );
  const catchUp = async (): Promise<void> => {
    const now = await queries.fetchQuery({ ...requestQuery(request.requestId), staleTime: 0 });
    setRevision(now.revision);
  };
  const meanwhile = request.timeline.slice(seen.timeline.length);
  const overtaken = sending.error instanceof ApiProblem && sending.error.status === 412;
  return (
    <FormDialog
      title={form.title}
      text={form.text}
      fields={form.fields(values)}
      values={values}
      button={form.button}
      busy={sending.isPending}
      error={overtaken && meanwhile.length > 0 ? null : sending.error}
      notice={meanwhile.length > 0 && <Meanwhile steps={meanwhile} button={form.button} />}
      onChange={onDraft}
      onSend={send}
      onClose={onClose}
    />
  );
}

/** What others did while the form was filled in. */
function Meanwhile({
  steps,
  button,
}: {
  readonly steps: readonly RequestStep[];
  readonly button: string;
}): ReactNode {
  const { w, language, instant } = useWords();
  return (
    <Notice tone="amber" role="alert" title={w.requests.meanwhile.title}>
      <ul style={{ margin: '4px 0', paddingLeft: 20 }}>
        {steps.map(({ eventId, summary, actorName, recordedAt }) => (
          <li key={eventId}>
            {w.requests.meanwhile.step(instant(recordedAt), actorName ?? '', summary[language])}
          </li>
        ))}
      </ul>
      <p>{w.requests.meanwhile.now(button)}</p>
    </Notice>
  );
}
