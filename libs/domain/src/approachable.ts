import { askingObstacle, openQuestion } from './consent-asking';
import {
  answerOf,
  checksBesideConsent,
  type Contactability,
  type ContactFacts,
  type ContactQuestion,
  type OwnContactFacts,
} from './contactability';
import { strictest } from './linked-records';
import { reason, type Reason, type ReasonCode } from './reasons';

/** What stands against the person, not only against one record of theirs, such as an address that is missing. */
const AGAINST_THE_PERSON: readonly ReasonCode[] = [
  'view-parked',
  'died',
  'returned',
  'erased',
  'erasure-started',
  'held',
  'already-consented',
  'already-asked',
  'refused-for-this-version',
  'withdrawn-for-this-version',
];

/**
 * May we write once to ask for consent? Asking is not itself use beyond the purpose (18(1), GL 3-1-3), so no
 * consent is needed; all else that stands against contact stands against asking too. Whoever consented, was
 * asked, refused or withdrew is not asked again until the purpose has changed beyond its scope.
 *
 * Of somebody with linked records, no other may say that the person has died, is held, was asked, has consented,
 * refused or the like.
 */
export function approachable(question: ContactQuestion, facts: ContactFacts): Contactability {
  const answerFor = (record: OwnContactFacts) => ownApproachable(question, record);
  return strictest(facts, answerFor(facts), answerFor, (code) => AGAINST_THE_PERSON.includes(code));
}

function ownApproachable(question: ContactQuestion, facts: OwnContactFacts): Contactability {
  const { consent, purpose, person } = facts;
  const reasons = purpose === undefined ? [] : obstacles(consent, purpose, question.at, person?.consentsFrom);
  return answerOf([...checksBesideConsent(question, facts), { because: [], reasons }]);
}

function obstacles(...asked: Parameters<typeof askingObstacle>): readonly Reason[] {
  const obstacle = askingObstacle(...asked);
  if (obstacle === undefined) return [];
  const question = obstacle === 'already-asked' ? openQuestion(...asked) : undefined;
  return [reason(obstacle, question === undefined ? asked[0].factIds : [question.factId])];
}
