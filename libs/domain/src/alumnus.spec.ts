import { facts, refusal, scenario, type Given } from '../../../test/support/scenario';
import { alumnusDecider, type AlumnusCommand, type RegisterAlumnus } from './alumnus';
import type { TakeOverRow } from './alumnus-import';
import { CATEGORY_OF, type AlumnusEvent } from './alumnus-state';
import { ALUMNUS_EVENTS } from './contact-events';
import { EVENTS, ITEM_FIELDS, type EventDeclaration } from './disclosure';
import { fold } from './kernel';

const { given } = scenario(alumnusDecider);

const name = { family: '髙橋', given: '一郎' };
const person = { name, email: 'a@example.jp', phone: '+819012345678' };
const employment = { joinedOn: '2012-04-01', leftOn: '2019-03-31', department: '開発部' };
const register: RegisterAlumnus = { kind: 'RegisterAlumnus', alumnusId: 'a1', person, employment };
const row: TakeOverRow = { kind: 'TakeOverRow', alumnusId: 'a1', person, employment };

const registered: Given<'AlumnusRegistered'> = {
  type: 'AlumnusRegistered',
  data: { alumnusId: 'a1', origin: 'import', ...person, employment },
  batchId: 'b1',
};
const byHand: Given<'AlumnusRegistered'> = {
  type: 'AlumnusRegistered',
  data: { alumnusId: 'a1', origin: 'hand', ...person, employment },
};
const correctedByHand: Given<'AlumnusCorrected'> = {
  type: 'AlumnusCorrected',
  data: { alumnusId: 'a1', email: 'new@example.jp', changed: ['email'] },
};
const returned: Given<'AlumnusReturned'> = {
  type: 'AlumnusReturned',
  data: { alumnusId: 'a1', returnedOn: '2020-01-06' },
};
const died: Given<'AlumnusDeathRecorded'> = { type: 'AlumnusDeathRecorded', data: { alumnusId: 'a1' } };

describe('by hand', () => {
  it('registers, once', () => {
    given()
      .when(register)
      .then([{ type: 'AlumnusRegistered', data: byHand.data as never }]);
    given(byHand).when(register).then([]);
    given(byHand)
      .when({ ...register, person: { name: { family: '別' } } })
      .then(refusal('already-registered'));
  });

  it.each<[Partial<RegisterAlumnus>, string]>([
    [{ person: { name: { family: ' ' } } }, 'name-required'],
    [{ person: { ...person, email: '' } }, 'value-blank'],
    [{ person: { ...person, birthDate: '1990-02-30' } }, 'day-invalid'],
    [{ person: { ...person, birthDate: '2013-01-01' } }, 'born-after-joining'],
    [{ person: { ...person, birthDate: '1800-01-01' } }, 'day-invalid'],
    [{ employment: { ...employment, joinedOn: '0001-01-01' } }, 'day-invalid'],
    [{ employment: { ...employment, joinedOn: '2012-4-1' } }, 'day-invalid'],
    [{ employment: { ...employment, leftOn: '2019-02-29' } }, 'day-invalid'],
    [{ employment: { ...employment, leftOn: '2012-03-31' } }, 'left-before-joined'],
    [{ employment: { ...employment, leftOn: '2026-01-02' } }, 'leaves-later'],
  ])('refuses %j', (change, code) =>
    given()
      .when({ ...register, ...change })
      .thenTypes(code),
  );

  it('counts the day of leaving in Tokyo', () => {
    const command = { ...register, employment: { ...employment, leftOn: '2026-01-02' } };
    given().when(command, '2026-01-01T15:00:00.000Z').thenTypes('AlumnusRegistered');
  });

  it('corrects just what differs', () => {
    const patch = { email: 'new@example.jp', phone: person.phone, postalAddress: null };
    given(registered)
      .when({ kind: 'CorrectAlumnus', patch, reason: 'told us' })
      .then([
        {
          type: 'AlumnusCorrected',
          data: { alumnusId: 'a1', email: 'new@example.jp', changed: ['email'], reason: 'told us' },
        },
      ]);
    given(registered, correctedByHand).when({ kind: 'CorrectAlumnus', patch }).then([]);
  });

  it('removes a value, but never the name', () => {
    given(registered)
      .when({ kind: 'CorrectAlumnus', patch: { email: null } })
      .then([{ type: 'AlumnusCorrected', data: { alumnusId: 'a1', email: null, changed: ['email'] } }]);
    given(registered)
      .when({ kind: 'CorrectAlumnus', patch: { name: null } })
      .then(refusal('name-required'));
  });

  it('corrects and adds employments', () => {
    const fixed = { ...employment, leftOn: '2019-04-30' };
    const other = { joinedOn: '2020-01-06', leftOn: '2024-12-31' };
    given(registered)
      .when({ kind: 'CorrectEmployment', index: 0, employment: fixed })
      .then([{ type: 'EmploymentCorrected', data: { alumnusId: 'a1', index: 0, employment: fixed } }]);
    given(registered)
      .when({ kind: 'CorrectEmployment', index: 1, employment: fixed })
      .then(refusal('employment-unknown', { index: 1 }));
    given(registered).when({ kind: 'AddEmployment', employment: other }).thenTypes('EmploymentAdded');
    given(registered)
      .when({ kind: 'AddEmployment', employment: fixed })
      .then(refusal('employment-already-known'));
    given(registered).when({ kind: 'AddEmployment', employment }).then([]);
    given(registered, { type: 'EmploymentAdded', data: { alumnusId: 'a1', employment: other } })
      .when({ kind: 'CorrectEmployment', index: 1, employment: { ...other, joinedOn: employment.joinedOn } })
      .then(refusal('employment-already-known'));
  });

  it('does not correct a birth to a day that is still to come, nor a name to none', () => {
    const born: Given<'AlumnusRegistered'> = {
      type: 'AlumnusRegistered',
      data: {
        alumnusId: 'a1',
        origin: 'hand',
        name,
        employment: { joinedOn: '2030-04-01', leftOn: '2031-03-31' },
      },
    };
    given(born)
      .when({ kind: 'CorrectAlumnus', patch: { birthDate: '2026-01-02' } })
      .then(refusal('day-in-future', { field: 'birthDate' }));
    given(registered)
      .when({ kind: 'CorrectAlumnus', patch: { name: null } })
      .then(refusal('name-required'));
  });

  it('records a return and a death at once, and only once', () => {
    given(registered)
      .when({ kind: 'RecordReturn', returnedOn: '2020-01-06' })
      .then([{ type: 'AlumnusReturned', data: { alumnusId: 'a1', returnedOn: '2020-01-06' } }]);
    given(registered, returned).when({ kind: 'RecordReturn' }).then([]);
    const again: Given<'EmploymentAdded'> = {
      type: 'EmploymentAdded',
      data: { alumnusId: 'a1', employment: { joinedOn: '2020-01-06', leftOn: '2024-12-31' } },
    };
    const past = { kind: 'RecordReturn', returnedOn: '2020-01-06' } as const;
    given(registered, again).when(past).thenTypes('AlumnusReturned');
    given(registered, again, returned).when(past).then([]);
    given(registered, again, returned).when({ kind: 'RecordReturn' }).thenTypes('AlumnusReturned');
    // A return begins after a leaving, not before it nor while employed.
    for (const returnedOn of ['2010-01-01', '2012-04-01', '2015-04-01', '2019-03-31']) {
      const command = { kind: 'RecordReturn', returnedOn } as const;
      given(registered).when(command).then(refusal('returned-before-leaving'));
    }
    given(registered).when({ kind: 'RecordReturn', returnedOn: '2019-04-01' }).thenTypes('AlumnusReturned');
    given(registered, again)
      .when({ kind: 'RecordReturn', returnedOn: '2022-04-01' })
      .then(refusal('returned-before-leaving'));
    // Whoever is back cannot come back again; the same return said twice is one.
    given(registered, returned).when({ kind: 'RecordReturn', returnedOn: '2020-01-06' }).then([]);
    given(registered, returned)
      .when({ kind: 'RecordReturn', returnedOn: '2021-01-06' })
      .then(refusal('already-returned'));
    given(registered).when({ kind: 'RecordReturn', returnedOn: '2027-01-01' }).thenTypes('day-in-future');
    given(registered).when({ kind: 'RecordReturn', returnedOn: '2020-02-30' }).thenTypes('day-invalid');
    given(registered).when({ kind: 'RecordDeath', diedOn: '2023-13-01' }).thenTypes('day-invalid');
    given(registered)
      .when({ kind: 'RecordDeath' })
      .then([{ type: 'AlumnusDeathRecorded', data: { alumnusId: 'a1' } }]);
    given(registered, died).when({ kind: 'RecordDeath' }).then([]);
    given(registered, died).when({ kind: 'RecordReturn' }).then(refusal('alumnus-died'));
    const fell: Given<'AlumnusRegistered'> = {
      ...registered,
      data: { ...registered.data, employment: { ...employment, leavingKind: 'death' } },
    };
    given(fell).when({ kind: 'RecordReturn' }).then(refusal('alumnus-died'));
    given(fell).when({ kind: 'RecordDeath' }).thenTypes('AlumnusDeathRecorded');
  });

  it.each<AlumnusCommand>([
    { kind: 'CorrectAlumnus', patch: {} },
    { kind: 'AddEmployment', employment },
    { kind: 'RecordReturn' },
    { kind: 'RecordDeath' },
  ])('does not know whom it never registered: $kind', (command) => {
    given().when(command).then(refusal('alumnus-unknown'));
  });
});

describe('from a file', () => {
  it('registers a new person without the values that the file leaves empty', () => {
    given()
      .when({ ...row, person: { ...person, kana: null } })
      .then([{ type: 'AlumnusRegistered', data: registered.data as never }]);
  });

  it('changes nothing the second time', () => given(registered).when(row).then([]));

  it('leaves alone what the file does not map', () => {
    const narrow = { ...row, person: { name }, employment: { joinedOn: '2012-04-01', leftOn: '2019-03-31' } };
    given(registered).when(narrow).then([]);
  });

  it('corrects just the changed fields, and removes what a mapped column says is empty', () => {
    given(registered)
      .when({ ...row, person: { ...person, email: 'b@example.jp', phone: null } })
      .then([
        {
          type: 'AlumnusCorrected',
          data: { alumnusId: 'a1', email: 'b@example.jp', phone: null, changed: ['email', 'phone'] },
        },
      ]);
  });

  it('corrects an employment by its joining date, keeping what is not mapped', () => {
    const changed = { joinedOn: '2012-04-01', leftOn: '2019-04-30', job: '設計' };
    given(registered)
      .when({ ...row, employment: changed })
      .then([
        {
          type: 'EmploymentCorrected',
          data: { alumnusId: 'a1', index: 0, employment: { ...employment, ...changed } },
        },
      ]);
  });

  it('takes another joining date for another employment', () => {
    const second = { joinedOn: '2020-01-06', leftOn: '2024-12-31' };
    given(registered)
      .when({ ...row, employment: second })
      .then([{ type: 'EmploymentAdded', data: { alumnusId: 'a1', employment: second } }]);
  });

  it('does not undo what somebody corrected since the file said so', () => {
    given(registered, correctedByHand).when(row).then([]);
    const fixed = { ...employment, joinedOn: '2012-04-02' };
    const byHand = {
      type: 'EmploymentCorrected',
      data: { alumnusId: 'a1', index: 0, employment: fixed },
    } as const;
    given(registered, byHand).when(row).then([]);
    given(registered, correctedByHand)
      .when({ ...row, person: { ...person, email: 'c@example.jp' } })
      .thenTypes('AlumnusCorrected');
  });

  it('does not let two rows of one person correct each other for ever', () => {
    const later = { joinedOn: '2020-01-06', leftOn: '2024-12-31' };
    const rows: TakeOverRow[] = [
      row,
      { ...row, person: { ...person, email: 'later@example.jp', lineId: 'line' }, employment: later },
    ];
    for (const order of [rows, rows.toReversed()]) {
      const past: Given<AlumnusEvent>[] = [];
      const read = (one: TakeOverRow) => {
        const { decision } = given(...past).when(one);
        past.push(
          ...(decision as readonly Given<AlumnusEvent>[]).map((event) => ({ ...event, batchId: 'b' })),
        );
      };
      order.forEach(read);
      const once = past.length;
      expect(past.some(({ data }) => 'email' in data && data.email === 'later@example.jp')).toBe(true);
      order.forEach(read);
      expect(past).toHaveLength(once);
    }
  });

  it('brings nothing back that was erased', () => {
    const gone: Given<'AlumnusRegistered'> = {
      type: 'AlumnusRegistered',
      data: { alumnusId: 'a1', origin: 'import' },
      erased: ['programme', 'contact'],
    };
    given(gone).when(row).then(refusal('erased'));
    const { email: _, phone: __, ...rest } = registered.data;
    const noContact: Given<'AlumnusRegistered'> = { ...registered, data: rest, erased: ['contact'] };
    given(noContact).when(row).then([]);
  });

  it('refuses a row that cannot be', () => {
    given()
      .when({ ...row, employment: { ...employment, leftOn: '2011-01-01' } })
      .then(refusal('left-before-joined'));
    given(registered)
      .when({ ...row, employment: { ...employment, leftOn: '2011-01-01' } })
      .then(refusal('left-before-joined'));
    given(registered)
      .when({ ...row, person: { ...person, birthDate: '2015-01-01' } })
      .then(refusal('born-after-joining'));
  });
});

describe('an item that was erased', () => {
  const { phone: _, ...rest } = registered.data;
  const without: Given<'AlumnusRegistered'> = { ...registered, data: rest, erasedFields: ['phone'] };

  it('is brought back by no file, neither the old one nor another', () => {
    given(without).when(row).then([]);
    given(without)
      .when({ ...row, person: { ...person, phone: '+81312345678' } })
      .then([]);
    given(without)
      .when({ ...row, person: { ...person, email: 'b@example.jp' } })
      .thenTypes('AlumnusCorrected');
  });

  it('is entered again by a person, and no file undoes that', () => {
    const correct: AlumnusCommand = { kind: 'CorrectAlumnus', patch: { phone: '+81312345678' } };
    given(without).when(correct).thenTypes('AlumnusCorrected');
    const again: Given<'AlumnusCorrected'> = {
      type: 'AlumnusCorrected',
      data: { alumnusId: 'a1', phone: '+81312345678', changed: ['phone'] },
    };
    given(without, again).when(row).then([]);
  });

  it('does not bring back the value that it had replaced', () => {
    const gone: Given<'AlumnusCorrected'> = {
      type: 'AlumnusCorrected',
      data: { alumnusId: 'a1', changed: ['phone'] },
      erasedFields: ['phone'],
    };
    const { values, erasedItems } = fold(alumnusDecider, facts([registered, gone]));
    expect(values).toEqual({ name, email: person.email });
    expect(erasedItems).toEqual(['phone']);
  });

  it('is sealed in no event but those of the person’s own stream, which are sealed anew', () => {
    const ofItems = new Set(ITEM_FIELDS.map((field) => CATEGORY_OF[field]));
    const sealing = Object.entries(EVENTS as Readonly<Record<string, EventDeclaration>>).filter(
      ([, { fields }]) =>
        Object.values(fields).some(
          (field) => field.kind === 'sealed' && field.categories.some((category) => ofItems.has(category)),
        ),
    );
    const inTheStream: readonly string[] = ALUMNUS_EVENTS;
    expect(sealing.map(([type]) => type).filter((type) => !inTheStream.includes(type))).toEqual([]);
    expect(sealing.every(([, { subject }]) => subject?.kind === 'alumnus')).toBe(true);
  });
});
