import { refusal, scenario, type Given } from '../../../test/support/scenario';
import { isEquivalentCountry } from './law/equivalent-countries';
import { recipientDecider, type RecipientEvent } from './recipient';
import type { RecipientContent } from './recipient-terms';

const { given } = scenario(recipientDecider);
const both = (text: string) => ({ ja: text, en: text });
const contract = { reference: 'C-1', signedOn: '2025-12-01' };
const content: RecipientContent = {
  name: both('架空配信'),
  address: both('東京都'),
  country: 'JP',
  basis: 'japan',
  task: both('配信'),
  contract,
};
const people = { representative: '架空 太郎', contact: { name: '縁野 結', email: 'yui@example.jp' } };
const add = {
  kind: 'AddRecipient',
  recipientId: 'r',
  code: 'mailer',
  role: 'processor',
  content,
  ...people,
} as const;
const entry = {
  recipientId: 'r',
  staffId: 'r',
  version: 1,
  code: 'mailer',
  role: 'processor',
  content,
  ...people,
};
const added = { type: 'RecipientAdded', data: entry } as Given<RecipientEvent>;
const assess = { kind: 'AssessRecipient', staffId: 's', assessment: 'selection', passed: true } as const;
const end = { kind: 'EndRecipient', staffId: 's', disposal: 'certificate', proof: '証明書 1' } as const;
const ended: Given<RecipientEvent> = {
  type: 'RecipientEnded',
  data: { recipientId: 'r', staffId: 's', disposal: 'certificate', proof: '証明書 1' },
};

describe('an entry of the register of recipients', () => {
  it('is made once, with its people sealed under its own key', () => {
    given()
      .when(add)
      .then([{ type: 'RecipientAdded', data: entry as never }]);
    given(added).when(add).then([]);
    given()
      .when({ ...add, code: 'Mailer!' })
      .then(refusal('code-invalid'));
    given()
      .when({ ...add, representative: ' ' })
      .then(refusal('representative-required'));
    given()
      .when({ ...add, contact: { name: '123456789018' } })
      .then(refusal('my-number', { field: 'contact' }));
  });

  it('is a version more for each revision, and none for the same again', () => {
    const revise = { kind: 'ReviseRecipient', content, ...people } as const;
    given(added).when(revise).then([]);
    const moved = { ...content, address: both('大阪府') };
    given(added)
      .when({ ...revise, content: moved })
      .then([{ type: 'RecipientRevised', data: { ...entry, version: 2, content: moved } as never }]);
    given().when(revise).then(refusal('recipient-unknown'));
    given(added, ended)
      .when({ ...revise, content: moved })
      .then(refusal('recipient-ended'));
    given(added)
      .when({ ...revise, content: { ...content, contract: undefined } as never })
      .then(refusal('contract-missing'));
  });

  it.each<[code: string, content: Partial<RecipientContent>, role?: 'third-party' | 'joint-user']>([
    ['transfer-basis-unfit', { country: 'SG' }],
    ['transfer-basis-unfit', { basis: 'consent' }],
    ['country-not-equivalent', { country: 'SG', basis: 'equivalent-country' }],
    ['measures-missing', { country: 'SG', basis: 'equivalent-measures' }],
    ['foreign-information-missing', { country: 'SG', basis: 'consent' }],
    ['contract-period-unfit', { contract: { ...contract, until: '2025-11-30' } }],
    ['joint-use-not-published', {}, 'joint-user'],
    ['day-in-future', { jointUse: { proof: 'x', publishedOn: '2026-02-01' } }, 'joint-user'],
  ])('%s where the law wants another (%j, %s)', (code, changed, role = 'third-party') => {
    const { decision } = given().when({ ...add, role, content: { ...content, ...changed } });
    expect(decision).toMatchObject({ code });
  });

  it.each<Partial<RecipientContent>>([
    { country: 'DE', basis: 'equivalent-country' },
    { country: 'SG', basis: 'equivalent-measures', measures: both('契約による措置') },
    { country: 'SG', basis: 'consent', shown: { system: both('制度'), measures: both('措置') } },
  ])('may be abroad with a basis of article 28: %j', (changed) => {
    given()
      .when({ ...add, content: { ...content, ...changed } })
      .thenTypes('RecipientAdded');
  });

  it('is looked at, for what applies to it', () => {
    given(added)
      .when({ ...assess, findings: '良好', effectiveAt: '2025-12-20T00:00:00.000Z' })
      .then([
        {
          type: 'RecipientAssessed',
          data: { recipientId: 'r', staffId: 's', assessment: 'selection', passed: true, findings: '良好' },
          effectiveAt: '2025-12-20T00:00:00.000Z',
        },
      ]);
    given(added)
      .when({ ...assess, assessment: 'equivalent-measures' })
      .then(refusal('assessment-unfit'));
    given(added)
      .when({ ...assess, effectiveAt: '2026-03-01T00:00:00.000Z' })
      .then(refusal('effective-in-future'));
    given({ ...added, data: { ...entry, role: 'third-party' } } as Given<RecipientEvent>)
      .when(assess)
      .then(refusal('assessment-unfit'));
    given().when(assess).then(refusal('recipient-unknown'));
  });

  it('ends once, a processor never without what became of the data', () => {
    given(added)
      .when(end)
      .then([{ type: 'RecipientEnded', data: ended.data as never }]);
    given(added, ended).when(end).then([]);
    given(added, ended)
      .when({ ...end, disposal: 'returned' })
      .then(refusal('recipient-ended'));
    given(added, ended).when(assess).then(refusal('recipient-ended'));
    given(added)
      .when({ ...end, proof: ' ' })
      .then(refusal('disposal-not-confirmed'));
    given(added)
      .when({ kind: 'EndRecipient', staffId: 's', disposal: 'not-due' })
      .then(refusal('disposal-not-confirmed'));
    given(added)
      .when({ ...end, effectiveAt: '2026-03-01T00:00:00.000Z' })
      .then(refusal('effective-in-future'));
    given({ ...added, data: { ...entry, role: 'third-party' } } as Given<RecipientEvent>)
      .when({ kind: 'EndRecipient', staffId: 's', disposal: 'not-due' })
      .thenTypes('RecipientEnded');
  });
});

it('knows the countries that are recognised as equivalent, from the day on which they are', () => {
  expect(['DE', 'GB', 'NO', 'US', 'CH'].map((code) => isEquivalentCountry(code, '2026-11-22'))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  expect(isEquivalentCountry('DE', '2019-01-22')).toBe(false);
});
