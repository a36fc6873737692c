import { consentAnswer, type ConsentEvent } from '../consent-answer';
import { expiredChannels } from '../consent-expiry';
import type { Fact, Instant } from '../kernel';
import type { CaptureChannel, ConsentMethod, ConsentParty, ContactChannel, Language } from '../terms';

/** States of a consent in the W3C Data Privacy Vocabulary that this ledger tells apart. */
export type DpvConsentState =
  | 'ConsentRequested'
  | 'ConsentGiven'
  | 'RenewedConsentGiven'
  | 'ConsentRefused'
  | 'ConsentWithdrawn'
  | 'ConsentExpired'
  | 'ConsentInvalidated'
  | 'ConsentUnknown';

/** Something that happened to a consent, with the state it led to on the channels it is about. */
export interface ConsentMoment {
  /** Absent for an expiry: it is an instant and no event. */
  readonly eventId?: string;
  readonly type: ConsentEvent;
  readonly state: DpvConsentState;
  readonly at: Instant;
  readonly channels: readonly ContactChannel[];
  /** Of a grant: from when on it is expired. */
  readonly until?: Instant;
  readonly captureChannel?: CaptureChannel;
  readonly method?: ConsentMethod;
  /** Whose word it is; absent where the company acted, or the clock. */
  readonly party?: ConsentParty;
}

/** What happened to one person's consent under one version of a purpose, i.e. under one text. */
export interface ConsentEpisode {
  /** Event id of what was recorded first: stays the same whatever is recorded later. */
  readonly id: string;
  readonly version: number;
  /** In which the text was last shown. */
  readonly language: Language;
  /** By effective time; of the same instant, questions, grants, then what ends them. */
  readonly moments: readonly ConsentMoment[];
}

type Facts = readonly Fact<ConsentEvent>[];
type Texted = Fact<'ConsentRequested' | 'ConsentGranted' | 'ConsentRefused'>;
interface Told extends ConsentMoment {
  readonly version: number;
}

/**
 * The consents of one person for one purpose as record formats tell them: one episode per version of the purpose.
 *
 * A withdrawal states no version: it belongs to those under which its channels were granted. An expiry is told
 * where `at` has passed it. A grant with incomplete evidence is `ConsentUnknown` until somebody approves it, as it
 * carries no use until then; one that follows a consent on the same channel is a renewal.
 *
 * @param facts of one consent stream, in ledger order
 * @param at facts effective later are left out
 */
export function consentEpisodes(facts: Facts, at: Instant): readonly ConsentEpisode[] {
  const known = facts.filter(({ effectiveAt }) => effectiveAt <= at);
  const told = known.flatMap((fact) => momentsOf(fact, known, at));
  const versions = [...new Set(told.map(({ version }) => version))].toSorted((a, b) => a - b);
  return versions.flatMap((version) => {
    const texts = textsOf(known).filter(({ data }) => data.purposeVersion === version);
    const [first] = texts;
    const last = texts.at(-1);
    if (first === undefined || last === undefined) return [];
    const moments = told
      .filter((moment) => moment.version === version)
      .map(({ version: _, ...moment }): ConsentMoment => moment)
      .toSorted(inOrder);
    return [{ id: first.id, version, language: last.data.language, moments }];
  });
}

function momentsOf(fact: Fact<ConsentEvent>, facts: Facts, at: Instant): readonly Told[] {
  const common = { eventId: fact.id, type: fact.type, at: fact.effectiveAt };
  switch (fact.type) {
    case 'ConsentRequested': {
      const { purposeVersion: version, channels, captureChannel } = fact.data;
      return [{ ...common, version, channels, captureChannel, state: 'ConsentRequested' }];
    }
    case 'ConsentGranted':
      return [grantMoment(fact, facts), ...expiryMoments(fact, facts, at)];
    case 'ConsentRefused': {
      const { purposeVersion: version, channels } = fact.data;
      return [{ ...common, ...expressionOf(fact), version, channels, state: 'ConsentRefused' }];
    }
    case 'ConsentWithdrawn':
      return withdrawnVersions(fact, facts).map(([version, channels]) => {
        return { ...common, ...expressionOf(fact), version, channels, state: 'ConsentWithdrawn' };
      });
    case 'ConsentInvalidated':
      return about(fact.data.voided, facts).map(({ data }) => {
        const { purposeVersion: version, channels } = data;
        return { ...common, version, channels, state: 'ConsentInvalidated' };
      });
    case 'ConsentEvidenceApproved':
      return about(fact.data.approved, facts).map(({ data }) => {
        const { purposeVersion: version, channels } = data;
        return { ...common, version, channels, state: 'ConsentGiven' };
      });
    // History only: the expiry itself is told beside its grant.
    case 'ConsentExpired':
      return [];
  }
}

function grantMoment(grant: Fact<'ConsentGranted'>, facts: Facts): Told {
  const { purposeVersion, channels, expiresAt, evidenceIncomplete } = grant.data;
  return {
    eventId: grant.id,
    type: grant.type,
    at: grant.effectiveAt,
    version: purposeVersion,
    channels,
    ...expressionOf(grant),
    ...(expiresAt !== undefined && { until: expiresAt }),
    state: evidenceIncomplete === true ? 'ConsentUnknown' : givenState(grant, facts),
  };
}

/** Whether a consent stood, or had run out, on one of the channels when this one was given. */
function givenState(grant: Fact<'ConsentGranted'>, facts: Facts): 'ConsentGiven' | 'RenewedConsentGiven' {
  const others = facts.filter(({ id }) => id !== grant.id);
  const renews = grant.data.channels.some((channel) => {
    const { state } = consentAnswer(others, channel, grant.effectiveAt);
    return state === 'granted' || state === 'expired';
  });
  return renews ? 'RenewedConsentGiven' : 'ConsentGiven';
}

/** The expiry of a grant, on the channels where it still was the answer when it ran out. */
function expiryMoments(grant: Fact<'ConsentGranted'>, facts: Facts, at: Instant): readonly Told[] {
  const { expiresAt, purposeVersion: version } = grant.data;
  if (expiresAt === undefined || expiresAt > at) return [];
  const channels = expiredChannels(grant, expiresAt, facts);
  if (channels.length === 0) return [];
  return [{ type: 'ConsentExpired', at: expiresAt, version, channels, state: 'ConsentExpired' }];
}

/** Versions that a withdrawal is about, each with the channels that had been granted under it. */
function withdrawnVersions(
  { position, data }: Fact<'ConsentWithdrawn'>,
  facts: Facts,
): readonly (readonly [number, readonly ContactChannel[]])[] {
  const grants = facts.filter(
    (fact): fact is Fact<'ConsentGranted'> => fact.type === 'ConsentGranted' && fact.position < position,
  );
  const found = new Map<number, ContactChannel[]>();
  for (const channel of data.channels) {
    const version = grants.findLast((grant) => grant.data.channels.includes(channel))?.data.purposeVersion;
    if (version !== undefined) found.set(version, [...(found.get(version) ?? []), channel]);
  }
  return [...found];
}

function expressionOf({ data }: Fact<'ConsentGranted' | 'ConsentRefused' | 'ConsentWithdrawn'>) {
  const { captureChannel, method, party } = data;
  return { captureChannel, method, party };
}

function textsOf(facts: Facts): readonly Texted[] {
  const types: readonly ConsentEvent[] = ['ConsentRequested', 'ConsentGranted', 'ConsentRefused'];
  return facts.filter((fact): fact is Texted => types.includes(fact.type));
}

/** The answer with this event id. */
function about(eventId: string, facts: Facts): readonly Texted[] {
  return textsOf(facts).filter(({ id }) => id === eventId);
}

const RANK: Readonly<Record<ConsentEvent, number>> = {
  ConsentRequested: 0,
  ConsentGranted: 1,
  ConsentEvidenceApproved: 2,
  ConsentRefused: 3,
  ConsentWithdrawn: 3,
  ConsentExpired: 4,
  ConsentInvalidated: 5,
};

function inOrder(a: ConsentMoment, b: ConsentMoment): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return RANK[a.type] - RANK[b.type];
}
