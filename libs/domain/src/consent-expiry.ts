import { consentAnswer, type ConsentEvent } from './consent-answer';
import type { Decider, Fact, Instant } from './kernel';
import { refuse } from './refusals';
import type { ContactChannel } from './terms';

/** Notes in the history that a consent has run out. Answers do not look at it: they compare the instant itself. */
export interface ExpireConsent {
  readonly kind: 'ExpireConsent';
  readonly alumnusId: string;
  readonly purposeId: string;
  /** Event id of the consent. */
  readonly grantId: string;
}

type Facts = readonly Fact<ConsentEvent>[];

/**
 * The channels on which a consent still was the answer when it ran out.
 * @param facts of its stream
 * @param expiresAt of the consent
 */
export function expiredChannels(
  grant: Fact<'ConsentGranted'>,
  expiresAt: Instant,
  facts: Facts,
): readonly ContactChannel[] {
  return grant.data.channels.filter((channel) => {
    const { state, factIds } = consentAnswer(facts, channel, expiresAt);
    return state === 'expired' && factIds[0] === grant.id;
  });
}

/** The end of a consent in its stream `consent-<alumnusId>.<purposeId>`: once, and only where something ended. */
export const consentExpiryDecider: Decider<ExpireConsent, Facts, ConsentEvent> = {
  initial: [],

  decide({ alumnusId, purposeId, grantId }, facts, { decidedAt }) {
    const grant = facts.find(({ id }) => id === grantId);
    if (grant?.type !== 'ConsentGranted') return refuse('consent-not-granted');
    const { expiresAt } = grant.data;
    if (expiresAt === undefined || expiresAt > decidedAt) return refuse('consent-not-expired');
    if (facts.some((fact) => fact.type === 'ConsentExpired' && fact.data.grantId === grantId)) return [];
    const channels = expiredChannels(grant, expiresAt, facts);
    if (channels.length === 0) return [];
    const data = { alumnusId, purposeId, channels, grantId };
    return [{ type: 'ConsentExpired', data, effectiveAt: expiresAt }];
  },

  evolve: (facts, fact) => [...facts, fact],
};
