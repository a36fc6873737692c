import { facts, type Given } from '../../../../test/support/scenario';
import type { Category } from '../terms';
import type { Day } from '../kernel';
import type { RequestStanding } from '../requests/request-terms';
import { personRetention, sealedCategories, type HoldingEvent, type PersonEvent } from './person-events';
import { requestGround } from './person-grounds';
import { dataKeptUntil, keptCategories, retentionBases, type RetainingPurpose } from './person-retention';
import { NOTHING_SET, type LawSettings } from './law-settings';

const TODAY = '2026-11-21';
const alumnusId = 'a1';
const given = (type: Given<PersonEvent>['type'], data: object, at: string): Given<PersonEvent> =>
  ({ type, data: { alumnusId, ...data }, decidedAt: `${at}T03:00:00.000Z` }) as Given<PersonEvent>;

const HELD: Readonly<Partial<Record<PersonEvent, readonly Category[]>>> = {
  AlumnusRegistered: ['programme', 'contact'],
  ConsentGranted: ['consent-evidence'],
  AlumnusCorrected: ['contact', 'request-record'],
};
/** The events of a person, each with what it seals. */
function happened(...events: readonly Given<PersonEvent>[]): readonly HoldingEvent[] {
  return facts(events).map((fact) => ({ fact, categories: HELD[fact.type] ?? [] }));
}

const registered = given('AlumnusRegistered', { origin: 'import' }, '2026-01-10');
const asked = given(
  'ConsentRequested',
  { purposeId: 'p1', channels: ['email'], purposeVersion: 1 },
  '2026-02-10',
);
const grant = (more: object = {}) =>
  given(
    'ConsentGranted',
    { purposeId: 'p1', channels: ['email', 'phone'], purposeVersion: 1, ...more },
    '2026-03-10',
  );
const withdrawn = (channels: readonly string[], at: string) =>
  given('ConsentWithdrawn', { purposeId: 'p1', channels }, at);

const purposes = new Map<string, RetainingPurpose>([
  ['p1', { purposeId: 'p1', categories: ['programme', 'contact', 'profile'] }],
]);

/** Until when each category stays: a day, `open`, or nothing that keeps it. */
function kept(events: readonly HoldingEvent[], settings: LawSettings = NOTHING_SET, known = purposes) {
  const { grounds } = personRetention(events);
  const bases = retentionBases(grounds, known, TODAY, settings);
  return (category: Category): Day | 'open' | undefined => {
    const end = dataKeptUntil(bases, category);
    return end?.kind === 'until' ? end.until : end?.kind;
  };
}

describe('until when the data of a person stay', () => {
  it('approach-wait: who was never asked stays a year from the registration', () => {
    const stays = kept(happened(registered));
    expect([stays('programme'), stays('contact'), stays('leaving-detail')]).toEqual(
      Array.from({ length: 3 }, () => '2027-01-10'),
    );
    expect(stays('consent-evidence')).toBeUndefined();
  });

  it('answer-wait: who never answers stays 90 days from the last asking, or as long as the purpose says', () => {
    const again = given(
      'ConsentRequested',
      { purposeId: 'p1', channels: ['email'], purposeVersion: 1 },
      '2026-04-10',
    );
    expect(kept(happened(registered, asked))('contact')).toBe('2026-05-11');
    expect(kept(happened(registered, asked, again))('contact')).toBe('2026-07-09');
    const own = { purposeId: 'p1', keepMonths: 1, answerDays: 30, from: '2026-01-01', eventId: 'e' };
    expect(kept(happened(registered, asked), { ...NOTHING_SET, purposes: [own] })('contact')).toBe(
      '2026-04-12',
    );
  });

  it('a consent that stands keeps what its purpose uses, and its evidence, without an end', () => {
    const stays = kept(happened(registered, asked, grant()));
    expect([stays('programme'), stays('profile'), stays('consent-evidence')]).toEqual([
      'open',
      'open',
      'open',
    ]);
    expect(stays('leaving-detail')).toBeUndefined();
  });

  it('with the last channel withdrawn the data are due, and the evidence stays five years', () => {
    const one = withdrawn(['email'], '2026-04-10');
    const both = [registered, asked, grant(), one, withdrawn(['phone'], '2026-05-10')];
    expect(kept(happened(registered, grant(), one))('contact')).toBe('open');
    expect(kept(happened(...both))('contact')).toBe('2026-05-10');
    expect(kept(happened(...both))('consent-evidence')).toBe('2031-05-10');
  });

  it('a consent that will expire ends on a day that is known beforehand', () => {
    const stays = kept(happened(registered, grant({ expiresAt: '2027-03-10T03:00:00.000Z' })));
    expect([stays('contact'), stays('consent-evidence')]).toEqual(['2027-03-10', '2032-03-10']);
  });

  it('who refused is not kept for having been asked', () => {
    const refused = given(
      'ConsentRefused',
      { purposeId: 'p1', channels: ['email'], purposeVersion: 1 },
      '2026-03-01',
    );
    expect(kept(happened(registered, asked, refused))('contact')).toBe('2026-03-01');
  });

  it('the latest of several purposes wins', () => {
    const other = given(
      'ConsentRequested',
      { purposeId: 'p2', channels: ['post'], purposeVersion: 1 },
      '2026-09-01',
    );
    const all = happened(registered, grant(), withdrawn(['email', 'phone'], '2026-05-10'), other);
    expect(kept(all)('contact')).toBe('2026-11-30');
    expect(kept(all)('profile')).toBe('2026-05-10');
  });

  it('an erasure of what a contact needs ends every consent: the evidence then has an end, and a new consent counts', () => {
    const erased = given('ErasureStarted', { categories: ['programme', 'contact'] }, '2026-06-01');
    const evidenceOnly = given('ErasureStarted', { categories: ['leaving-detail'] }, '2026-06-01');
    expect(kept(happened(registered, grant(), erased))('consent-evidence')).toBe('2031-06-01');
    expect(kept(happened(registered, grant(), evidenceOnly))('consent-evidence')).toBe('open');
    const again = given(
      'ConsentGranted',
      { purposeId: 'p1', channels: ['email'], purposeVersion: 1 },
      '2026-07-01',
    );
    expect(kept(happened(registered, grant(), erased, again))('consent-evidence')).toBe('open');
  });

  it('request-record: the record of a request stays until the person is told, and then from the last thing done', () => {
    const last = { id: 'e9', effectiveAt: '2026-04-10T03:00:00.000Z' };
    const endOf = (standing: RequestStanding) =>
      keptCategories(retentionBases([requestGround(standing, last)], new Map(), TODAY, NOTHING_SET));
    const record = { category: 'request-record', number: 'request-record' };
    expect([endOf('executed'), endOf('complained')]).toEqual([[record], [record]]);
    const ended = [{ ...record, until: '2029-04-10' }];
    expect([endOf('notified'), endOf('closed')]).toEqual([ended, ended]);
  });

  it('a retired purpose keeps nothing from that day on', () => {
    const retired = new Map([['p1', { ...purposes.get('p1')!, retiredOn: '2026-06-01' }]]);
    expect(kept(happened(registered, grant()), NOTHING_SET, retired)('contact')).toBe('2026-05-31');
  });

  it('a death and a return end what was consented before', () => {
    const died = given('AlumnusDeathRecorded', {}, '2026-06-10');
    expect(kept(happened(registered, died))('programme')).toBeUndefined();
    expect(kept(happened(registered, asked, died))('contact')).toBe('2026-06-10');
    const back = given('AlumnusReturned', {}, '2026-06-10');
    const left = given('EmploymentAdded', {}, '2026-10-10');
    expect(kept(happened(registered, grant(), back))('consent-evidence')).toBe('2031-06-10');
    expect(kept(happened(registered, grant(), back, left))('contact')).toBe('2027-10-10');
  });

  it('a registration that was undone keeps nobody', () => {
    const undone = given('RegistrationUndone', { importId: 'i1' }, '2026-02-01');
    expect(kept(happened(registered, undone))('programme')).toBeUndefined();
  });

  it('what the desk has written down stays three years, and while a hold or a document elsewhere stands', () => {
    const corrected = given('AlumnusCorrected', { changed: ['email'] }, '2026-02-01');
    const hold = given(
      'HoldPlaced',
      { holdId: 'h1', stopsContact: false, reviewAt: '2027-01-01' },
      '2026-03-01',
    );
    const released = given('HoldReleased', { holdId: 'h1' }, '2026-04-01');
    const entry = given(
      'HeldElsewhereRecorded',
      { entryId: 'x1', systemId: 's1', document: 'roster' },
      '2026-05-01',
    );
    const gone = given('DisposalConfirmed', { entryId: 'x1' }, '2026-06-01');
    expect(kept(happened(registered, corrected))('request-record')).toBe('2029-02-01');
    expect(kept(happened(registered, corrected, hold))('request-record')).toBe('open');
    expect(kept(happened(registered, corrected, hold, released))('request-record')).toBe('2029-04-01');
    expect(kept(happened(registered, hold, released, entry))('request-record')).toBe('open');
    expect(kept(happened(registered, hold, released, entry, gone))('request-record')).toBe('2029-06-01');
  });
});

describe('what is held of a person', () => {
  it('is told by what is sealed, and ends with its erasure until something new comes', () => {
    const erased = given('ErasureStarted', { categories: ['contact'] }, '2026-06-01');
    const held = (...events: readonly Given<PersonEvent>[]) => personRetention(happened(...events)).holdings;
    expect(held(registered, grant())).toEqual(['consent-evidence', 'contact', 'programme']);
    expect(held(registered, grant(), erased)).toEqual(['consent-evidence', 'programme']);
    expect(held(registered, erased, given('AlumnusCorrected', { changed: [] }, '2026-07-01'))).toContain(
      'contact',
    );
  });

  it('is read off the groups of a stored event', () => {
    const group = (category: string) => ({ category, ciphertext: '' });
    expect(sealedCategories({ sealed: [group('contact'), group('programme')] })).toEqual([
      'contact',
      'programme',
    ]);
    expect(sealedCategories({})).toEqual([]);
  });
});
