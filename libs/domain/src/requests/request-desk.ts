import type { DataOf } from '../disclosure';
import type { Deciding, NewEvent, Refusal } from '../kernel';
import { refuse } from '../refusals';
import { textsFault } from '../texts';
import type { DeskCommand } from './request-commands';
import { REQUEST_LAW } from './request-law';
import { isVerified, type RequestEvent, type RequestState } from './request-state';
import { asksSystems, tasksFor } from './request-systems';

type Ruling = readonly NewEvent<RequestEvent>[] | Refusal;
type Received = Pick<DataOf<'RequestReceived'>, 'requestId' | 'kind' | 'party'>;

/** What clerks do with a request that is open. */
export function decideAtDesk(
  command: DeskCommand,
  state: RequestState,
  received: Received,
  { decidedAt }: Deciding,
): Ruling {
  const { requestId } = received;
  switch (command.kind) {
    case 'CheckIdentity':
      return checkIdentity(command, state, received);
    case 'MatchRequest':
      return match(command, state, requestId);
    case 'AssignRequest': {
      const { kind: _, ...who } = command;
      if (who.assigneeId === who.deputyId) return refuse('deputy-is-assignee');
      const same = who.assigneeId === state.assigneeId && who.deputyId === state.deputyId;
      return same ? [] : [{ type: 'RequestAssigned', data: { requestId, ...who } }];
    }
    case 'NoteOnRequest':
      return written({ note: command.note }, [
        { type: 'RequestNoted', data: { requestId, note: command.note } },
      ]);
    case 'AttachToRequest': {
      const { kind: _, ...file } = command;
      return written({ title: file.title }, [{ type: 'RequestAttached', data: { requestId, ...file } }]);
    }
    case 'PauseRequest':
      if (state.pausedAt !== undefined) return refuse('request-paused');
      return written({ reason: command.reason }, [
        { type: 'RequestPaused', data: { requestId, reason: command.reason } },
      ]);
    case 'ResumeRequest':
      return state.pausedAt === undefined ? [] : [{ type: 'RequestResumed', data: { requestId } }];
    case 'LinkRequest':
      return link(command, state, requestId);
    case 'ChargeFee': {
      const { amount } = command;
      if (!REQUEST_LAW[received.kind].fee) return refuse('fee-not-allowed', { requestKind: received.kind });
      return state.fee === amount ? [] : [{ type: 'RequestFeeCharged', data: { requestId, amount } }];
    }
    case 'OpenTask': {
      const { kind: _, ...task } = command;
      if (!isVerified(state)) return refuse('request-unverified');
      if (state.tasks.some(({ taskId }) => taskId === task.taskId)) return [];
      if (task.dueAt <= decidedAt) return refuse('task-due-in-past');
      return written({ task: task.task, system: task.system }, [
        { type: 'RequestTaskOpened', data: { requestId, ...task } },
      ]);
    }
    case 'AskSystems':
      if (!isVerified(state)) return refuse('request-unverified');
      if (state.decision?.data.decision === 'refused') return refuse('request-refused');
      if (!asksSystems(received.kind))
        return refuse('request-needs-no-system', { requestKind: received.kind });
      return tasksFor(command.asking, state, decidedAt);
    case 'AnswerTask':
      return answerTask(command, state, requestId);
  }
}

/**
 * Nothing is done for somebody of whom it is not known who they are, and of the check only what was seen is kept, never a
 * copy (APPI 37(1)(2), Enforcement Order 12(iii), 13).
 */
function checkIdentity(
  { kind: _, ...check }: Extract<DeskCommand, { kind: 'CheckIdentity' }>,
  { decision }: RequestState,
  { requestId, party }: Received,
): Ruling {
  if (decision !== undefined) return refuse('request-decided');
  const { result, seen, authority } = check;
  const agentVerified = result === 'verified' && party !== 'person';
  if (agentVerified && (authority ?? '').trim() === '') return refuse('request-authority-missing');
  return written({ seen, ...(authority !== undefined && { authority }) }, [
    { type: 'RequestIdentityChecked', data: { requestId, ...check } },
  ]);
}

function match(
  { alumnusId, registered }: Extract<DeskCommand, { kind: 'MatchRequest' }>,
  state: RequestState,
  requestId: string,
): Ruling {
  if (state.alumnusId === alumnusId) return [];
  if (state.decision !== undefined) return refuse('request-decided');
  if (!registered) return refuse('alumnus-unknown');
  return [{ type: 'RequestMatched', data: { requestId, alumnusId } }];
}

function link(
  { originalId, original }: Extract<DeskCommand, { kind: 'LinkRequest' }>,
  state: RequestState,
  requestId: string,
): Ruling {
  if (state.originalId === originalId) return [];
  if (state.decision !== undefined) return refuse('request-decided');
  if (original === 'none') return refuse('request-unknown');
  if (original === 'duplicate' || originalId === requestId) return refuse('request-link-unfit');
  return [{ type: 'RequestLinked', data: { requestId, originalId } }];
}

function answerTask(
  { kind: _, ...answer }: Extract<DeskCommand, { kind: 'AnswerTask' }>,
  state: RequestState,
  requestId: string,
): Ruling {
  const task = state.tasks.find(({ taskId }) => taskId === answer.taskId);
  if (task === undefined) return refuse('task-unknown');
  if (task.answer !== undefined && state.executed !== undefined) return refuse('request-executed');
  return written({ proof: answer.proof }, [{ type: 'RequestTaskAnswered', data: { requestId, ...answer } }]);
}

/** The events, where each of these texts says something and holds nothing that must not be kept. */
export function written(
  texts: Readonly<Record<string, string>>,
  events: readonly NewEvent<RequestEvent>[],
): Ruling {
  const blank = Object.keys(texts).find((field) => texts[field]!.trim() === '');
  if (blank === 'reason') return refuse('reason-required');
  if (blank !== undefined) return refuse('value-blank', { field: blank });
  return textsFault(texts) ?? events;
}
