import type { Contactability, OwnContactFacts } from './contactability';
import type { PersonFacts } from './person';
import { reason, type Reason, type ReasonCode } from './reasons';

/** Another record of the same person, as somebody has found, with what is known about the question there. */
export interface LinkedRecord {
  readonly alumnusId: string;
  /** Event ids of the links. */
  readonly linkIds: readonly string[];
  readonly facts: OwnContactFacts;
}

/**
 * The answer for a record of somebody who has others: the strictest of all. Whatever stands against one stands
 * against each, and where nothing does, the person is on the list once, as who left last.
 *
 * @param answerFor the answer of a record by itself
 * @param counts whether a reason of another record stands against this one too
 */
export function strictest(
  { person, linked }: OwnContactFacts & { readonly linked: readonly LinkedRecord[] },
  own: Contactability,
  answerFor: (facts: OwnContactFacts) => Contactability,
  counts: (code: ReasonCode) => boolean,
): Contactability {
  // Nobody is there where the registration was undone; who cannot be answered for counts.
  const others = linked.filter(({ facts }) => facts.person !== undefined || facts.parked === true);
  if (person === undefined || others.length === 0) return own;
  const answers = others.map((record) => ({ record, answer: answerFor(record.facts) }));
  const against = answers.flatMap(({ record, answer }) => againstOf(record, answer, counts));
  if (own.answer === 'no' || against.length > 0) {
    return { answer: 'no', reasons: [...(own.answer === 'no' ? own.reasons : []), ...against] };
  }
  const shown = answers
    .filter(({ answer }) => answer.answer === 'yes')
    .map(({ record }) => record)
    .find(({ facts }) => facts.person !== undefined && precedes(facts.person, person));
  if (shown !== undefined) {
    return { answer: 'no', reasons: [reason('linked-listed-once', shown.linkIds, nameOf(shown))] };
  }
  const because = answers.flatMap(({ record, answer }) => [
    ...record.linkIds,
    ...(answer.answer === 'yes' ? answer.because : []),
  ]);
  return { answer: 'yes', because: [...new Set([...own.because, ...because])] };
}

/** Of several records of a person the one to show: who left last; of those alike, by id. */
export function precedes(one: PersonFacts, other: PersonFacts): boolean {
  const [mine, theirs] = [one.latest?.leftOn ?? '', other.latest?.leftOn ?? ''];
  return mine === theirs ? one.alumnusId < other.alumnusId : mine > theirs;
}

function againstOf(
  record: LinkedRecord,
  answer: Contactability,
  counts: (code: ReasonCode) => boolean,
): readonly Reason[] {
  const reasons = answer.answer === 'no' ? answer.reasons.filter(({ code }) => counts(code)) : [];
  if (reasons.length === 0) return [];
  const eventIds = [...new Set([...record.linkIds, ...reasons.flatMap((one) => one.eventIds)])];
  const there = reasons.map(({ code, params }) => ({ code, params }));
  return [reason('linked-record', eventIds, { ...nameOf(record), there })];
}

/** A record by its id, and by as much of it as people type. */
function nameOf({ alumnusId }: LinkedRecord): Readonly<Record<string, unknown>> {
  return { alumnusId, record: alumnusId.slice(0, 8) };
}
