import { consentAnswer, type ConsentEvent } from './consent-answer';
import { askingFault, linkedFault } from './consent-asking';
import type {
  ConsentCommand,
  GrantConsent,
  RefuseConsent,
  RequestConsent,
  VoidConsent,
} from './consent-commands';
import { evidenceData, evidenceFault } from './consent-evidence';
import { approveEvidence } from './consent-approval';
import { decideWithdrawal, isBeforeGrant } from './consent-withdrawal';
import { sameValue } from './equal';
import type { Deciding, Decider, Fact, Instant, NewEvent, Refusal } from './kernel';
import { inForceAt, type ScheduledVersion } from './purpose-schedule';
import { refuse } from './refusals';
import { textsFault } from './texts';
import { addMonthsToInstant } from './time';
import { CONTACT_CHANNELS, type ContactChannel } from './terms';

/** The facts themselves: rules ask the same `consentAnswer` that every view asks. */
export type ConsentFacts = readonly Fact<ConsentEvent>[];

type Decision = readonly NewEvent<ConsentEvent>[] | Refusal;

/** Rules of a stream `consent-<alumnusId>.<purposeId>`. */
export const consentDecider: Decider<ConsentCommand, ConsentFacts, ConsentEvent> = {
  initial: [],

  decide(command, state, context) {
    switch (command.kind) {
      case 'RequestConsent':
        return request(command, state, context);
      case 'GrantConsent':
        return grant(command, state, context);
      case 'RefuseConsent':
        return refuseConsent(command, state, context);
      case 'WithdrawConsent':
        return decideWithdrawal(command, state, context);
      case 'VoidConsent':
        return voidAnswer(command, state, context);
      case 'ApproveEvidence':
        return approveEvidence(command, state);
    }
  },

  evolve: (state, fact) => [...state, fact],
};

function request(command: RequestConsent, state: ConsentFacts, { decidedAt }: Deciding): Decision {
  const { alumnusId, purposeId, captureChannel, language, schedule, subject, linked } = command;
  const channels = CONTACT_CHANNELS.filter((channel) => command.channels.includes(channel));
  const current = inForceAt(schedule, decidedAt);
  if (current === undefined) return refuse('purpose-not-in-force');
  const asking = { channels, schedule, at: decidedAt };
  const fault =
    subjectFault(command) ??
    channelsFault(channels, current) ??
    askingFault({ subject, answers: state }, asking) ??
    linkedFault(linked, asking);
  if (fault !== undefined) return fault;
  const noticeHash = current.noticeHashes[language];
  const purposeVersion = current.version;
  const data = { alumnusId, purposeId, channels, purposeVersion, captureChannel, language, noticeHash };
  return [{ type: 'ConsentRequested', data }];
}

function grant(command: GrantConsent, state: ConsentFacts, { decidedAt }: Deciding): Decision {
  const { channels, schedule, purposeVersion, effectiveAt } = command;
  const effective = effectiveAt ?? decidedAt;
  if (effective > decidedAt) return refuse('effective-in-future');
  const version = inForceAt(schedule, effective);
  if (version === undefined || version.version !== (purposeVersion ?? version.version)) {
    return refuse(
      'purpose-version-not-in-force',
      purposeVersion === undefined ? {} : { version: purposeVersion },
    );
  }
  const fault =
    subjectFault(command) ?? channelsFault(channels, version) ?? expressionFault(command, version);
  if (fault !== undefined) return fault;
  if (isWithdrawnLater(state, channels, effective)) return refuse('withdrawn-later');
  const expiry = expiryOf(command, version, effective);
  if (typeof expiry === 'object') return expiry;
  const incomplete = command.evidenceIncomplete === true && { evidenceIncomplete: true };
  const data = {
    ...answerData(command, version),
    ...(expiry !== undefined && { expiresAt: expiry }),
    ...incomplete,
  };
  if (repeats(state, 'ConsentGranted', 'granted', data, effectiveAt, decidedAt)) return [];
  return [{ type: 'ConsentGranted', data, ...(effectiveAt !== undefined && { effectiveAt }) }];
}

function refuseConsent(command: RefuseConsent, state: ConsentFacts, { decidedAt }: Deciding): Decision {
  const { schedule, purposeVersion, effectiveAt } = command;
  const effective = effectiveAt ?? decidedAt;
  if (effective > decidedAt) return refuse('effective-in-future');
  // A "no" counts whatever has happened to the text meanwhile: the version need only exist.
  const version =
    purposeVersion === undefined
      ? (inForceAt(schedule, effective) ?? schedule.versions.at(-1))
      : schedule.versions.find((one) => one.version === purposeVersion);
  if (version === undefined) return refuse('purpose-version-unknown');
  if (command.channels.length === 0) return refuse('channels-missing');
  const fault = command.subject.registered ? expressionFault(command, version) : refuse('alumnus-unknown');
  if (fault !== undefined) return fault;
  if (effectiveAt !== undefined && isBeforeGrant(state, command.channels, effectiveAt, decidedAt)) {
    return refuse('effective-before-grant');
  }
  const data = answerData(command, version);
  if (repeats(state, 'ConsentRefused', 'refused', data, effectiveAt, decidedAt)) return [];
  return [{ type: 'ConsentRefused', data, ...(effectiveAt !== undefined && { effectiveAt }) }];
}

function voidAnswer({ voided, reason }: VoidConsent, state: ConsentFacts, { decidedAt }: Deciding): Decision {
  const target = state.find(({ id }) => id === voided);
  if (target === undefined) return refuse('answer-unknown');
  // Voiding a withdrawal would revive a consent without the person's word.
  if (target.type === 'ConsentWithdrawn') return refuse('withdrawal-cannot-be-voided');
  if (target.type !== 'ConsentGranted' && target.type !== 'ConsentRefused') return refuse('not-an-answer');
  if (state.some((fact) => fact.type === 'ConsentInvalidated' && fact.data.voided === voided)) return [];
  const unwanted = reason.trim() === '' ? refuse('reason-required') : textsFault({ reason });
  if (unwanted !== undefined) return unwanted;
  const revived = target.type === 'ConsentRefused' && revivedWithout(target, state, decidedAt);
  if (revived) return refuse('void-would-revive', { channel: revived });
  const { alumnusId, purposeId } = target.data;
  return [{ type: 'ConsentInvalidated', data: { alumnusId, purposeId, voided, reason } }];
}

/**
 * A channel on which an earlier consent would stand again without this refusal. That takes the person's own
 * word, as after a withdrawal; an earlier consent that was an error too is voided first.
 */
function revivedWithout(
  target: Fact<'ConsentRefused'>,
  state: ConsentFacts,
  decidedAt: Instant,
): ContactChannel | undefined {
  const rest = state.filter(({ id }) => id !== target.id);
  const isGranted = (facts: ConsentFacts, channel: ContactChannel) =>
    consentAnswer(facts, channel, decidedAt).state === 'granted';
  return target.data.channels.find((channel) => !isGranted(state, channel) && isGranted(rest, channel));
}

function subjectFault({ subject }: RequestConsent | GrantConsent): Refusal | undefined {
  if (!subject.registered) return refuse('alumnus-unknown');
  if (subject.died) return refuse('alumnus-died');
  return subject.erasing ? refuse('erasure-started') : undefined;
}

function channelsFault(channels: readonly ContactChannel[], version: ScheduledVersion): Refusal | undefined {
  if (channels.length === 0) return refuse('channels-missing');
  const other = channels.find((channel) => !version.content.channels.includes(channel));
  return other === undefined ? undefined : refuse('channel-not-in-purpose', { channel: other });
}

function expressionFault(
  command: GrantConsent | RefuseConsent,
  version: ScheduledVersion,
): Refusal | undefined {
  const { noticeHash, language } = command;
  const fault = evidenceFault(command);
  if (fault !== undefined) return fault;
  if (noticeHash !== undefined && noticeHash !== version.noticeHashes[language]) {
    return refuse('notice-text-differs', { version: version.version });
  }
  return undefined;
}

function isWithdrawnLater(
  state: ConsentFacts,
  channels: readonly ContactChannel[],
  effective: Instant,
): boolean {
  return state.some(
    (fact) =>
      fact.type === 'ConsentWithdrawn' &&
      fact.decidedAt >= effective &&
      fact.data.channels.some((channel) => channels.includes(channel)),
  );
}

/** When the grant ends, a refusal where the stated end is impossible, `undefined` where it has no end. */
function expiryOf(
  { expiresAt }: GrantConsent,
  { content }: ScheduledVersion,
  effective: Instant,
): Instant | undefined | Refusal {
  const limit =
    content.validityMonths === undefined ? undefined : addMonthsToInstant(effective, content.validityMonths);
  if (expiresAt === undefined) return limit;
  if (expiresAt <= effective) return refuse('expires-before-effective');
  if (limit !== undefined && expiresAt > limit) return refuse('expires-after-validity');
  return expiresAt;
}

function answerData(command: GrantConsent | RefuseConsent, version: ScheduledVersion) {
  const { alumnusId, purposeId, language } = command;
  return {
    alumnusId,
    purposeId,
    channels: CONTACT_CHANNELS.filter((channel) => command.channels.includes(channel)),
    purposeVersion: version.version,
    language,
    noticeHash: version.noticeHashes[language],
    ...evidenceData(command),
  };
}

/** Whether the same answer already stands for all its channels, so that recording it again says nothing. */
function repeats(
  state: ConsentFacts,
  type: 'ConsentGranted' | 'ConsentRefused',
  standing: 'granted' | 'refused',
  data: { readonly channels: readonly ContactChannel[] },
  effectiveAt: Instant | undefined,
  decidedAt: Instant,
): boolean {
  return data.channels.every((channel) => {
    const { state: now, factIds } = consentAnswer(state, channel, decidedAt);
    const fact = state.find(({ id }) => id === factIds[0]);
    if (now !== standing || fact?.type !== type) return false;
    const same = sameValue({ ...fact.data, channels: [] }, { ...data, channels: [] });
    return same && (effectiveAt === undefined || effectiveAt === fact.effectiveAt);
  });
}
