import { grant, granted, refuse as refuseConsent, withdraw } from '../../../test/support/consents';
import { refusal, scenario, type Given } from '../../../test/support/scenario';
import { alumnusDecider, type AlumnusCommand } from './alumnus';
import { companyDecider } from './company';
import { consentDecider } from './consent';
import type { ConsentCommand } from './consent-commands';
import { lifecycleDecider } from './lifecycle';
import { UNWANTED } from './texts';

/** What stands in a text, and the code that it is refused with. */
const WRONG = [
  ['123456789018', 'my-number'],
  ['\u202e', 'control-character'],
  ['\u0007', 'control-character'],
] as const;

const alumnusId = 'a1';
const employment = { joinedOn: '2012-04-01', leftOn: '2019-03-31' };
const name = { family: '髙橋' };
const registered: Given<'AlumnusRegistered'> = {
  type: 'AlumnusRegistered',
  data: { alumnusId, origin: 'hand', name, employment },
};
const representative = { name: '縁野 守', relation: '親' };

describe.each(WRONG)('%j', (wrong, code) => {
  const text = `前${wrong}後`;

  it.each<[field: string, value: unknown]>([
    ['name', { family: text }],
    ['name', { family: '髙橋', given: text }],
    ['kana', { given: text }],
    ['formerNames', ['旧姓', text]],
    ['employeeNumber', wrong],
    ['email', `${wrong}@example.jp`],
    ['phone', wrong],
    ['postalAddress', text],
    ['lineId', wrong],
    ['leavingReason', text],
    ['leavingDetail', text],
  ])('is refused in %s of a person, by each way in', (field, value) => {
    const person = { name, [field]: value };
    const expected = refusal(code, { field });
    const { given } = scenario(alumnusDecider);
    given().when({ kind: 'RegisterAlumnus', alumnusId, person, employment }).then(expected);
    given(registered)
      .when({ kind: 'CorrectAlumnus', patch: { [field]: value } })
      .then(expected);
    given().when({ kind: 'TakeOverRow', alumnusId, person, employment }).then(expected);
    given(registered).when({ kind: 'TakeOverRow', alumnusId, person, employment }).then(expected);
  });

  it.each(['department', 'job'])('is refused in %s of an employment', (field) => {
    const wrongly = { joinedOn: '2020-04-01', leftOn: '2021-03-31', [field]: text };
    const expected = refusal(code, { field });
    const { given } = scenario(alumnusDecider);
    const commands: readonly AlumnusCommand[] = [
      { kind: 'AddEmployment', employment: wrongly },
      { kind: 'CorrectEmployment', index: 0, employment: wrongly },
      { kind: 'TakeOverRow', alumnusId, person: { name }, employment: wrongly },
    ];
    for (const command of commands) given(registered).when(command).then(expected);
    given()
      .when({ kind: 'RegisterAlumnus', alumnusId, person: { name }, employment: wrongly })
      .then(expected);
  });

  it('is refused in the reason of a correction', () => {
    scenario(alumnusDecider)
      .given(registered)
      .when({ kind: 'CorrectAlumnus', patch: { email: 'a@example.jp' }, reason: text })
      .then(refusal(code, { field: 'reason' }));
  });

  it('is refused in what is kept with an answer', () => {
    const { given } = scenario(consentDecider);
    const answers = [
      { command: grant, past: [] },
      { command: refuseConsent, past: [] },
      { command: withdraw, past: [granted] },
    ];
    for (const { command, past } of answers) {
      const with_ = (more: object) => given(...past).when({ ...command, ...more } as ConsentCommand);
      with_({ evidence: text }).then(refusal(code, { field: 'evidence' }));
      const party = 'legal-representative';
      with_({ party, representative: { ...representative, name: text } }).then(
        refusal(code, { field: 'representative.name' }),
      );
      with_({ party, representative: { ...representative, relation: text } }).then(
        refusal(code, { field: 'representative.relation' }),
      );
    }
    given(granted)
      .when({ kind: 'VoidConsent', voided: 'e1', reason: text })
      .then(refusal(code, { field: 'reason' }));
  });

  it('is refused in the reason of a hold and of its end', () => {
    const hold = {
      alumnusId,
      holdId: 'h1',
      stopsContact: false,
      reviewAt: '2026-12-01T00:00:00.000Z',
      reason: '労働審判',
    };
    const { given } = scenario(lifecycleDecider);
    const expected = refusal(code, { field: 'reason' });
    given()
      .when({ kind: 'PlaceHold', ...hold, reason: text })
      .then(expected);
    given({ type: 'HoldPlaced', data: hold })
      .when({ kind: 'ReleaseHold', holdId: 'h1', reason: text })
      .then(expected);
  });

  it('is refused in what is said about the responsible officer', () => {
    const opened: Given<'LedgerOpened'> = {
      type: 'LedgerOpened',
      data: { ledgerId: 'l1', companyId: 'c1', mode: 'development' },
    };
    const officer = { kind: 'AppointOfficer', staffId: 's1', name } as const;
    const { given } = scenario(companyDecider);
    for (const [field, value] of [
      ['name', { family: text }],
      ['title', text],
      ['workContact', text],
    ] as const) {
      given(opened)
        .when({ ...officer, [field]: value })
        .then(refusal(code, { field: `officer.${field}` }));
    }
  });
});

it('a line of its own is for texts that have lines', () => {
  const { given } = scenario(alumnusDecider);
  for (const field of ['employeeNumber', 'email', 'phone', 'lineId', 'leavingReason']) {
    const person = { name, [field]: 'a\nb' };
    given()
      .when({ kind: 'RegisterAlumnus', alumnusId, person, employment })
      .then(refusal('control-character', { field }));
  }
  for (const wrong of [{ name: { family: '髙\n橋' } }, { name, formerNames: ['a\tb'] }]) {
    const field = 'formerNames' in wrong ? 'formerNames' : 'name';
    given()
      .when({ kind: 'RegisterAlumnus', alumnusId, person: wrong, employment })
      .then(refusal('control-character', { field }));
  }
  const lines = { name, postalAddress: '東京都\n千代田区', leavingDetail: '一\r\n二\t三' };
  given()
    .when({ kind: 'RegisterAlumnus', alumnusId, person: lines, employment })
    .thenTypes('AlumnusRegistered');
  given(registered)
    .when({ kind: 'CorrectAlumnus', patch: { email: 'a@example.jp' }, reason: '一\n二' })
    .thenTypes('AlumnusCorrected');
  scenario(consentDecider)
    .given()
    .when({ ...grant, evidence: '一\n二' })
    .thenTypes('ConsentGranted');
});

it.each(['a\u0000b', 'a\u001bb', '\u202eabc', 'a\u200bb', '\ud800'])('%j is not wanted in a text', (text) => {
  expect(UNWANTED.test(text)).toBe(true);
});
