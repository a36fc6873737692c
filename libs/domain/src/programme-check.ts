import type { Check, ContactQuestion } from './contactability';
import { eligibility } from './eligibility';
import type { PersonFacts } from './person';
import { programmeInForceAt, type ProgrammeSchedule, type ProgrammeVersion } from './programme-schedule';
import { reason, type Reason } from './reasons';

interface Offer {
  readonly programmeId: string;
  readonly version: ProgrammeVersion;
}

/** Whether a programme admits the person for the purpose and channel: the one asked for, or any that offers it. */
export function programmeCheck(
  question: ContactQuestion,
  programmes: readonly ProgrammeSchedule[],
  person: PersonFacts | undefined,
): Check {
  return question.programmeId === undefined
    ? anyProgramme(question, programmes, person)
    : oneProgramme(question, question.programmeId, programmes, person);
}

function oneProgramme(
  question: ContactQuestion,
  programmeId: string,
  programmes: readonly ProgrammeSchedule[],
  person: PersonFacts | undefined,
): Check {
  const schedule = programmes.find((one) => one.programmeId === programmeId);
  if (schedule === undefined) return refused([reason('programme-unknown', [], { programmeId })]);
  const notOffered = offerFault(schedule, question);
  const reasons = notOffered === undefined ? [] : [notOffered];
  const version = programmeInForceAt(schedule, question.at);
  if (version === undefined) return refused(reasons);
  const { content, publishedId } = version;
  if (!content.channels.includes(question.channel)) {
    reasons.push(
      reason('channel-not-in-programme', [publishedId], { programmeId, channel: question.channel }),
    );
  }
  const notAdmitted = admission({ programmeId, version }, person, question);
  if (notAdmitted !== undefined) reasons.push(notAdmitted);
  return reasons.length > 0 ? refused(reasons) : { because: [publishedId], reasons };
}

function anyProgramme(
  question: ContactQuestion,
  programmes: readonly ProgrammeSchedule[],
  person: PersonFacts | undefined,
): Check {
  const offering = programmes.flatMap((schedule): Offer[] => {
    const version = programmeInForceAt(schedule, question.at);
    const offers = version?.content.purposeIds.includes(question.purposeId) === true;
    return offers ? [{ programmeId: schedule.programmeId, version }] : [];
  });
  if (offering.length === 0) {
    // Whom a purpose is for stays said when its programme ends: closing one must never widen who is contacted.
    const onceOffering = programmes.filter((schedule) => everOffers(schedule, question.purposeId));
    return refused(onceOffering.flatMap((schedule) => offerFault(schedule, question) ?? []));
  }
  const byChannel = offering.filter(({ version }) => version.content.channels.includes(question.channel));
  if (byChannel.length === 0) {
    const ids = offering.map(({ version }) => version.publishedId);
    return refused([reason('channel-not-in-programme', ids, { channel: question.channel })]);
  }
  const answers = byChannel.map((offer) => ({ offer, notAdmitted: admission(offer, person, question) }));
  const admitting = answers.find(({ notAdmitted }) => notAdmitted === undefined);
  if (admitting !== undefined) return { because: [admitting.offer.version.publishedId], reasons: [] };
  return refused(answers.flatMap(({ notAdmitted }) => notAdmitted ?? []));
}

/** Whether any published version names the purpose: one in force, one that was, or one that is yet to be. */
function everOffers({ versions }: ProgrammeSchedule, purposeId: string): boolean {
  return versions.some(({ content }) => content.purposeIds.includes(purposeId));
}

/** Why a programme does not offer the purpose at the instant; `undefined` where it does. */
function offerFault(schedule: ProgrammeSchedule, { purposeId, at }: ContactQuestion): Reason | undefined {
  const { programmeId, closedFrom, closedId } = schedule;
  const version = programmeInForceAt(schedule, at);
  if (version === undefined) {
    const closed = closedFrom !== undefined && closedFrom <= at;
    return reason('programme-not-in-force', [closed ? closedId : undefined], { programmeId });
  }
  return version.content.purposeIds.includes(purposeId)
    ? undefined
    : reason('purpose-not-in-programme', [version.publishedId], { programmeId });
}

/** Why the programme's rule does not admit the person. Somebody unknown is already refused as such. */
function admission(
  { programmeId, version }: Offer,
  person: PersonFacts | undefined,
  { at }: ContactQuestion,
): Reason | undefined {
  if (person === undefined) return undefined;
  const result = eligibility(version.content.eligibility, person, at);
  const ids = [version.publishedId, person.registeredId];
  if (result.answer === 'eligible') return undefined;
  return result.answer === 'unknown'
    ? reason('eligibility-unknown', ids, { programmeId, missing: result.missing })
    : reason('not-eligible', ids, { programmeId, failed: result.failed });
}

function refused(reasons: readonly Reason[]): Check {
  return { because: [], reasons };
}
