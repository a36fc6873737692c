import type { Decider, Deciding, NewEvent, Refusal } from '../kernel';
import { refuse } from '../refusals';
import { textsFault } from '../texts';
import { decideAnswer } from './request-answer';
import type { AnswerCommand, DeskCommand, ReceiveRequest, RequestCommand } from './request-commands';
import { requestDates } from './request-dates';
import { decideAtDesk } from './request-desk';
import { REQUEST_LAW } from './request-law';
import { noteReply, orderReply } from './request-reply';
import { evolveRequest, INITIAL_REQUEST, type RequestEvent, type RequestState } from './request-state';

/** What is decided about a request. */
export type RequestRuling = readonly NewEvent<RequestEvent>[] | Refusal;

const ANSWERS: ReadonlySet<string> = new Set<AnswerCommand['kind']>([
  'DecideRequest',
  'ExecuteRequest',
  'NotifyPerson',
  'TakeComplaint',
  'CloseRequest',
]);

/**
 * Rules of a stream `request-<id>`: a person asks (APPI 28(3), 32 to 35, 40), it is found out who asks, decided with a
 * reason, carried out where the data is, and told.
 */
export const requestDecider: Decider<RequestCommand, RequestState, RequestEvent> = {
  initial: INITIAL_REQUEST,

  decide(command, state, context): RequestRuling {
    if (command.kind === 'ReceiveRequest') {
      return state.received === undefined ? receive(command, context) : [];
    }
    // What became of a letter is noted of closed requests too; a letter of another desk is none of theirs.
    if (command.kind === 'NoteReplySent' || command.kind === 'NoteReplyReturned')
      return noteReply(command, state, context);
    if (state.received === undefined) return refuse('request-unknown');
    if (state.closed !== undefined && command.kind !== 'TakeComplaint') return refuse('request-closed');
    if (command.kind === 'OrderReply') return orderReply(command, state, state.received.data);
    return isAnswer(command)
      ? decideAnswer(command, state, state.received.data, context)
      : decideAtDesk(command, state, state.received.data, context);
  },

  evolve: evolveRequest,
};

function isAnswer(command: AnswerCommand | DeskCommand): command is AnswerCommand {
  return ANSWERS.has(command.kind);
}

function receive(
  { requestId, request, arrivedAt: stated, set }: ReceiveRequest,
  { decidedAt }: Deciding,
): RequestRuling {
  const { kind, ground, party, agent, requester, asked, answerTo, aboutThem } = request;
  const arrivedAt = stated ?? decidedAt;
  const { grounds } = REQUEST_LAW[kind];
  if (arrivedAt > decidedAt) return refuse('effective-in-future');
  if (requester.trim() === '') return refuse('requester-missing');
  if (asked.trim() === '') return refuse('asked-missing');
  if (ground === undefined && grounds.length > 0)
    return refuse('request-ground-missing', { requestKind: kind });
  if (ground !== undefined && !grounds.includes(ground)) {
    return refuse('request-ground-unfit', { requestKind: kind, requestGround: ground });
  }
  if (party !== 'person' && agent === undefined) return refuse('request-agent-missing');
  if (party === 'person' && agent !== undefined) return refuse('request-agent-unexpected');
  const data = { requestId, ...request, arrivedAt, ...requestDates(arrivedAt, set) };
  return (
    textsFault({ requester, asked, answerTo, aboutThem, agent }) ?? [
      { type: 'RequestReceived', data, effectiveAt: arrivedAt },
    ]
  );
}
