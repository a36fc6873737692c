import {
  month,
  about,
  grant,
  refuse,
  answered,
  granted,
  refused,
  withdrawn,
  requested,
} from '../../../test/support/consents';
import { noticeHash, schedule, version } from '../../../test/support/purposes';
import { refusal, scenario, type Given } from '../../../test/support/scenario';
import { consentDecider } from './consent';
import type { ConsentCommand, GrantConsent, RefuseConsent } from './consent-commands';
import { type Refusal } from './kernel';

const { given } = scenario(consentDecider);

describe('granting', () => {
  it('records the answer with the version in force and the hash of its text', () => {
    given(requested)
      .when(grant)
      .then([{ type: 'ConsentGranted', data: answered }]);
  });

  it('shows its own effective time when it is recorded late', () => {
    const effectiveAt = '2025-12-24T00:00:00.000Z';
    given()
      .when({ ...grant, effectiveAt })
      .then([{ type: 'ConsentGranted', data: answered, effectiveAt }]);
  });

  it('changes nothing when the same consent stands', () => {
    given(granted).when(grant).then([]);
    given(granted)
      .when({ ...grant, effectiveAt: month(2) })
      .then([]);
    given({ ...granted, data: { ...answered, channels: ['email', 'phone'] } })
      .when(grant)
      .then([]);
  });

  it('records another consent when anything about it differs', () => {
    given(granted)
      .when({ ...grant, channels: ['email', 'phone'] })
      .thenTypes('ConsentGranted');
    given(granted)
      .when({ ...grant, evidence: 'the form with both signatures' })
      .thenTypes('ConsentGranted');
    given(granted, withdrawn).when(grant).thenTypes('ConsentGranted');
  });

  it.each<[string, Partial<GrantConsent>, Refusal]>([
    ['the future', { effectiveAt: '2027-01-01T00:00:00.000Z' }, refusal('effective-in-future')],
    [
      'a time before the purpose',
      { effectiveAt: '2024-12-31T00:00:00.000Z' },
      refusal('purpose-version-not-in-force'),
    ],
    ['another version', { purposeVersion: 2 }, refusal('purpose-version-not-in-force', { version: 2 })],
    ['another text', { noticeHash: noticeHash(2, 'ja') }, refusal('notice-text-differs', { version: 1 })],
    [
      'a text in the other language',
      { noticeHash: noticeHash(1, 'en') },
      refusal('notice-text-differs', { version: 1 }),
    ],
    ['no channel', { channels: [] }, refusal('channels-missing')],
    [
      'a channel the purpose does not use',
      { channels: ['sns'] },
      refusal('channel-not-in-purpose', { channel: 'sns' }),
    ],
    ['half an artefact', { artefactId: 'x' }, refusal('artefact-incomplete')],
    ['a representative not named', { party: 'legal-representative' }, refusal('representative-missing')],
    [
      'a representative not needed',
      { representative: { name: 'n', relation: 'r' } },
      refusal('representative-unexpected'),
    ],
    ['an end before the beginning', { expiresAt: month(1) }, refusal('expires-before-effective')],
    ['nobody registered', { subject: { ...about.subject, registered: false } }, refusal('alumnus-unknown')],
    ['somebody who died', { subject: { ...about.subject, died: true } }, refusal('alumnus-died')],
    ['somebody being erased', { subject: { ...about.subject, erasing: true } }, refusal('erasure-started')],
  ])('is refused for %s', (_, change, expected) => {
    given()
      .when({ ...grant, ...change }, month(6))
      .then(expected);
  });

  it('is refused for a version that was superseded at the effective time', () => {
    const revised = schedule(
      ...version(1, 'first', '2025-01-01T00:00:00.000Z'),
      ...version(2, 'beyond-scope', month(3)),
    );
    const late = { ...grant, schedule: revised, purposeVersion: 1 };
    given()
      .when(late, month(6))
      .then(refusal('purpose-version-not-in-force', { version: 1 }));
    given()
      .when({ ...late, effectiveAt: month(2) }, month(6))
      .thenTypes('ConsentGranted');
  });

  it('never comes before a withdrawal that is already recorded', () => {
    const surfaced = { ...grant, effectiveAt: month(2) };
    given(granted, withdrawn).when(surfaced, month(6)).then(refusal('withdrawn-later'));
    given(granted, withdrawn)
      .when({ ...surfaced, effectiveAt: month(3) }, month(6))
      .then(refusal('withdrawn-later'));
    given(granted, withdrawn)
      .when({ ...surfaced, channels: ['phone'] }, month(6))
      .thenTypes('ConsentGranted');
  });

  it('takes the word of a legal representative, who is named', () => {
    const representative = { name: '佐藤 一郎', relation: '父' };
    const command = { ...grant, party: 'legal-representative', representative } as const;
    given()
      .when(command)
      .then([
        { type: 'ConsentGranted', data: { ...answered, party: 'legal-representative', representative } },
      ]);
  });

  it('ends with the validity of the purpose, at the same time of day in Tokyo, or before', () => {
    const content = { validityMonths: 24 };
    const limited = { ...grant, schedule: schedule(...version(1, 'first', month(1), { content })) };
    const at = '2026-01-30T20:00:00.000Z';
    given()
      .when(limited, at)
      .then([{ type: 'ConsentGranted', data: { ...answered, expiresAt: '2028-01-30T20:00:00.000Z' } }]);
    given()
      .when({ ...limited, expiresAt: month(9) }, at)
      .then([{ type: 'ConsentGranted', data: { ...answered, expiresAt: month(9) } }]);
    given()
      .when({ ...limited, expiresAt: '2028-02-01T00:00:00.000Z' }, at)
      .then(refusal('expires-after-validity'));
  });
});

describe('refusing', () => {
  it('is recorded, once', () => {
    given(requested)
      .when(refuse)
      .then([{ type: 'ConsentRefused', data: answered }]);
    given(refused).when(refuse).then([]);
  });

  it('is by somebody who is registered, for a channel, and not to come', () => {
    given()
      .when({ ...refuse, subject: { ...about.subject, registered: false } })
      .then(refusal('alumnus-unknown'));
    given()
      .when({ ...refuse, channels: [] })
      .then(refusal('channels-missing'));
    given()
      .when({ ...refuse, effectiveAt: month(7) }, month(6))
      .then(refusal('effective-in-future'));
  });

  it('never comes before a consent that stands, where it would change nothing', () => {
    const late = (effectiveAt: string, channels: RefuseConsent['channels'] = ['email']) =>
      given(granted).when({ ...refuse, effectiveAt, channels }, month(6));
    late('2026-01-15T00:00:00.000Z').then(refusal('effective-before-grant'));
    late('2026-01-15T00:00:00.000Z', ['phone', 'email']).then(refusal('effective-before-grant'));
    late(month(2)).thenTypes('ConsentRefused');
    late('2026-01-15T00:00:00.000Z', ['phone']).thenTypes('ConsentRefused');
    given(granted, withdrawn)
      .when({ ...refuse, effectiveAt: '2026-01-15T00:00:00.000Z' }, month(6))
      .thenTypes('ConsentRefused');
  });

  it('counts though the text has changed or the purpose has ended meanwhile', () => {
    const retired = { type: 'PurposeRetired', data: { purposeId: 'p1' }, effectiveAt: month(2) } as const;
    const ended = schedule(...version(1, 'first', month(1)), retired);
    given()
      .when({ ...refuse, schedule: ended }, month(6))
      .thenTypes('ConsentRefused');
    given()
      .when({ ...refuse, purposeVersion: 7 })
      .then(refusal('purpose-version-unknown'));
  });
});

describe('voiding', () => {
  const voiding = (voided: string): ConsentCommand => ({
    kind: 'VoidConsent',
    voided,
    reason: 'other person’s form',
  });

  it('takes an answer out, once', () => {
    const data = { alumnusId: 'a1', purposeId: 'p1', voided: 'e1', reason: 'other person’s form' };
    given(granted)
      .when(voiding('e1'))
      .then([{ type: 'ConsentInvalidated', data }]);
    given(granted, { type: 'ConsentInvalidated', data }).when(voiding('e1')).then([]);
  });

  it('never revives a consent: withdrawals stay', () => {
    given(granted, withdrawn).when(voiding('e2')).then(refusal('withdrawal-cannot-be-voided'));
  });

  it('never revives a consent by taking out what ended it, on any channel, now or later', () => {
    const no: Given<'ConsentRefused'> = { ...refused, decidedAt: month(3) };
    given(granted, no)
      .when(voiding('e2'))
      .then(refusal('void-would-revive', { channel: 'email' }));
    const both: Given<'ConsentRefused'> = { ...no, data: { ...answered, channels: ['phone', 'email'] } };
    given(granted, both)
      .when(voiding('e2'))
      .then(refusal('void-would-revive', { channel: 'email' }));
    const overtaken: Given<'ConsentGranted'> = { ...granted, decidedAt: month(3), effectiveAt: month(2) };
    given(no, overtaken)
      .when(voiding('e1'))
      .then(refusal('void-would-revive', { channel: 'email' }));
    // The wrong grant taken out first, nothing is left to revive.
    const data = { alumnusId: 'a1', purposeId: 'p1', voided: 'e1', reason: 'other person’s form' };
    given(granted, no, { type: 'ConsentInvalidated', data })
      .when(voiding('e2'))
      .thenTypes('ConsentInvalidated');
  });

  it('takes out a refusal that ended nothing', () => {
    given(refused).when(voiding('e1')).thenTypes('ConsentInvalidated');
    const ended: Given<'ConsentGranted'> = { ...granted, data: { ...answered, expiresAt: month(3) } };
    given(ended, { ...refused, decidedAt: month(4) })
      .when(voiding('e2'), month(6))
      .thenTypes('ConsentInvalidated');
    const anew: Given<'ConsentGranted'> = { ...granted, decidedAt: month(4) };
    given(refused, anew).when(voiding('e1')).thenTypes('ConsentInvalidated');
    given(granted, { ...refused, decidedAt: month(3) }, withdrawn)
      .when(voiding('e2'), month(6))
      .thenTypes('ConsentInvalidated');
  });

  it('needs an answer and a reason', () => {
    given(granted).when(voiding('e9')).then(refusal('answer-unknown'));
    given(requested).when(voiding('e1')).then(refusal('not-an-answer'));
    given(granted).when({ kind: 'VoidConsent', voided: 'e1', reason: ' ' }).then(refusal('reason-required'));
  });
});
