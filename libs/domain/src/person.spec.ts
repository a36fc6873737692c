import { facts, type Given } from '../../../test/support/scenario';
import type { AlumnusEvent } from './alumnus-state';
import type { Hold, LifecycleEvent } from './lifecycle';
import { consentSubject, personFacts, rosterColumns, totalServiceMonths } from './person';

const employment = {
  joinedOn: '2012-04-01',
  leftOn: '2019-03-31',
  department: '営業部',
  kind: 'regular',
} as const;
const registered: Given<AlumnusEvent> = {
  type: 'AlumnusRegistered',
  data: {
    alumnusId: 'a1',
    origin: 'hand',
    name: { family: '佐藤' },
    email: 'a@example.jp',
    phone: '+81312345678',
    employment,
  },
};
const returned: Given<AlumnusEvent> = {
  type: 'AlumnusReturned',
  data: { alumnusId: 'a1', returnedOn: '2020-01-06' },
};
const added = (leftOn: string): Given<AlumnusEvent> => ({
  type: 'EmploymentAdded',
  data: { alumnusId: 'a1', employment: { joinedOn: '2010-01-01', leftOn } },
});

const person = (...given: Given<AlumnusEvent>[]) => personFacts(facts(given));

it('knows nobody who is not registered, nor registered yet', () => {
  expect(person()).toBeUndefined();
  expect(personFacts(facts([registered]), [], '2025-12-31T00:00:00.000Z')).toBeUndefined();
  expect(consentSubject(undefined)).toEqual({
    registered: false,
    died: false,
    returned: false,
    erasing: false,
    held: false,
  });
});

it('counts a hold that stops contact until it is released', () => {
  const hold = {
    holdId: 'h1',
    alumnusId: 'a1',
    stopsContact: true,
    reviewAt: '2027-01-01T00:00:00.000Z',
    placedId: 'e2',
  };
  const held = (...holds: Hold[]) => consentSubject(person(registered), holds).held;
  expect([held(), held(hold), held({ ...hold, stopsContact: false })]).toEqual([false, true, false]);
  expect(held({ ...hold, releasedId: 'e3' })).toBe(false);
});

it('tells what the rules ask', () => {
  expect(person(registered)).toEqual({
    alumnusId: 'a1',
    registeredId: 'e1',
    name: { family: '佐藤' },
    channels: ['email', 'phone'],
    employments: [employment],
    latest: employment,
    serviceMonths: 84,
  });
  expect(rosterColumns(person(registered)!)).toEqual({
    service_months: 84,
    left_on: '2019-03-31',
    leaving_kind: null,
    employment_kind: 'regular',
    department: '営業部',
    job: null,
  });
});

it.each([
  ['+819012345678', ['phone', 'sms']],
  ['+81312345678', ['phone']],
  ['+14155550123', ['phone', 'sms']],
])('reaches %s by %j', (phone, channels) => {
  const { email: _, ...data } = registered.data as { email?: string };
  expect(person({ ...registered, data: { ...data, phone } } as Given<AlumnusEvent>)?.channels).toEqual(
    channels,
  );
});

it('sees a return end when the person leaves again, and keeps from when consents count', () => {
  expect(person(registered, returned)).toMatchObject({ returnedId: 'e2', consentsFromId: 'e2' });
  expect(person(registered, returned, added('2011-01-01'))).toHaveProperty('returnedId');
  const again = person(registered, returned, added('2024-12-31'));
  expect(again).not.toHaveProperty('returnedId');
  expect(again).toMatchObject({
    consentsFrom: facts([registered, returned])[1]!.effectiveAt,
    latest: { leftOn: '2024-12-31' },
  });
});

describe('a return recorded after the leaving that ended it', () => {
  const over: Given<AlumnusEvent> = {
    type: 'EmploymentAdded',
    data: { alumnusId: 'a1', employment: { joinedOn: '2020-01-06', leftOn: '2024-12-31' } },
  };
  const from = (...given: Given<AlumnusEvent>[]) => facts(given).at(-1)!.effectiveAt;

  it('is over, and earlier consents count no more', () => {
    const late = person(registered, over, returned);
    expect(late).not.toHaveProperty('returnedId');
    expect(late).toMatchObject({ consentsFromId: 'e3', consentsFrom: from(registered, over, returned) });
  });

  it('is not over for an employment that began before it, nor where its day is not known', () => {
    expect(person(registered, added('2024-12-31'), returned)).toHaveProperty('returnedId', 'e3');
    const someDay: Given<AlumnusEvent> = { type: 'AlumnusReturned', data: { alumnusId: 'a1' } };
    expect(person(registered, over, someDay)).toHaveProperty('returnedId', 'e3');
  });

  it('does not end a return that stands already', () => {
    const backNow: Given<AlumnusEvent> = { type: 'AlumnusReturned', data: { alumnusId: 'a1' } };
    expect(person(registered, over, backNow, returned)).toHaveProperty('returnedId', 'e4');
  });
});

describe('who died in service', () => {
  const fell = { joinedOn: '2020-01-06', leftOn: '2024-12-31', leavingKind: 'death' } as const;
  const left: Given<AlumnusEvent> = { type: 'EmploymentAdded', data: { alumnusId: 'a1', employment: fell } };
  const recorded: Given<AlumnusEvent> = { type: 'AlumnusDeathRecorded', data: { alumnusId: 'a1' } };
  const corrected: Given<AlumnusEvent> = {
    type: 'EmploymentCorrected',
    data: { alumnusId: 'a1', index: 1, employment: { ...fell, leavingKind: 'personal-reason' } },
  };

  it('has died, as the employment says, though nobody recorded a death', () => {
    expect(person(registered, left)).toHaveProperty('diedId', 'e2');
    expect(consentSubject(person(registered, left))).toMatchObject({ died: true });
    expect(person(registered, left, added('2025-12-31'))).toHaveProperty('diedId', 'e2');
    expect(person(registered, left, recorded)).toHaveProperty('diedId', 'e3');
  });

  it('lives again only when that was wrong', () => {
    expect(person(registered, left, corrected)).not.toHaveProperty('diedId');
    expect(person(registered, left, recorded, corrected)).toHaveProperty('diedId', 'e3');
  });
});

it('counts overlapping and following periods once', () => {
  const period = (joinedOn: string, leftOn: string) => ({ joinedOn, leftOn });
  expect(totalServiceMonths([period('2020-01-01', '2020-12-31'), period('2020-06-01', '2021-05-31')])).toBe(
    17,
  );
  expect(totalServiceMonths([period('2020-01-01', '2020-01-15'), period('2020-01-16', '2020-01-31')])).toBe(
    1,
  );
  expect(totalServiceMonths([period('2021-01-01', '2021-12-31'), period('2010-01-01', '2010-12-31')])).toBe(
    24,
  );
  expect(totalServiceMonths([])).toBe(0);
});

it('tells erasures that end contact from others', () => {
  const erasure = (
    type: 'ErasureStarted' | 'ErasureCompleted',
    category: 'contact' | 'leaving-detail',
  ): Given<LifecycleEvent> => ({
    type,
    data: { alumnusId: 'a1', categories: [category] },
  });
  const known = facts([registered]);
  const some = facts<LifecycleEvent>([erasure('ErasureStarted', 'leaving-detail')]);
  expect(personFacts(known, some)).not.toHaveProperty('erasureStartedId');
  const all = facts<LifecycleEvent>([
    erasure('ErasureStarted', 'contact'),
    erasure('ErasureCompleted', 'contact'),
  ]);
  expect(personFacts(known, all)).toMatchObject({ erasureStartedId: 'e1', erasureCompletedId: 'e2' });
});

it('knows little of a person whose data is gone, and breaks on nothing', () => {
  const gone: Given<AlumnusEvent> = {
    type: 'AlumnusRegistered',
    data: { alumnusId: 'a1', origin: 'import' },
    erased: ['programme', 'contact'],
  };
  expect(
    person(gone, { type: 'EmploymentCorrected', data: { alumnusId: 'a1', index: 0 }, erased: ['programme'] }),
  ).toEqual({
    alumnusId: 'a1',
    registeredId: 'e1',
    channels: [],
    employments: [],
  });
});
