import type { DataOf } from '../disclosure';
import type { Deciding, NewEvent, Refusal } from '../kernel';
import { refuse } from '../refusals';
import type { AnswerCommand, CloseRequest, DecideRequest, NotifyPerson } from './request-commands';
import { formFault } from './answer-form';
import { written } from './request-desk';
import { REQUEST_LAW } from './request-law';
import { asksSystems, tasksFor, unasked } from './request-systems';
import { isVerified, openTasks, waits, type RequestEvent, type RequestState } from './request-state';

type Ruling = readonly NewEvent<RequestEvent>[] | Refusal;
type Received = Pick<DataOf<'RequestReceived'>, 'requestId' | 'kind' | 'answerForm'>;

/** The decision, what is done for it, what the person is told, their complaint about it, and the end. */
export function decideAnswer(
  command: AnswerCommand,
  state: RequestState,
  received: Received,
  { decidedAt }: Deciding,
): Ruling {
  const of = {
    requestId: received.requestId,
    ...(state.alumnusId !== undefined && { alumnusId: state.alumnusId }),
  };
  switch (command.kind) {
    case 'DecideRequest': {
      const { kind: _, asking, ...decision } = command;
      const { reason, substitute } = decision;
      const asked = grants(decision.decision) && asksSystems(received.kind);
      return (
        undecidable(state) ??
        unlawful(command, state, received.kind, decidedAt) ??
        written({ reason, ...(substitute !== undefined && { substitute }) }, [
          { type: 'RequestDecided', data: { ...of, ...decision } },
          ...(asked ? tasksFor(asking, state, decidedAt) : []),
        ])
      );
    }
    case 'ExecuteRequest':
      return (
        inexecutable(command, state, received.kind, decidedAt) ??
        written({ changed: command.changed }, [
          { type: 'RequestExecuted', data: { ...of, changed: command.changed } },
        ])
      );
    case 'NotifyPerson':
      return notify(command, state, received, of, decidedAt);
    case 'TakeComplaint': {
      const { arrivedAt = decidedAt, complaint } = command;
      if (state.notified === undefined) return refuse('request-not-notified');
      if (state.complained !== undefined) return refuse('request-complained');
      if (arrivedAt > decidedAt) return refuse('effective-in-future');
      return written({ complaint }, [
        { type: 'RequestComplained', data: { ...of, complaint }, effectiveAt: arrivedAt },
      ]);
    }
    case 'CloseRequest': {
      const { kind: _, ...end } = command;
      const { reason } = end;
      return (
        unclosable(command, state) ??
        written(reason === undefined ? {} : { reason }, [{ type: 'RequestClosed', data: { ...of, ...end } }])
      );
    }
  }
}

/** Who is unverified is never decided about (APPI 37(1)(2)); what was decided stays, unless deferred or complained about. */
function undecidable(state: RequestState): Refusal | undefined {
  if (!isVerified(state)) return refuse('request-unverified');
  if (state.pausedAt !== undefined) return refuse('request-paused');
  const open = state.decision === undefined || waits(state) || state.complained !== undefined;
  return open ? undefined : refuse('request-decided');
}

/** Whether the decision and its ground fit what was asked for. */
function unlawful(
  { decision, refusalGround, substitute, deferredUntil, deferredUnder }: DecideRequest,
  { alumnusId }: RequestState,
  requestKind: Received['kind'],
  decidedAt: string,
): Refusal | undefined {
  const law = REQUEST_LAW[requestKind];
  const refuses = decision === 'refused' || (decision === 'in-part' && law.refusals.length > 0);
  if (decision === 'refused' && law.refusals.length === 0) return refuse('complaint-not-refusable');
  if (refuses && refusalGround === undefined) return refuse('refusal-ground-missing', { requestKind });
  if (refusalGround !== undefined && !(refuses && law.refusals.includes(refusalGround))) {
    return refuse('refusal-ground-unfit', { requestKind, refusalGround });
  }
  if (refusalGround === 'disproportionate-cost' && (substitute ?? '').trim() === '') {
    return refuse('substitute-missing');
  }
  const dated = deferredUntil !== undefined || deferredUnder !== undefined;
  if ((decision === 'deferred' || dated) && !(decision === 'deferred' && law.deferrable)) {
    return refuse('deferral-unfit', { requestKind });
  }
  if (decision === 'deferred') {
    if (deferredUntil === undefined || deferredUnder === undefined) return refuse('deferral-incomplete');
    if (deferredUntil <= decidedAt) return refuse('deferral-in-past');
  }
  const touches = decision !== 'refused' && law.touchesData;
  return touches && alumnusId === undefined ? refuse('request-unmatched') : undefined;
}

function grants(decision: DecideRequest['decision']): boolean {
  return decision === 'accepted' || decision === 'in-part';
}

/** Every system that may hold the data must have been asked, and have answered. */
function inexecutable(
  { asking }: Pick<DecideRequest, 'asking'>,
  state: RequestState,
  kind: Received['kind'],
  decidedAt: string,
): Refusal | undefined {
  const decided = state.decision?.data;
  if (decided === undefined) return refuse('request-undecided');
  if (decided.decision === 'refused') return refuse('request-refused');
  if (state.executed !== undefined) return refuse('request-executed');
  if (state.pausedAt !== undefined) return refuse('request-paused');
  if (decided.deferredUntil !== undefined && decided.deferredUntil >= decidedAt) {
    return refuse('request-deferred');
  }
  const systems = asksSystems(kind) ? unasked(asking, state).length : 0;
  if (systems > 0) return refuse('systems-unasked', { systems });
  const open = openTasks(state);
  return open > 0 ? refuse('task-open', { tasks: open }) : undefined;
}

function notify(
  { kind: _, sentAt: stated, ...told }: NotifyPerson,
  state: RequestState,
  received: Received,
  of: { readonly requestId: string; readonly alumnusId?: string },
  decidedAt: string,
): Ruling {
  const sentAt = stated ?? decidedAt;
  if (sentAt > decidedAt) return refuse('effective-in-future');
  if (told.about === 'unverifiable') {
    if (isVerified(state)) return refuse('request-verified');
  } else {
    if (state.decision === undefined) return refuse('request-undecided');
    const { decision } = state.decision.data;
    const done = decision === 'refused' || decision === 'deferred' || state.executed !== undefined;
    if (!done) return refuse('request-not-executed');
    const open = grants(decision) ? openTasks(state) : 0;
    if (open > 0) return refuse('task-open', { tasks: open });
    const fault = formFault(told, received);
    if (fault !== undefined) return fault;
  }
  const { said, proof, formReason } = told;
  return written({ said, proof, ...(formReason !== undefined && { formReason }) }, [
    { type: 'RequestNotified', data: { ...of, ...told }, effectiveAt: sentAt },
  ]);
}

function unclosable({ outcome, reason }: CloseRequest, state: RequestState): Refusal | undefined {
  const untold = state.executed !== undefined && state.notified === undefined;
  switch (outcome) {
    case 'answered':
      if (state.decision === undefined) return refuse('request-undecided');
      if (state.complained !== undefined) return refuse('request-complained');
      if (state.notified === undefined) return refuse('request-not-notified');
      return waits(state) ? refuse('request-deferred') : undefined;
    case 'withdrawn':
      if (untold) return refuse('request-not-notified');
      return reason === undefined ? refuse('reason-required') : undefined;
    case 'unverifiable':
      if (isVerified(state)) return refuse('request-verified');
      return state.toldUnverifiable ? undefined : refuse('request-not-notified');
    case 'duplicate':
      if (state.decision !== undefined) return refuse('request-decided');
      return state.originalId === undefined ? refuse('request-not-linked') : undefined;
  }
}
