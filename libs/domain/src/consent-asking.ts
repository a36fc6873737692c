import type { ConsentAnswer, Question } from './consent-answer';
import type { Instant } from './kernel';
import { consentFloorAt, inForceAt, versionStanding, type PurposeSchedule } from './purpose-schedule';

/** Why a person may not be asked (again) for a purpose and channel. */
export type AskingObstacle =
  'already-consented' | 'already-asked' | 'refused-for-this-version' | 'withdrawn-for-this-version';

/**
 * What stands against asking for consent at `at`, beside the person and the programme. Product policy: one
 * question at a time; after a refusal or withdrawal not again for the same purpose until it has changed beyond
 * its scope since.
 *
 * @param consentsFrom answers before it (the person returned meanwhile) no longer carry use
 */
export function askingObstacle(
  answer: ConsentAnswer,
  schedule: PurposeSchedule,
  at: Instant,
  consentsFrom?: Instant,
): AskingObstacle | undefined {
  const { state, effective } = answer;
  if (effective === undefined) return undefined;
  const outdated = consentsFrom !== undefined && effective < consentsFrom;
  const floor = consentFloorAt(schedule, at) ?? 0;
  switch (state) {
    case 'granted':
      if (!outdated && carries(answer, schedule, at)) return 'already-consented';
      return openQuestion(answer, schedule, at, consentsFrom) && 'already-asked';
    case 'requested':
      return openQuestion(answer, schedule, at, consentsFrom) && 'already-asked';
    case 'refused':
      return (answer.version ?? floor) >= floor ? 'refused-for-this-version' : undefined;
    case 'withdrawn':
      return withdrawnVersion(answer, schedule) >= floor ? 'withdrawn-for-this-version' : undefined;
    default:
      return undefined;
  }
}

/**
 * The question that waits for its answer at `at`: put for a version whose consents count, and since the person
 * last returned. A consent from before does not close it.
 */
export function openQuestion(
  answer: ConsentAnswer,
  schedule: PurposeSchedule,
  at: Instant,
  consentsFrom?: Instant,
): Question | undefined {
  const question = questionOf(answer);
  if (question === undefined || (consentsFrom !== undefined && question.effective < consentsFrom)) {
    return undefined;
  }
  return question.version >= (consentFloorAt(schedule, at) ?? 0) ? question : undefined;
}

/** The last question without an answer since, whether it is open or not. */
export function questionOf(answer: ConsentAnswer): Question | undefined {
  const { state, asked, factIds, version, effective } = answer;
  const [factId] = factIds;
  if (state !== 'requested') return asked;
  if (factId === undefined || version === undefined || effective === undefined) return undefined;
  return { factId, version, effective };
}

function carries(answer: ConsentAnswer, schedule: PurposeSchedule, at: Instant): boolean {
  const { version, effective, incomplete } = answer;
  if (version === undefined || effective === undefined || incomplete === true) return false;
  return versionStanding(schedule, version, effective, at) === 'counts';
}

/** Who withdraws says no to what the purpose was then, though the consent may have been for an older text. */
function withdrawnVersion({ version, effective }: ConsentAnswer, schedule: PurposeSchedule): number {
  const then = effective === undefined ? undefined : inForceAt(schedule, effective)?.version;
  return Math.max(version ?? 0, then ?? 0);
}
