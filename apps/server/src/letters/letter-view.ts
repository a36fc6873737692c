import {
  exactText,
  fold,
  letterDecider,
  type Fact,
  type LetterEvent,
  type LetterState,
} from '@enishi/domain';
import type { LetterSteps } from '@enishi/projections/audit-trail/query';
import { plain } from '../plain';
import type { LetterDetailAnswer, LetterSummaryAnswer } from './letters.dto';

/** How far a letter is, from its clear fields. */
export function stateOfLetter({ steps }: LetterSteps): LetterState {
  const facts = steps.map(({ eventId, ...entry }) => ({ ...entry, id: eventId, erased: [] }));
  return fold(letterDecider, facts as unknown as readonly Fact<LetterEvent>[]);
}

/** A letter as clients see it; with what is sealed only where it was opened. */
export function letterView(state: LetterState): LetterSummaryAnswer {
  const { order, issued, sent, notDelivered, standing } = state;
  const { letterId, letter, language, means } = order!.data;
  return plain({
    letterId,
    letter,
    alumnusId: order!.type === 'LetterOrdered' ? order!.data.alumnusId : undefined,
    requestId: order!.type === 'RequestLetterOrdered' ? order!.data.requestId : undefined,
    language,
    means,
    standing: standing!,
    orderedAt: order!.decidedAt,
    documentNumber: issued?.data.documentNumber,
    issuedAt: issued?.decidedAt,
    version: issued?.data.version,
    sentAt: sent?.decidedAt,
    ground: standing === 'not-delivered' ? notDelivered?.data.ground : undefined,
  });
}

export function letterDetail(state: LetterState): LetterDetailAnswer {
  const { order, issued } = state;
  const to = order!.data.to;
  const text = issued?.data.text;
  return plain({
    ...letterView(state),
    addressee: to?.name,
    email: to?.email,
    postalAddress: to?.postalAddress,
    text: text && exactText(text),
    textHash: issued?.data.textHash,
  });
}
