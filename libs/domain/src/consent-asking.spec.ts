import {
  month,
  about,
  answered,
  grant,
  refuse,
  request,
  withdraw,
  of,
  granted,
  refused,
  withdrawn,
  requested,
} from '../../../test/support/consents';
import { noticeHash, schedule, version } from '../../../test/support/purposes';
import { facts, refusal, scenario, type Given } from '../../../test/support/scenario';
import { consentDecider } from './consent';
import { type ConsentEvent } from './consent-answer';
import { Refusal } from './kernel';

const { given } = scenario(consentDecider);

describe('asking', () => {
  it('is recorded with the text in force', () => {
    const data = {
      ...of,
      purposeVersion: 1,
      captureChannel: 'web-form',
      language: 'ja',
      noticeHash: noticeHash(1, 'ja'),
    };
    given()
      .when(request)
      .then([{ type: 'ConsentRequested', data } as never]);
  });

  it.each<[string, Given<ConsentEvent>[], string]>([
    ['consented', [granted], 'already-consented'],
    ['been asked', [requested], 'already-asked'],
    ['refused', [refused], 'refused-for-this-version'],
    ['withdrawn', [granted, withdrawn], 'withdrawn-for-this-version'],
  ])('is refused where the person has %s', (_, past, code) => {
    given(...past)
      .when(request)
      .then(refusal(code, { channel: 'email' }));
    given(...past)
      .when({ ...request, channels: ['phone'] })
      .thenTypes('ConsentRequested');
  });

  it('is allowed again after a beyond-scope revision, not after another', () => {
    const first = version(1, 'first', '2025-01-01T00:00:00.000Z');
    const beyond = { ...request, schedule: schedule(...first, ...version(2, 'beyond-scope', month(5))) };
    const editorial = { ...request, schedule: schedule(...first, ...version(2, 'editorial', month(5))) };
    for (const past of [[refused], [granted, withdrawn], [granted], [requested]]) {
      given(...past)
        .when(beyond, month(6))
        .thenTypes('ConsentRequested');
      expect(given(...past).when(editorial, month(6)).decision).toBeInstanceOf(Refusal);
    }
  });

  it('is done once: the old consent behind the question does not let it be put again', () => {
    const first = version(1, 'first', '2025-01-01T00:00:00.000Z');
    const beyond = { ...request, schedule: schedule(...first, ...version(2, 'beyond-scope', month(5))) };
    const leftAgain = { ...request, subject: { ...about.subject, consentsFrom: month(4) } };
    const askedAnew: Given<ConsentEvent> = {
      type: 'ConsentRequested',
      data: { ...answered, purposeVersion: 2 },
      decidedAt: month(6),
    };
    for (const command of [beyond, leftAgain]) {
      given(granted, askedAnew)
        .when(command, month(7))
        .then(refusal('already-asked', { channel: 'email' }));
    }
    // A question for the old text, or from before the return, is no longer open.
    const asked = { ...askedAnew, data: answered, decidedAt: month(3) };
    for (const command of [beyond, leftAgain]) {
      given(granted, asked as Given<ConsentEvent>)
        .when(command, month(7))
        .thenTypes('ConsentRequested');
    }
    given(granted, askedAnew, { ...granted, data: { ...answered, purposeVersion: 2 }, decidedAt: month(7) })
      .when(beyond, month(8))
      .then(refusal('already-consented', { channel: 'email' }));
  });

  it('is not allowed for a text that was in force when the person withdrew an older consent', () => {
    const first = version(1, 'first', '2025-01-01T00:00:00.000Z');
    const command = {
      ...request,
      schedule: schedule(...first, ...version(2, 'beyond-scope', '2026-02-15T00:00:00.000Z')),
    };
    given(granted, withdrawn)
      .when(command, month(6))
      .then(refusal('withdrawn-for-this-version', { channel: 'email' }));
  });

  it.each([
    ['nobody registered', { registered: false }, 'alumnus-unknown'],
    ['somebody who died', { died: true }, 'alumnus-died'],
    ['somebody being erased', { erasing: true }, 'erasure-started'],
    ['somebody whose contact is on hold', { held: true }, 'contact-held'],
  ])('is refused for %s', (_, change, code) => {
    given()
      .when({ ...request, subject: { ...about.subject, ...change } })
      .then(refusal(code));
  });

  it('is refused where no version of the purpose is in force', () => {
    const retired = { type: 'PurposeRetired', data: { purposeId: 'p1' }, effectiveAt: month(2) } as const;
    const later = schedule(...version(1, 'first', month(9)));
    const over = schedule(...version(1, 'first', month(1)), retired);
    for (const other of [later, over]) {
      given()
        .when({ ...request, schedule: other }, month(6))
        .then(refusal('purpose-not-in-force'));
    }
  });

  it.each([
    ['refused', [refused], {}, { against: 'refused-for-this-version', channel: 'email' }],
    ['withdrew', [granted, withdrawn], {}, { against: 'withdrawn-for-this-version', channel: 'email' }],
    ['died', [], { died: true }, { against: 'alumnus-died' }],
    ['is held', [], { held: true }, { against: 'contact-held' }],
  ])('is refused for somebody who %s in another record, which it names', (_, answers, change, details) => {
    const other = '0b6c0000-0000-4000-8000-000000000009';
    const there = { alumnusId: other, subject: { ...about.subject, ...change }, answers: facts(answers) };
    given()
      .when({ ...request, linked: [there] }, month(5))
      .then(refusal('linked-record-forbids', { alumnusId: other, record: '0b6c0000', ...details }));
    // A registration that was undone is about nobody; an answer that comes by itself counts for this record.
    const nobody = { ...there, subject: { ...there.subject, registered: false } };
    given()
      .when({ ...request, linked: [nobody] }, month(5))
      .thenTypes('ConsentRequested');
  });

  it('a hold stops the question, not the answer', () => {
    const subject = { ...about.subject, held: true };
    given()
      .when({ ...grant, subject })
      .thenTypes('ConsentGranted');
    given()
      .when({ ...refuse, subject })
      .thenTypes('ConsentRefused');
    given(granted).when(withdraw).thenTypes('ConsentWithdrawn');
  });

  it('is refused for somebody who returned, and allowed anew when they have left again', () => {
    const back = { ...request, subject: { ...about.subject, returned: true } };
    given().when(back).then(refusal('alumnus-returned'));
    const leftAgain = { ...request, subject: { ...about.subject, consentsFrom: month(4) } };
    given(granted).when(leftAgain, month(6)).thenTypes('ConsentRequested');
    given(refused).when(leftAgain, month(6)).thenTypes('refused-for-this-version');
  });
});
