import type { ConsentAnswer } from './consent-answer';
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
      return !outdated && carries(answer, schedule, at) ? 'already-consented' : undefined;
    case 'requested':
      return !outdated && (answer.version ?? floor) >= floor ? 'already-asked' : undefined;
    case 'refused':
      return (answer.version ?? floor) >= floor ? 'refused-for-this-version' : undefined;
    case 'withdrawn':
      return withdrawnVersion(answer, schedule) >= floor ? 'withdrawn-for-this-version' : undefined;
    default:
      return undefined;
  }
}

function carries({ version, effective }: ConsentAnswer, schedule: PurposeSchedule, at: Instant): boolean {
  if (version === undefined || effective === undefined) return false;
  return versionStanding(schedule, version, effective, at) === 'counts';
}

/** Who withdraws says no to what the purpose was then, though the consent may have been for an older text. */
function withdrawnVersion({ version, effective }: ConsentAnswer, schedule: PurposeSchedule): number {
  const then = effective === undefined ? undefined : inForceAt(schedule, effective)?.version;
  return Math.max(version ?? 0, then ?? 0);
}
