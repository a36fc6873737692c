import { consentAnswer, type ConsentAnswer, type ConsentEvent } from './consent-answer';
import type { WithdrawConsent } from './consent-commands';
import { evidenceData, evidenceFault } from './consent-evidence';
import type { Deciding, Fact, Instant, NewEvent, Refusal } from './kernel';
import { refuse } from './refusals';
import { CONTACT_CHANNELS, type ContactChannel } from './terms';

/**
 * A withdrawal, for the channels among those named that are consented to (an expired consent too: the person's
 * word then keeps them from being asked again). Withdrawing what is withdrawn changes nothing.
 */
export function decideWithdrawal(
  command: WithdrawConsent,
  state: readonly Fact<ConsentEvent>[],
  { decidedAt }: Deciding,
): readonly NewEvent<'ConsentWithdrawn'>[] | Refusal {
  const { alumnusId, purposeId, language, effectiveAt } = command;
  if (effectiveAt !== undefined && effectiveAt > decidedAt) return refuse('effective-in-future');
  if (command.channels?.length === 0) return refuse('channels-missing');
  const fault = evidenceFault(command);
  if (fault !== undefined) return fault;
  const named = (command.channels ?? CONTACT_CHANNELS).map((channel): [ContactChannel, ConsentAnswer] => [
    channel,
    consentAnswer(state, channel, decidedAt),
  ]);
  const standing = named.filter(([, answer]) => isStanding(answer));
  if (standing.length === 0) {
    return named.some(([, answer]) => answer.state === 'withdrawn') ? [] : refuse('consent-not-granted');
  }
  const channels = standing.map(([channel]) => channel);
  if (effectiveAt !== undefined && isBeforeGrant(state, channels, effectiveAt, decidedAt)) {
    return refuse('effective-before-grant');
  }
  const said = { ...evidenceData(command), ...(language !== undefined && { language }) };
  const data = { alumnusId, purposeId, channels, ...said };
  return [{ type: 'ConsentWithdrawn', data, ...(effectiveAt !== undefined && { effectiveAt }) }];
}

/**
 * Whether a "no" effective then would come before a consent that stands on one of the channels: it would change
 * nothing, though somebody believes that it did.
 */
export function isBeforeGrant(
  state: readonly Fact<ConsentEvent>[],
  channels: readonly ContactChannel[],
  effectiveAt: Instant,
  decidedAt: Instant,
): boolean {
  return channels.some((channel) => {
    const answer = consentAnswer(state, channel, decidedAt);
    return isStanding(answer) && answer.effective !== undefined && answer.effective > effectiveAt;
  });
}

function isStanding({ state }: ConsentAnswer): boolean {
  return state === 'granted' || state === 'expired';
}
