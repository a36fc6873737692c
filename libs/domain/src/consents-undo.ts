import type { ConsentEvent } from './consent-answer';
import type { Fact } from './kernel';
import type { ContactChannel } from './terms';

type Answer = Fact<'ConsentGranted' | 'ConsentRefused' | 'ConsentWithdrawn'>;

/** What undoing an import of consents comes to for one person and purpose. */
export interface AnswersUndo {
  /** Event ids of the answers to be voided, in the order in which that must be done. */
  readonly toVoid: readonly string[];
  /** Whether undoing has voided something before. */
  readonly done: boolean;
  /** Why something stays. */
  readonly left: readonly ('recorded-since' | 'withdrawal-cannot-be-voided')[];
}

/**
 * The answers that an import brought, as far as they are to be voided. A consent that the person's own later "no" has
 * ended on every channel stays as the history of what it ended: it carries nothing, and voiding that "no" would not
 * bring it back. A withdrawal stays: to void it would revive a consent without the person's word.
 *
 * @param facts of a stream `consent-<alumnusId>.<purposeId>`, in ledger order
 */
export function answersUndo(facts: readonly Fact<ConsentEvent>[], importId: string): AnswersUndo {
  const voids = facts.flatMap((fact) => (fact.type === 'ConsentInvalidated' ? [fact] : []));
  const voided = new Set(voids.map(({ data }) => data.voided));
  const answers = facts.filter((fact): fact is Answer => isAnswer(fact) && !voided.has(fact.id));
  const brought = answers.filter(({ batchId }) => batchId === importId);
  const since = answers.filter(({ batchId }) => batchId !== importId);
  const isEnded = (one: Answer) =>
    one.type === 'ConsentGranted' && one.data.channels.every((channel) => isEndedOn(one, channel, since));
  const ended = brought.filter(isEnded);
  const of = (type: Answer['type']) =>
    brought.filter((one) => one.type === type && !isEnded(one)).map(({ id }) => id);
  return {
    // Consents first: a refusal of the same import then has nothing left to hold down.
    toVoid: [...of('ConsentGranted'), ...of('ConsentRefused')],
    done: voids.some(({ batchId }) => batchId === importId),
    left: [
      ...ended.map(() => 'recorded-since' as const),
      ...of('ConsentWithdrawn').map(() => 'withdrawal-cannot-be-voided' as const),
    ],
  };
}

/** Whether an event is an answer of the person. */
export function isAnswer({ type }: Pick<Fact<ConsentEvent>, 'type'>): boolean {
  return type === 'ConsentGranted' || type === 'ConsentRefused' || type === 'ConsentWithdrawn';
}

function isEndedOn(grant: Answer, channel: ContactChannel, since: readonly Answer[]): boolean {
  return since.some(
    (one) =>
      one.type !== 'ConsentGranted' &&
      one.position > grant.position &&
      one.effectiveAt >= grant.effectiveAt &&
      one.data.channels.includes(channel),
  );
}
