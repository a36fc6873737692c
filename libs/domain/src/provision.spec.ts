import { facts, refusal, scenario, type Given } from '../../../test/support/scenario';
import { fold, type Day, type NewEvent } from './kernel';
import {
  itemsIn,
  keptUntil,
  MOST_PROVIDED,
  provisionNeedsConsent,
  provisionDecider,
  type RecordProvision,
} from './provision';
import { recipientDecider, type RecipientEvent } from './recipient';
import type { RecipientContent, RecipientRole, RecordForm } from './recipient-terms';

const { given } = scenario(provisionDecider);
const both = (text: string) => ({ ja: text, en: text });
const content: RecipientContent = {
  name: both('架空'),
  address: both('東京都'),
  country: 'JP',
  basis: 'japan',
  task: both('配信'),
  contract: { reference: 'C-1', signedOn: '2025-12-01' },
};
const ABROAD = {
  country: 'SG',
  basis: 'consent',
  shown: { system: both('制度'), measures: both('措置') },
} as const;

function recipient(role: RecipientRole, more: Partial<RecipientContent> = {}, assessed = true) {
  const entry = {
    recipientId: 'r',
    staffId: 'r',
    version: 3,
    code: 'c',
    role,
    content: { ...content, ...more },
  };
  const events: Given<RecipientEvent>[] = [{ type: 'RecipientAdded', data: entry }];
  const looked = { recipientId: 'r', staffId: 's', assessment: 'selection', passed: true } as const;
  if (assessed) events.push({ type: 'RecipientAssessed', data: looked });
  return fold(recipientDecider, facts(events));
}

const entrust: RecordProvision = {
  kind: 'RecordProvision',
  provisionId: 'p',
  staffId: 's',
  recipient: recipient('processor'),
  months: { processor: 12, measures: 12 },
  ground: 'entrustment',
  items: ['name', 'email'],
  people: [{ alumnusId: 'a' }, { alumnusId: 'b' }],
};
const byConsent: RecordProvision = {
  ...entrust,
  recipient: recipient('third-party'),
  ground: 'consent',
  purposeId: 'u',
  people: [{ alumnusId: 'a', consentId: 'x' }],
};
const recorded: Given<'ProvisionRecorded'> = {
  type: 'ProvisionRecorded',
  data: {
    ...{ provisionId: 'p', staffId: 's', recipientId: 'r', recipientVersion: 3, ground: 'entrustment' },
    ...{ items: ['name'], byConsent: false, people: 1, chunks: 1 },
  },
};

describe('a record of data that is given to somebody (29)', () => {
  it('names the recipient by its version, what is given and why, and everybody in it', () => {
    given()
      .when({ ...entrust, note: '暗号化', effectiveAt: '2025-12-31T00:00:00.000Z' })
      .then([
        {
          type: 'ProvisionRecorded',
          data: {
            ...{
              provisionId: 'p',
              staffId: 's',
              recipientId: 'r',
              recipientVersion: 3,
              ground: 'entrustment',
            },
            ...{ items: ['name', 'email'], byConsent: false, people: 2, chunks: 1, note: '暗号化' },
          },
          effectiveAt: '2025-12-31T00:00:00.000Z',
        },
        {
          type: 'ProvisionChunkRecorded',
          data: {
            provisionId: 'p',
            recipientId: 'r',
            items: ['name', 'email'],
            number: 0,
            alumnusIds: ['a', 'b'],
          },
          effectiveAt: '2025-12-31T00:00:00.000Z',
        },
      ]);
    given(recorded).when(entrust).then([]);
  });

  it('names with each person the consent, where the law wants it', () => {
    const { decision } = given().when(byConsent);
    expect(decision).toMatchObject([
      { type: 'ProvisionRecorded', data: { byConsent: true, purposeId: 'u' } },
      { type: 'ProvisionChunkRecorded', data: { purposeId: 'u', alumnusIds: ['a'], consentIds: ['x'] } },
    ]);
  });

  it('has chunks of at most 3,000 people, each once and in order', () => {
    const people = Array.from({ length: 7001 }, (_, at) => ({ alumnusId: `a${at}` }));
    const { decision } = given().when({ ...entrust, people });
    const chunks = (decision as readonly NewEvent<'ProvisionChunkRecorded'>[]).slice(1);
    expect(chunks.map(({ data }) => [data.number, data.alumnusIds.length])).toEqual([
      [0, 3000],
      [1, 3000],
      [2, 1001],
    ]);
    expect(chunks.flatMap(({ data }) => data.alumnusIds)).toEqual(people.map(({ alumnusId }) => alumnusId));
  });

  it.each<[code: string, command: Partial<RecordProvision>]>([
    ['assessment-wanting', { recipient: recipient('processor', {}, false) }],
    ['recipient-unknown', { recipient: recipientDecider.initial }],
    ['provision-by-opt-out', { ground: 'opt-out' }],
    ['provision-contract-missing', { form: 'contract', note: ' ' }],
    ['provision-ground-unfit', { ground: 'consent' }],
    ['provision-ground-unfit', { recipient: recipient('third-party') }],
    ['provision-ground-unfit', { recipient: recipient('joint-user') }],
    ['provision-of-nobody', { people: [] }],
    [
      'provision-too-large',
      { people: Array.from({ length: MOST_PROVIDED + 1 }, () => ({ alumnusId: 'a' })) },
    ],
    ['provision-of-gone', { people: [{ alumnusId: 'a', gone: true }] }],
    ['my-number', { note: '123456789018' }],
    ['effective-in-future', { effectiveAt: '2027-01-01T00:00:00.000Z' }],
  ])('is refused with %s', (code, command) => {
    expect(given().when({ ...entrust, ...command }).decision).toMatchObject({ code });
  });

  it('needs everybody’s consent to a purpose, where the law wants consent', () => {
    const { purposeId: _, ...without } = byConsent;
    given().when(without).then(refusal('provision-purpose-missing'));
    given()
      .when({ ...byConsent, people: [{ alumnusId: 'a', consentId: 'x' }, { alumnusId: 'b' }] })
      .then(refusal('provision-without-consent', { people: 1, alumnusId: 'b' }));
  });
});

it('consent is needed by 27(1), and abroad by 28(1) whatever the ground but the exceptions', () => {
  expect(provisionNeedsConsent('consent', recipient('third-party'))).toBe(true);
  expect(provisionNeedsConsent('entrustment', recipient('processor'))).toBe(false);
  expect(provisionNeedsConsent('entrustment', recipient('processor', ABROAD))).toBe(true);
  expect(provisionNeedsConsent('law', recipient('third-party', ABROAD))).toBe(false);
  const equal = { country: 'DE', basis: 'equivalent-country' } as const;
  expect(provisionNeedsConsent('entrustment', recipient('processor', equal))).toBe(false);
});

it.each<[form: RecordForm | undefined, until: Day]>([
  // From the day on which it was made, in Japan.
  [undefined, '2029-11-22'],
  ['single', '2029-11-22'],
  // From the last provision.
  ['batch', '2029-10-01'],
  ['contract', '2027-10-01'],
])('a record of form %s is kept until %s', (form, until) => {
  const record = { made: '2026-11-21T15:00:00.000Z', given: '2026-09-30T15:00:00.000Z' };
  expect(keptUntil({ ...record, ...(form && { form }) }, '2026-11-22')).toBe(until);
});

it('a contract that stands in for a record is said to, and which', () => {
  const { decision } = given().when({ ...byConsent, form: 'contract', note: '契約書 2026-7' });
  expect(decision).toMatchObject([{ data: { form: 'contract', note: '契約書 2026-7' } }, {}]);
});

it('items belong to the category that seals them', () => {
  expect(itemsIn(['name', 'email', 'employments', 'consents'], ['contact'])).toEqual(['email']);
  expect(itemsIn(['name', 'email', 'employments', 'consents'], ['programme', 'consent-evidence'])).toEqual([
    'name',
    'employments',
    'consents',
  ]);
});

describe('a record of data that came from somebody (30)', () => {
  const receive = {
    kind: 'RecordReceipt',
    receiptId: 'q',
    staffId: 's',
    provider: recipient('third-party'),
    ground: 'consent',
    items: ['email'],
    people: [{ alumnusId: 'a' }],
    acquired: '本人から取得。契約書で確認',
  } as const;

  it('says from whom, whose, what, and how they had come by it', () => {
    given()
      .when(receive)
      .then([
        {
          type: 'ReceiptRecorded',
          data: {
            ...{ receiptId: 'q', staffId: 's', recipientId: 'r', recipientVersion: 3, ground: 'consent' },
            ...{ items: ['email'], alumnusIds: ['a'], acquired: '本人から取得。契約書で確認' },
          },
        },
      ]);
    given()
      .when({ ...receive, acquired: ' ' })
      .then(refusal('acquisition-missing'));
    given()
      .when({ ...receive, provider: recipientDecider.initial })
      .then(refusal('recipient-unknown'));
  });
});
