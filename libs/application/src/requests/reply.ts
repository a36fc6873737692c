import {
  letterDecider,
  Refusal,
  refuse,
  replyAddress,
  replyValues,
  requestDecider,
  type Language,
  type LetterAddress,
  type LetterOrder,
  type OrderReply,
  type ReplyWords,
  type RequestState,
} from '@enishi/domain';
import { readCompanyState } from '../company-state';
import type { CommandContext } from '../context';
import { handle, once, type Ledger } from '../handle';
import { createdId } from '../ids';
import { orderLetter } from '../letters/letters';
import { refused, type Outcome } from '../outcome';
import { requestStream } from '../streams';
import { readRequest } from './read-request';

/** A letter to whoever asks, as the clerk wants it. */
export interface Reply extends Omit<OrderReply, 'kind'> {
  /** What nothing in the ledger says. */
  readonly words: ReplyWords;
  /** Where it goes, as far as that is not where the person wants it. */
  readonly to: Partial<LetterAddress>;
  /** Absent: in that of the request. */
  readonly language?: Language;
}

/**
 * Has the desk answer by a letter: that it is written stands in the request, and what it says comes from there. Nothing is
 * written where the letter could not be. A repeat under the same command is the same letter, and goes on where it stopped.
 *
 * Refused with what {@link orderLetter} refuses, `request-unknown`, and what does not fit how far the request is.
 */
export function replyByLetter(
  ledger: Ledger,
  requestId: string,
  reply: Reply,
  context: CommandContext,
): Promise<Outcome> {
  return once(ledger, context, async (inner) => {
    const { state } = await readRequest(ledger, requestId, ['request-record']);
    if (state.received === undefined) return refused(refuse('request-unknown'));
    const { letterId, letter, means, formReason } = reply;
    const command = {
      kind: 'OrderReply',
      ...{ letterId, letter, means },
      ...(formReason !== undefined && { formReason }),
    } as const;
    const order = orderOf(requestId, state, reply);
    const fault = await faultOf(ledger, command, order, state);
    if (fault !== undefined) return refused(fault);
    const stream = requestStream(requestId);
    const ordered = await handle(ledger, requestDecider, stream, command, inner, { opens: [] });
    if (ordered.kind === 'refused') return ordered;
    const { ifMatch: _, ...rest } = inner;
    const written = await orderLetter(ledger, order, { ...rest, commandId: createdId(letterId, 'order') });
    return written.kind === 'refused' ? written : ordered;
  });
}

function orderOf(requestId: string, state: RequestState, reply: Reply): LetterOrder {
  const { letterId, letter, means, words, to, language } = reply;
  const received = state.received!.data;
  return {
    ...{ letterId, letter, means },
    about: { requestId },
    language: language ?? received.language,
    to: replyAddress(received, means, to),
    values: replyValues(letter, state, words),
  };
}

/** What the rules of the request, of letters and of the company refuse, before anything is written. */
async function faultOf(
  ledger: Ledger,
  command: OrderReply,
  order: LetterOrder,
  state: RequestState,
): Promise<Refusal | undefined> {
  const at = { decidedAt: ledger.clock.now() };
  const { party } = await readCompanyState(ledger);
  const letter = { kind: 'OrderLetter', ...order, numberedBy: 'calendar' } as const;
  const rulings = [
    requestDecider.decide(command, state, at),
    letterDecider.decide(letter, letterDecider.initial, at),
    ...(party === undefined ? [refuse('company-not-described')] : []),
  ];
  return rulings.find((ruling) => ruling instanceof Refusal);
}
