import { consentAnswer, type ConsentAnswer, type ConsentEvent, type Question } from './consent-answer';
import type { ConsentSubject } from './consent-commands';
import type { Fact, Instant, Refusal } from './kernel';
import { consentFloorAt, inForceAt, versionStanding, type PurposeSchedule } from './purpose-schedule';
import { refuse } from './refusals';
import type { ContactChannel } from './terms';

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

/** One record of a person, and what they answered there for the purpose. */
export interface AskedRecord {
  readonly subject: ConsentSubject;
  readonly answers: readonly Fact<ConsentEvent>[];
}

/** Another record of the same person, as somebody has linked it with the one asked about. */
export interface LinkedAskedRecord extends AskedRecord {
  readonly alumnusId: string;
}

/** What is asked for, and when. */
export interface Asking {
  readonly channels: readonly ContactChannel[];
  readonly schedule: PurposeSchedule;
  readonly at: Instant;
}

/** Why whoever a record is about may not be asked, as far as their own word and fate say it. */
export function askingFault({ subject, answers }: AskedRecord, asking: Asking): Refusal | undefined {
  if (subject.died) return refuse('alumnus-died');
  if (subject.erasing) return refuse('erasure-started');
  if (subject.returned) return refuse('alumnus-returned');
  // Asking is contact. An answer that comes by itself is recorded nevertheless: the person's word counts.
  if (subject.held) return refuse('contact-held');
  const { channels, schedule, at } = asking;
  for (const channel of channels) {
    const answer = consentAnswer(answers, channel, at);
    const obstacle = askingObstacle(answer, schedule, at, subject.consentsFrom);
    if (obstacle !== undefined) return refuse(obstacle, { channel });
  }
  return undefined;
}

/**
 * Why the person may not be asked by this record: another one of theirs forbids it, as `approachable` has it. One whose
 * registration was undone is about nobody.
 */
export function linkedFault(linked: readonly LinkedAskedRecord[], asking: Asking): Refusal | undefined {
  for (const record of linked) {
    const fault = record.subject.registered ? askingFault(record, asking) : undefined;
    if (fault === undefined) continue;
    const { alumnusId } = record;
    const named = { alumnusId, record: alumnusId.slice(0, 8), against: fault.code };
    return refuse('linked-record-forbids', { ...fault.details, ...named });
  }
  return undefined;
}
