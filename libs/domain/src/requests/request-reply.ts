import type { Deciding, NewEvent, Refusal } from '../kernel';
import type { DataOf } from '../disclosure';
import { documentRow } from '../law/documents';
import { LAW } from '../law/law-table';
import type { LetterMeans } from '../letters/kinds';
import type { LetterValues } from '../letters/placeholders';
import { refuse } from '../refusals';
import type { LetterAddress } from '../shapes';
import { tokyoDay } from '../time';
import { formFault } from './answer-form';
import type { NoteReplyReturned, NoteReplySent, OrderReply, ReplyWords } from './request-commands';
import { written } from './request-desk';
import { REQUEST_LAW } from './request-law';
import { REQUEST_KIND_NAMES, REQUEST_NAMES } from './request-names';
import { isVerified, openTasks, type RequestEvent, type RequestState } from './request-state';
import type { ReplyKind } from './request-terms';

/** Kinds of request for which a letter says what was corrected (34(3)). */
const CORRECTIONS: ReadonlySet<string> = new Set(['correction', 'addition', 'deletion']);

type Ruling = readonly NewEvent<RequestEvent>[] | Refusal;
type Received = Pick<DataOf<'RequestReceived'>, 'requestId' | 'kind' | 'answerForm'>;

/** The desk has a letter written; in the form that was asked for, where it tells the decision (33(2)). */
export function orderReply(command: OrderReply, state: RequestState, received: Received): Ruling {
  const { letterId, letter, means, formReason } = command;
  if (state.replies.some((one) => one.letterId === letterId)) return [];
  const form = formOf(means);
  const fault =
    replyFault(letter, state, received) ??
    (tellsDecision(letter) ? formFault({ form, formReason }, received) : undefined);
  if (fault !== undefined) return fault;
  const data = {
    requestId: received.requestId,
    ...(state.alumnusId !== undefined && { alumnusId: state.alumnusId }),
    ...{ letterId, letter, form },
    ...(formReason !== undefined && { formReason }),
  };
  return written(formReason === undefined ? {} : { formReason }, [{ type: 'RequestReplyOrdered', data }]);
}

/**
 * What became of a letter is noted in the request that it answers. One that tells the decision has told the person when it
 * left; a letter about a decision that another has replaced tells nothing.
 */
export function noteReply(
  command: NoteReplySent | NoteReplyReturned,
  state: RequestState,
  { decidedAt }: Deciding,
): Ruling {
  const { letterId } = command;
  const reply = state.replies.find((one) => one.letterId === letterId);
  if (reply === undefined) return [];
  const { requestId } = state.received!.data;
  const of = { requestId, ...(state.alumnusId !== undefined && { alumnusId: state.alumnusId }), letterId };
  if (command.kind === 'NoteReplyReturned')
    return [{ type: 'RequestReplyReturned', data: { ...of, ground: command.ground } }];
  if (!tellsDecision(reply.letter) || state.notified?.data.letterId === letterId) return [];
  const { means: way, sentId, sentAt } = command;
  const data = { ...of, about: 'decision', form: reply.form, way, sentId } as const;
  return [{ type: 'RequestNotified', data, effectiveAt: sentAt < decidedAt ? sentAt : decidedAt }];
}

/** Whether the person knows the decision, and what was done for it, once they have this letter. */
export function tellsDecision(letter: ReplyKind): boolean {
  return letter !== 'request-received' && letter !== 'identity-needed';
}

/** Why a letter does not fit how far the request is. */
function replyFault(letter: ReplyKind, state: RequestState, { kind }: Received): Refusal | undefined {
  const { decision, executed } = state;
  if (letter === 'identity-needed' && isVerified(state)) return refuse('request-verified');
  if (!tellsDecision(letter)) return decision === undefined ? undefined : refuse('request-decided');
  if (decision === undefined) return refuse('request-undecided');
  if (state.complained !== undefined) return refuse('request-complained');
  const grants = decision.data.decision === 'accepted' || decision.data.decision === 'in-part';
  const fits =
    letter === 'correction-made'
      ? CORRECTIONS.has(kind) && grants
      : letter === `request-decided-${decision.data.decision}`;
  if (!fits) return refuse('reply-unfit', { decision: decision.data.decision });
  if (!grants) return undefined;
  const open = openTasks(state);
  if (open > 0) return refuse('task-open', { tasks: open });
  return executed === undefined ? refuse('request-not-executed') : undefined;
}

/**
 * What stands in the letter: what the request, its decision and its execution say, and what the clerk adds. Words whose
 * key was destroyed are not there, and the letter is refused for it.
 * @param state with its words opened
 */
export function replyValues(letter: ReplyKind, state: RequestState, words: ReplyWords): LetterValues {
  const { requestId, kind, arrivedAt } = state.received!.data;
  const { refusalGround, deferredUntil, deferredUnder, reason, substitute } = state.decision?.data ?? {};
  const changed = state.executed?.data.changed;
  const request = { request: requestId.slice(0, 8), requestKind: REQUEST_KIND_NAMES[kind] };
  switch (letter) {
    case 'request-received':
      return { ...request, receivedOn: tokyoDay(arrivedAt) };
    case 'identity-needed':
      return stated({ ...request, needed: words.needed, by: words.by });
    case 'request-decided-accepted':
      return stated({ ...request, done: changed });
    case 'request-decided-in-part':
      return stated({ ...request, done: changed, notDone: words.notDone, reason });
    case 'request-decided-refused': {
      const ground = refusalGround && REQUEST_NAMES.refusalGround[refusalGround];
      const why = [reason, substitute].filter((text) => text !== undefined).join('\n');
      return stated({ ...request, ground, article: REQUEST_LAW[kind].article, reason: why });
    }
    case 'request-decided-deferred': {
      const law = deferredUnder && LAW[documentRow(deferredUnder).number].law;
      return stated({ ...request, until: deferredUntil && tokyoDay(deferredUntil), law, reason });
    }
    case 'correction-made':
      return stated({ request: request.request, changes: changed });
  }
}

/**
 * To whom it goes: as the clerk says, else to the person, where they want the answer sent. Whoever asks for another is
 * addressed by the name that the clerk gives.
 */
export function replyAddress(
  { party, requester, answerTo }: Partial<DataOf<'RequestReceived'>>,
  means: LetterMeans,
  { name, email, postalAddress }: Partial<LetterAddress>,
): LetterAddress {
  const known = answerTo?.trim() ?? '';
  const isMail = /^[^\s@]+@[^\s@]+$/.test(known);
  const mail = email ?? (isMail ? known : undefined);
  const post = postalAddress ?? (isMail || known === '' ? undefined : known);
  return {
    name: name ?? (party === 'person' ? requester : undefined) ?? '',
    ...(means === 'email' && mail !== undefined && { email: mail }),
    ...(means === 'post' && post !== undefined && { postalAddress: post }),
  };
}

function formOf(means: LetterMeans): 'electronic' | 'paper' {
  return means === 'email' ? 'electronic' : 'paper';
}

function stated(values: Readonly<Record<string, LetterValues[string] | undefined>>): LetterValues {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, LetterValues[string]] => entry[1] !== undefined),
  );
}
