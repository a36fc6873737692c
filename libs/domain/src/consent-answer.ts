import type { Fact, Instant } from './kernel';
import { isIncomplete } from './consent-approval';
import { CONTACT_CHANNELS, type ContactChannel } from './terms';

export type ConsentEvent =
  | 'ConsentRequested'
  | 'ConsentGranted'
  | 'ConsentRefused'
  | 'ConsentWithdrawn'
  | 'ConsentExpired'
  | 'ConsentInvalidated'
  | 'ConsentEvidenceApproved';

export const CONSENT_STATES = [
  'none',
  'requested',
  'granted',
  'refused',
  'withdrawn',
  'expired',
  'invalidated',
] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

/** What one person's answer for one purpose and one channel comes to at an instant. */
export interface ConsentAnswer {
  readonly state: ConsentState;
  /** Ids of the events that decide it; empty for `none`. */
  readonly factIds: readonly string[];
  /** The purpose version it is about; of a withdrawal, the version that had been granted. */
  readonly version?: number;
  /** When the deciding event took effect. */
  readonly effective?: Instant;
  /** Of a grant: from this instant on it is expired. */
  readonly expiresAt?: Instant;
  /** Of a grant: its evidence is incomplete, and nobody has approved it by then. */
  readonly incomplete?: true;
  /** Of a grant: the last question put after it, without an answer since. */
  readonly asked?: Question;
}

/** The person was asked for consent to a version of the purpose. */
export interface Question {
  /** Id of the event. */
  readonly factId: string;
  readonly version: number;
  readonly effective: Instant;
}

type Answering = Fact<'ConsentRequested' | 'ConsentGranted' | 'ConsentRefused' | 'ConsentWithdrawn'>;

/**
 * The answer per channel at `at`, from the known facts of one consent stream in any order.
 *
 * Facts effective by `at` are ordered by (effective, requests, grants, then refusals and withdrawals, ledger
 * order) and the last one decides. So a grant never overrides a withdrawal of the same or later effective
 * time. A grant recorded after a withdrawal that had been decided by the grant's effective time never counts:
 * paper that surfaces later does not revive a consent. What was recorded in error (`ConsentInvalidated`) is
 * taken out for all time. A request does not disturb a consent that stands; it is told beside it, because that
 * consent may no longer carry use.
 */
export function consentAnswer(
  facts: readonly Fact<ConsentEvent>[],
  channel: ContactChannel,
  at: Instant,
): ConsentAnswer {
  const voids = facts.filter(
    (fact): fact is Fact<'ConsentInvalidated'> => fact.type === 'ConsentInvalidated',
  );
  // Voided twice, the first recorded void is the one that did it.
  const voided = new Map(voids.toSorted(latestFirst).map((fact) => [fact.data.voided, fact]));
  const all = facts.filter((fact): fact is Answering => isAnswering(fact, channel));
  const standing = all.filter(({ id }) => !voided.has(id));
  const withdrawals = standing.filter((fact) => fact.type === 'ConsentWithdrawn');
  const counting = standing
    .filter((fact) => fact.effectiveAt <= at && !isTooLate(fact, withdrawals))
    .toSorted(inOrder);
  const last = counting.findLast((fact) => fact.type !== 'ConsentRequested');
  const deciding = counting.at(-1);
  if (last?.type === 'ConsentGranted' && !isExpired(last, at)) {
    const asked = deciding?.type === 'ConsentRequested' && { asked: questionOf(deciding) };
    const incomplete = isIncomplete(last, facts, at) && { incomplete: true as const };
    return { ...answerOf(last, 'granted'), ...incomplete, ...asked };
  }
  if (deciding === undefined) return withoutStanding(all, voided, at);
  return answerOf(deciding, stateOf(deciding), grantBefore(deciding, counting));
}

/** {@link consentAnswer} for every contact channel. */
export function consentAnswers(
  facts: readonly Fact<ConsentEvent>[],
  at: Instant,
): Readonly<Record<ContactChannel, ConsentAnswer>> {
  const entries = CONTACT_CHANNELS.map((channel) => [channel, consentAnswer(facts, channel, at)]);
  return Object.fromEntries(entries) as Record<ContactChannel, ConsentAnswer>;
}

/** No fact at all: the answer of somebody who was never asked. */
export const NEVER_ASKED: ConsentAnswer = { state: 'none', factIds: [] };

function isAnswering(fact: Fact<ConsentEvent>, channel: ContactChannel): boolean {
  return 'channels' in fact.data && fact.type !== 'ConsentExpired' && fact.data.channels.includes(channel);
}

/** A grant recorded after a withdrawal, for a time before that withdrawal was decided. */
function isTooLate(fact: Answering, withdrawals: readonly Answering[]): boolean {
  if (fact.type !== 'ConsentGranted') return false;
  return withdrawals.some(
    ({ position, decidedAt }) => fact.position > position && fact.effectiveAt <= decidedAt,
  );
}

const RANK = { ConsentRequested: 0, ConsentGranted: 1, ConsentRefused: 2, ConsentWithdrawn: 2 } as const;

function inOrder(a: Answering, b: Answering): number {
  if (a.effectiveAt !== b.effectiveAt) return a.effectiveAt < b.effectiveAt ? -1 : 1;
  if (RANK[a.type] !== RANK[b.type]) return RANK[a.type] - RANK[b.type];
  return a.position < b.position ? -1 : a.position > b.position ? 1 : a.revision - b.revision;
}

function latestFirst(a: Fact<ConsentEvent>, b: Fact<ConsentEvent>): number {
  return a.position > b.position ? -1 : a.position < b.position ? 1 : b.revision - a.revision;
}

function isExpired({ data }: Fact<'ConsentGranted'>, at: Instant): boolean {
  return data.expiresAt !== undefined && data.expiresAt <= at;
}

function stateOf(fact: Answering): ConsentState {
  switch (fact.type) {
    case 'ConsentRequested':
      return 'requested';
    case 'ConsentGranted':
      return 'expired';
    case 'ConsentRefused':
      return 'refused';
    case 'ConsentWithdrawn':
      return 'withdrawn';
  }
}

function questionOf({ id, data, effectiveAt }: Fact<'ConsentRequested'>): Question {
  return { factId: id, version: data.purposeVersion, effective: effectiveAt };
}

function grantBefore(fact: Answering, counting: readonly Answering[]): number | undefined {
  if (fact.type !== 'ConsentWithdrawn') return undefined;
  const grant = counting.findLast((one) => one.type === 'ConsentGranted');
  return grant?.type === 'ConsentGranted' ? grant.data.purposeVersion : undefined;
}

function answerOf(fact: Answering, state: ConsentState, granted?: number): ConsentAnswer {
  const version = fact.type === 'ConsentWithdrawn' ? granted : fact.data.purposeVersion;
  const expiresAt = fact.type === 'ConsentGranted' ? fact.data.expiresAt : undefined;
  return {
    state,
    factIds: [fact.id],
    ...(version !== undefined && { version }),
    effective: fact.effectiveAt,
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

/** Nothing stands: the last voided answer explains why, if there is one. */
function withoutStanding(
  all: readonly Answering[],
  voided: ReadonlyMap<string, Fact<'ConsentInvalidated'>>,
  at: Instant,
): ConsentAnswer {
  const last = all
    .filter(({ id, effectiveAt }) => voided.has(id) && effectiveAt <= at)
    .toSorted(inOrder)
    .at(-1);
  const voiding = last && voided.get(last.id);
  if (last === undefined || voiding === undefined) return NEVER_ASKED;
  return { ...answerOf(last, 'invalidated'), factIds: [last.id, voiding.id] };
}
