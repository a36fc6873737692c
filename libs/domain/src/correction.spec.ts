import { facts, refusal, scenario, type Given } from '../../../test/support/scenario';
import { alumnusDecider } from './alumnus';
import type { AlumnusEvent } from './alumnus-state';
import { correctionsOf } from './correction';

const { given } = scenario(alumnusDecider);
const employment = { joinedOn: '2012-04-01', leftOn: '2019-03-31' };
const registered: Given<AlumnusEvent> = {
  type: 'AlumnusRegistered',
  data: { alumnusId: 'a', origin: 'hand', name: { family: '高橋' }, email: 'old@example.jp', employment },
};
const investigation = { origin: 'person', checked: '戸籍抄本を確認', requestId: 'q' } as const;
const found = (fields: readonly string[]) => ({
  type: 'CorrectionInvestigated',
  data: { alumnusId: 'a', fields, outcome: 'wrong', ...investigation },
});

describe('looking into a value (34)', () => {
  it('comes with the correction, as what was looked at before it', () => {
    const patch = { name: { family: '髙橋' } };
    given(registered)
      .when({ kind: 'CorrectAlumnus', patch, investigation })
      .then([
        found(['name']),
        { type: 'AlumnusCorrected', data: { alumnusId: 'a', ...patch, changed: ['name'] } },
      ] as never);
    const moved = { ...employment, leftOn: '2019-04-30' };
    given(registered)
      .when({ kind: 'CorrectEmployment', index: 0, employment: moved, investigation })
      .then([
        found(['employments']),
        { type: 'EmploymentCorrected', data: { alumnusId: 'a', index: 0, employment: moved } },
      ] as never);
  });

  it('is not kept of a correction that changes nothing, and is said in words', () => {
    const patch = { email: 'old@example.jp' };
    given(registered).when({ kind: 'CorrectAlumnus', patch, investigation }).then([]);
    for (const [checked, refused] of [
      [' ', refusal('investigation-missing')],
      ['123456789018', refusal('my-number', { field: 'checked' })],
    ] as const) {
      given(registered)
        .when({ kind: 'CorrectAlumnus', patch: { email: null }, investigation: { origin: 'staff', checked } })
        .then(refused);
    }
  });

  it('may come to what stands: it is right, or nobody can tell', () => {
    const look = { kind: 'InvestigateValues', fields: ['birthDate'], ...investigation } as const;
    const { kind: _, ...data } = { ...look, outcome: 'right' as const };
    given(registered)
      .when({ ...look, outcome: 'right' })
      .then([{ type: 'CorrectionInvestigated', data: { alumnusId: 'a', ...data } }]);
    given(registered)
      .when({ ...look, outcome: 'wrong' })
      .then(refusal('correct-what-is-wrong'));
    given()
      .when({ ...look, outcome: 'right' })
      .then(refusal('alumnus-unknown'));
  });
});

it('values that are known may be confirmed as of a day', () => {
  const confirm = { kind: 'ConfirmValues', fields: ['email'], origin: 'person' } as const;
  given(registered)
    .when({ ...confirm, effectiveAt: '2026-01-01T00:00:00.000Z' })
    .then([
      {
        type: 'ValuesConfirmed',
        data: { alumnusId: 'a', fields: ['email'], origin: 'person' },
        effectiveAt: '2026-01-01T00:00:00.000Z',
      },
    ]);
  given(registered)
    .when({ ...confirm, fields: ['phone'] })
    .then(refusal('nothing-to-confirm', { field: 'phone' }));
  given(registered)
    .when({ ...confirm, effectiveAt: '2027-01-01T00:00:00.000Z' })
    .then(refusal('effective-in-future'));
});

describe('what was corrected', () => {
  const first: Given<AlumnusEvent> = {
    type: 'AlumnusCorrected',
    data: { alumnusId: 'a', email: 'new@example.jp', phone: '090-0000-0000', changed: ['email', 'phone'] },
    commandId: 'c',
  };
  const second: Given<AlumnusEvent> = {
    type: 'AlumnusCorrected',
    data: { alumnusId: 'a', email: null, changed: ['email'] },
  };

  it('is told with what stood before and which event had said so', () => {
    const looked = { ...found(['email', 'phone']), commandId: 'c' } as unknown as Given<AlumnusEvent>;
    const [one, two] = correctionsOf(facts([registered, looked, first, second]));
    expect(one).toMatchObject({ fact: { id: 'e3' }, investigation: { id: 'e2' } });
    expect(one!.values).toEqual([
      { field: 'email', before: 'old@example.jp', beforeId: 'e1', after: 'new@example.jp' },
      { field: 'phone', before: undefined, after: '090-0000-0000' },
    ]);
    expect(two!.values).toEqual([
      { field: 'email', before: 'new@example.jp', beforeId: 'e3', after: undefined },
    ]);
    expect(two).not.toHaveProperty('investigation');
  });

  it('keeps its fields when the key of their values was destroyed', () => {
    const bare = { ...first, data: { alumnusId: 'a', changed: ['email', 'phone'] }, erased: ['contact'] };
    const [one] = correctionsOf(facts([registered, bare as Given<AlumnusEvent>]));
    expect(one!.values).toEqual([
      { field: 'email', before: 'old@example.jp', beforeId: 'e1', after: undefined },
      { field: 'phone', before: undefined, after: undefined },
    ]);
  });
});
