import { granted, month, refused, withdrawn } from '../../../test/support/consents';
import { schedule, version } from '../../../test/support/purposes';
import { facts, type Given } from '../../../test/support/scenario';
import type { ConsentEvent } from './consent-answer';
import type { PersonFacts } from './person';
import { consentEndedBy, provisionConsent, type ProvisionFacts } from './provision-consent';
import type { PurposeSchedule } from './purpose-schedule';
import type { Bilingual } from './shapes';

const person = { alumnusId: 'a1', registeredId: 'r1', channels: [], employments: [] } as PersonFacts;
const PARTNER = { ja: '紹介会社', en: 'Agency' };
const NOBODY = { ja: 'なし（第三者には提供しません。）', en: 'None (not provided to third parties)' };
const consents = (...given: readonly Given<ConsentEvent>[]) => facts(given);

/** The purpose of the specs, saying that there are these recipients. */
const purpose = (...recipients: readonly Bilingual[]): PurposeSchedule =>
  schedule(...version(1, 'first', '2025-01-01T00:00:00.000Z', { content: { recipients } }));
const asked = (more: Partial<ProvisionFacts> = {}) =>
  provisionConsent(
    { person, purpose: purpose(PARTNER), consents: consents(granted), linked: [], ...more },
    month(6),
  );

describe('the consent by which data may be given to a third party', () => {
  it('is one that stands, to a purpose that says there are recipients', () => {
    expect(asked()).toBe('e1');
    expect(asked({ purpose: purpose(NOBODY, PARTNER) })).toBe('e1');
  });

  it.each<[why: string, facts: Partial<ProvisionFacts>]>([
    ['never asked', { consents: [] }],
    ['refused', { consents: consents(refused) }],
    ['withdrawn', { consents: consents(granted, withdrawn) }],
    ['the purpose names nobody', { purpose: purpose(NOBODY) }],
    ['no such purpose', { purpose: undefined }],
    ['given before a return', { person: { ...person, consentsFrom: month(4) } }],
    [
      'its evidence is incomplete',
      { consents: consents({ ...granted, data: { ...granted.data, evidenceIncomplete: true } }) },
    ],
    ['another record of the person says no', { linked: [consents(granted, withdrawn)] }],
  ])('is none where: %s', (_, changed) => {
    expect(asked(changed)).toBeUndefined();
  });
});

describe('what has ended the consent by which data was given', () => {
  const voided: Given<'ConsentInvalidated'> = {
    type: 'ConsentInvalidated',
    data: { alumnusId: 'a1', purposeId: 'p1', voided: 'e1', reason: '別人の回答' },
    decidedAt: month(4),
  };

  it.each<[why: string, given: readonly Given<ConsentEvent>[], ended: string | undefined]>([
    ['it stands', [granted], undefined],
    ['it was withdrawn', [granted, withdrawn], 'e2'],
    ['it was void', [granted, voided], 'e2'],
    ['another was void', [granted, { ...voided, data: { ...voided.data, voided: 'e9' } }], undefined],
    ['the person has consented anew since', [granted, withdrawn, { ...granted, decidedAt: month(5) }], 'e2'],
  ])('%s', (_, given, ended) => {
    expect(consentEndedBy(consents(...given), 'e1', month(6))).toBe(ended);
  });

  it('is nothing while it stands for one of its channels', () => {
    const both = { ...granted, data: { ...granted.data, channels: ['email', 'phone'] as const } };
    expect(consentEndedBy(consents(both, withdrawn), 'e1', month(6))).toBeUndefined();
  });
});
