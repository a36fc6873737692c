import type { ConsentAnswer } from './consent-answer';
import { openQuestion } from './consent-asking';
import type { Instant } from './kernel';
import { stopsContact, type Hold } from './lifecycle';
import type { PersonFacts } from './person';
import type { ProgrammeSchedule } from './programme-schedule';
import { programmeCheck } from './programme-check';
import { strictest, type LinkedRecord } from './linked-records';
import { inForceAt, isRetiredAt, versionStanding, type PurposeSchedule } from './purpose-schedule';
import { reason, type Reason, type ReasonCode } from './reasons';
import type { ContactChannel } from './terms';

/** For which purpose, by which channel, when; and under which programme, where that matters. */
export interface ContactQuestion {
  readonly purposeId: string;
  readonly channel: ContactChannel;
  readonly at: Instant;
  readonly programmeId?: string;
}

/** What is known about the question, as of its instant. */
export interface ContactFacts extends OwnContactFacts {
  /** Other records of the same person; none for nearly everybody. */
  readonly linked: readonly LinkedRecord[];
}

/** What is known in one record, whatever others there are of the person. */
export interface OwnContactFacts {
  /** From `personFacts(alumnusFacts, lifecycleFacts, at)`. */
  readonly person: PersonFacts | undefined;
  /** Of nobody registered: event id of what undid their registration, if one did. */
  readonly undoneId?: string;
  /** From `purposeSchedule(facts)`. */
  readonly purpose: PurposeSchedule | undefined;
  /** All of the company's, or at least those that ever offered the purpose. */
  readonly programmes: readonly ProgrammeSchedule[];
  /** From `consentAnswer(facts, channel, at)`. */
  readonly consent: ConsentAnswer;
  /** From `holdsAt(facts, at)`. */
  readonly holds: readonly Hold[];
  /** The view's rows about this scope are not to be trusted: fails closed. */
  readonly parked?: boolean;
}

/** Yes with the events that allow it, or no with every reason. */
export type Contactability =
  | { readonly answer: 'yes'; readonly because: readonly string[] }
  | { readonly answer: 'no'; readonly reasons: readonly Reason[] };

/** What one part of the question came to. */
export interface Check {
  readonly because: readonly (string | undefined)[];
  readonly reasons: readonly Reason[];
}

/**
 * The heart: may this company contact this person, for this purpose, by this channel, at this instant — and
 * why, or why not? Nothing else decides; the roster, mailings, exports, dry runs and the portal all ask it.
 *
 * `because` lists the registration, the publications of purpose (with the notice of a related change) and
 * programme, and the grant. Without `programmeId` the person is eligible when any programme in force that
 * offers the purpose by this channel admits them. Eligibility is not asked only of a purpose that no published
 * programme ever named: once one did, nobody is contacted while none is in force.
 *
 * Of somebody with linked records, no other may say no: a death, a hold, a refusal, a withdrawal there counts here.
 * What a record merely lacks, an address or a consent, does not: the person may have given it in another.
 */
export function contactability(question: ContactQuestion, facts: ContactFacts): Contactability {
  const answerFor = (record: OwnContactFacts) => ownContactability(question, record);
  return strictest(facts, answerFor(facts), answerFor, (code) => !LACKING_IN_THE_RECORD.includes(code));
}

/** What one record lacks, and another of the same person may have. */
const LACKING_IN_THE_RECORD: readonly ReasonCode[] = [
  'no-address',
  'never-asked',
  'consent-requested',
  'consent-expired',
  'consent-invalidated',
  'consent-for-earlier-version',
  'consent-version-not-in-force',
  'consent-before-return',
  'evidence-incomplete',
];

function ownContactability(question: ContactQuestion, facts: OwnContactFacts): Contactability {
  return answerOf([
    ...checksBesideConsent(question, facts),
    consentCheck(facts.consent, facts.purpose, facts.person, question.at),
  ]);
}

/** Everything but consent: what asking for it needs too. */
export function checksBesideConsent(question: ContactQuestion, facts: OwnContactFacts): readonly Check[] {
  const { person, undoneId, purpose, programmes, holds, parked } = facts;
  return [
    { because: [], reasons: parked === true ? [reason('view-parked')] : [] },
    personCheck(person, undoneId, holds, question.channel),
    purposeCheck(purpose, question),
    programmeCheck(question, programmes, person),
  ];
}

/** All reasons, or all events that allow it. */
export function answerOf(checks: readonly Check[]): Contactability {
  const reasons = checks.flatMap((check) => check.reasons);
  if (reasons.length > 0) return { answer: 'no', reasons };
  return {
    answer: 'yes',
    because: checks.flatMap((check) => check.because).filter((id) => id !== undefined),
  };
}

function personCheck(
  person: PersonFacts | undefined,
  undoneId: string | undefined,
  holds: readonly Hold[],
  channel: ContactChannel,
): Check {
  const held = holds.filter(stopsContact).map(({ placedId }) => reason('held', [placedId]));
  if (person === undefined) {
    const unknown = undoneId === undefined ? reason('not-registered') : reason('import-undone', [undoneId]);
    return { because: [], reasons: [unknown, ...held] };
  }
  const { registeredId, diedId, returnedId, erasureStartedId, erasureCompletedId } = person;
  const reasons = [
    diedId !== undefined && reason('died', [diedId]),
    returnedId !== undefined && reason('returned', [returnedId]),
    erasureCompletedId !== undefined
      ? reason('erased', [erasureCompletedId])
      : erasureStartedId !== undefined && reason('erasure-started', [erasureStartedId]),
    ...held,
    !person.channels.includes(channel) && reason('no-address', [registeredId], { channel }),
  ];
  return { because: [registeredId], reasons: reasons.filter((one) => one !== false) };
}

function purposeCheck(purpose: PurposeSchedule | undefined, { at, channel }: ContactQuestion): Check {
  if (purpose === undefined) return { because: [], reasons: [reason('purpose-unknown')] };
  if (isRetiredAt(purpose, at))
    return { because: [], reasons: [reason('purpose-retired', [purpose.retiredId])] };
  const current = inForceAt(purpose, at);
  if (current === undefined) return { because: [], reasons: [reason('purpose-not-in-force')] };
  if (!current.content.channels.includes(channel)) {
    return { because: [], reasons: [reason('channel-not-in-purpose', [current.publishedId], { channel })] };
  }
  return { because: [current.publishedId, current.noticeId], reasons: [] };
}

const WITHOUT_CONSENT = {
  none: 'never-asked',
  requested: 'consent-requested',
  refused: 'consent-refused',
  withdrawn: 'consent-withdrawn',
  expired: 'consent-expired',
  invalidated: 'consent-invalidated',
} as const;

function consentCheck(
  answer: ConsentAnswer,
  purpose: PurposeSchedule | undefined,
  person: PersonFacts | undefined,
  at: Instant,
): Check {
  const { state, factIds, version, effective } = answer;
  if (state !== 'granted') return { because: [], reasons: [reason(WITHOUT_CONSENT[state], factIds)] };
  const reasons: Reason[] = answer.incomplete === true ? [reason('evidence-incomplete', factIds)] : [];
  if (purpose !== undefined && version !== undefined && effective !== undefined) {
    const standing = versionStanding(purpose, version, effective, at);
    const inForce = inForceAt(purpose, at)?.version;
    const params = { version, ...(inForce !== undefined && { inForce }) };
    if (standing === 'earlier-version') reasons.push(reason('consent-for-earlier-version', factIds, params));
    if (standing === 'version-not-in-force')
      reasons.push(reason('consent-version-not-in-force', factIds, params));
  }
  const { consentsFrom, consentsFromId } = person ?? {};
  if (consentsFrom !== undefined && effective !== undefined && effective < consentsFrom) {
    reasons.push(reason('consent-before-return', [...factIds, consentsFromId]));
  }
  // Asked anew because the consent no longer carries use: what is waited for comes first.
  const question =
    reasons.length > 0 && purpose ? openQuestion(answer, purpose, at, consentsFrom) : undefined;
  if (question !== undefined) reasons.unshift(reason('consent-requested', [question.factId]));
  return { because: factIds, reasons };
}
