import { answered, granted, month, of, refused, withdrawn } from '../../../test/support/consents';
import { facts, refusal, scenario, type Given } from '../../../test/support/scenario';
import type { ConsentEvent } from './consent-answer';
import { consentExpiryDecider, type ExpireConsent } from './consent-expiry';
import { consentExpiry } from './policies/consent-expiry';

const { given } = scenario(consentExpiryDecider);
const expiring: Given<ConsentEvent> = {
  ...granted,
  data: { ...answered, channels: ['email', 'phone'], expiresAt: month(6) },
};
const { channels: _, ...ids } = of;
const expire: ExpireConsent = { kind: 'ExpireConsent', ...ids, grantId: 'e1' };
const expired = (...channels: ('email' | 'phone')[]) => ({
  type: 'ConsentExpired' as const,
  data: { ...ids, channels, grantId: 'e1' },
  effectiveAt: month(6),
});

describe('noting that a consent has run out', () => {
  it('says when it ended, however late that is noted, and on which channels', () => {
    given(expiring)
      .when(expire, month(6))
      .then([expired('email', 'phone')]);
    given(expiring)
      .when(expire, month(9))
      .then([expired('email', 'phone')]);
  });

  it('is done once', () => {
    given(expiring, { ...expired('email', 'phone'), decidedAt: month(7) })
      .when(expire, month(9))
      .then([]);
  });

  it('notes nothing where it had ended before, and no channel on which it had', () => {
    given(expiring, { ...withdrawn, data: { ...withdrawn.data, channels: ['email'] } })
      .when(expire, month(7))
      .then([expired('phone')]);
    given(expiring, { ...refused, data: { ...answered, channels: ['email', 'phone'] }, decidedAt: month(3) })
      .when(expire, month(7))
      .then([]);
    given(expiring, { ...expiring, data: { ...answered, channels: ['email', 'phone'] }, decidedAt: month(5) })
      .when(expire, month(7))
      .then([]);
  });

  it('what comes after the end does not undo it', () => {
    given(expiring, { ...withdrawn, data: { ...withdrawn.data, channels: ['email'] }, decidedAt: month(7) })
      .when(expire, month(8))
      .then([expired('email', 'phone')]);
  });

  it('is refused before its time, and of what is no consent or has no end', () => {
    given(expiring).when(expire, month(5)).then(refusal('consent-not-expired'));
    given(granted).when(expire, month(9)).then(refusal('consent-not-expired'));
    given(refused).when(expire, month(9)).then(refusal('consent-not-granted'));
    given().when(expire, month(9)).then(refusal('consent-not-granted'));
  });
});

describe('the policy consent-expiry', () => {
  it('waits for the end of a consent that has one, then has it noted', () => {
    const [consent] = facts([expiring]);
    expect(consentExpiry.dueAt?.(consent!)).toBe(month(6));
    expect(consentExpiry.react(consent!)).toEqual([{ command: expire, discriminator: 'e1' }]);
  });

  it('waits for no consent without an end', () => {
    const [consent] = facts([granted]);
    expect(consentExpiry.dueAt?.(consent!)).toBeUndefined();
  });
});
