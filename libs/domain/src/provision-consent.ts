import { consentAnswer, type ConsentEvent } from './consent-answer';
import type { Fact, Instant } from './kernel';
import type { PersonFacts } from './person';
import { saysNobody } from './purpose-content';
import { versionStanding, type PurposeSchedule } from './purpose-schedule';
import { CONTACT_CHANNELS } from './terms';

/** What is known of one person when their data is to be given to a third party. */
export interface ProvisionFacts {
  readonly person: PersonFacts | undefined;
  readonly purpose: PurposeSchedule | undefined;
  /** Their answers for that purpose. */
  readonly consents: readonly Fact<ConsentEvent>[];
  /** Their answers in other records of the same person. */
  readonly linked: readonly (readonly Fact<ConsentEvent>[])[];
}

/**
 * The consent by which data of a person may be given to a third party for a purpose (27(1)): granted by whichever channel,
 * standing, and to a version whose text says that there are recipients. No other record of the person may say no.
 * @returns the id of its event
 */
export function provisionConsent(facts: ProvisionFacts, at: Instant): string | undefined {
  const { person, purpose, consents, linked } = facts;
  if (purpose === undefined) return undefined;
  for (const channel of CONTACT_CHANNELS) {
    const { state, version, effective, incomplete, factIds } = consentAnswer(consents, channel, at);
    if (state !== 'granted' || incomplete === true || version === undefined || effective === undefined)
      continue;
    const names = purpose.versions.find((one) => one.version === version)?.content.recipients ?? [];
    const counts =
      versionStanding(purpose, version, effective, at) === 'counts' &&
      effective >= (person?.consentsFrom ?? '') &&
      names.some((one) => !saysNobody(one)) &&
      !linked.some((other) => ['refused', 'withdrawn'].includes(consentAnswer(other, channel, at).state));
    if (counts) return factIds[0];
  }
  return undefined;
}

/**
 * What has ended the consent by which data was given: a withdrawal, or that it was void. A provision looks at consents before it is
 * recorded, so that a withdrawal may come between the two, and stand before it in the ledger.
 * @param consentId the event by which the person had consented
 * @returns the id of the event; `undefined` while the consent stands for a channel
 */
export function consentEndedBy(
  consents: readonly Fact<ConsentEvent>[],
  consentId: string,
  at: Instant,
): string | undefined {
  const stands = CONTACT_CHANNELS.some((channel) => {
    const { state, factIds } = consentAnswer(consents, channel, at);
    return state === 'granted' && factIds[0] === consentId;
  });
  if (stands) return undefined;
  const given = consents.findIndex(({ id }) => id === consentId);
  return consents
    .slice(given + 1)
    .findLast(
      ({ type, data }) => type === 'ConsentWithdrawn' || ('voided' in data && data.voided === consentId),
    )?.id;
}
