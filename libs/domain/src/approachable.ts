import { askingObstacle, openQuestion } from './consent-asking';
import {
  answerOf,
  checksBesideConsent,
  type Contactability,
  type ContactFacts,
  type ContactQuestion,
} from './contactability';
import { reason, type Reason } from './reasons';

/**
 * May we write once to ask for consent? Asking is not itself use beyond the purpose (18(1), GL 3-1-3), so no
 * consent is needed; all else that stands against contact stands against asking too. Whoever consented, was
 * asked, refused or withdrew is not asked again until the purpose has changed beyond its scope.
 */
export function approachable(question: ContactQuestion, facts: ContactFacts): Contactability {
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
