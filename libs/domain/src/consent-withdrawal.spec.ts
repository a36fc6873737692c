import fc from 'fast-check';
import {
  month,
  grant,
  refuse,
  request,
  withdraw,
  of,
  spoken,
  answered,
  granted,
  refused,
  withdrawn,
  requested,
} from '../../../test/support/consents';
import { facts, refusal, scenario, type Given } from '../../../test/support/scenario';
import { consentDecider } from './consent';
import { consentAnswer, type ConsentEvent } from './consent-answer';
import type { ConsentCommand, WithdrawConsent } from './consent-commands';
import { Refusal } from './kernel';
import { messageOf } from './refusals';

const { given } = scenario(consentDecider);

describe('withdrawing', () => {
  it('names the channels that were consented to', () => {
    const both: Given<'ConsentGranted'> = { ...granted, data: { ...answered, channels: ['email', 'phone'] } };
    const data = { ...of, ...spoken };
    given(granted)
      .when(withdraw)
      .then([{ type: 'ConsentWithdrawn', data }]);
    given(both)
      .when(withdraw)
      .then([{ type: 'ConsentWithdrawn', data: { ...data, channels: ['email', 'phone'] } }]);
    given(both)
      .when({ ...withdraw, channels: ['phone', 'post'] })
      .then([{ type: 'ConsentWithdrawn', data: { ...data, channels: ['phone'] } }]);
  });

  it('twice changes nothing', () => {
    given(granted, withdrawn).when(withdraw).then([]);
    given(granted, withdrawn)
      .when({ ...withdraw, channels: ['email'] })
      .then([]);
  });

  it('of nothing is refused', () => {
    given().when(withdraw).then(refusal('consent-not-granted'));
    given(requested).when(withdraw).then(refusal('consent-not-granted'));
    given(refused).when(withdraw).then(refusal('consent-not-granted'));
    given(granted)
      .when({ ...withdraw, channels: ['phone'] })
      .then(refusal('consent-not-granted'));
    given(granted)
      .when({ ...withdraw, channels: [] })
      .then(refusal('channels-missing'));
  });

  it('keeps what shows it: who answered for the person, the scan, the language', () => {
    const representative = { name: '佐藤 一郎', relation: '父' };
    const shown = { artefactId: 'scan', artefactHash: 'h', language: 'ja' } as const;
    const party = 'legal-representative';
    given(granted)
      .when({ ...withdraw, ...shown, party, representative, evidence: 'by post' })
      .then([
        {
          type: 'ConsentWithdrawn',
          data: { ...of, ...spoken, ...shown, party, representative, evidence: 'by post' },
        },
      ]);
  });

  it.each<[string, Partial<WithdrawConsent>]>([
    ['representative-missing', { party: 'legal-representative' }],
    [
      'representative-missing',
      { party: 'legal-representative', representative: { name: ' ', relation: '父' } },
    ],
    ['representative-unexpected', { representative: { name: '佐藤 一郎', relation: '父' } }],
    ['artefact-incomplete', { artefactId: 'scan' }],
  ])('names a representative just where one answered, and a whole artefact: %s', (code, change) => {
    given(granted)
      .when({ ...withdraw, ...change })
      .then(refusal(code));
  });

  it('counts for an expired consent too', () => {
    given({ ...granted, data: { ...answered, expiresAt: month(3) } })
      .when(withdraw, month(6))
      .thenTypes('ConsentWithdrawn');
  });

  it('may be backdated, but not before the grant nor into the future', () => {
    given(granted)
      .when({ ...withdraw, effectiveAt: month(4) }, month(6))
      .thenTypes('ConsentWithdrawn');
    given(granted)
      .when({ ...withdraw, effectiveAt: month(1) }, month(6))
      .then(refusal('effective-before-grant'));
    given(granted)
      .when({ ...withdraw, effectiveAt: month(7) }, month(6))
      .then(refusal('effective-in-future'));
  });
});

it('says what to do where a day alone was given', () => {
  expect(messageOf('effective-before-grant', 'ja')).toContain('時刻');
  expect(messageOf('effective-before-grant', 'en')).toContain('time of day');
});

it('whatever was recorded before: after a plain withdrawal nobody is consented, after a plain grant they are', () => {
  const commands = fc.array(
    fc.record({
      command: fc.constantFrom(grant, refuse, withdraw, request),
      back: fc.integer({ min: 0, max: 90 }),
    }),
    { maxLength: 10 },
  );
  fc.assert(
    fc.property(commands, fc.constantFrom(grant, withdraw), (earlier, last) => {
      const past: Given<ConsentEvent>[] = [];
      const decide = (command: ConsentCommand, decidedAt: string) => {
        const decision = consentDecider.decide(command, facts(past), { decidedAt });
        if (decision instanceof Refusal) return;
        past.push(...decision.map((event) => ({ ...event, decidedAt }) as Given<ConsentEvent>));
      };
      earlier.forEach(({ command, back }, index) => {
        const at = Date.parse(month(6)) + index * 86_400_000;
        const effectiveAt = new Date(at - back * 3_600_000).toISOString();
        decide(
          command.kind === 'RequestConsent' ? command : { ...command, effectiveAt },
          new Date(at).toISOString(),
        );
      });
      decide(last, month(8));
      const { state } = consentAnswer(facts(past), 'email', month(8));
      expect(state === 'granted').toBe(last.kind === 'GrantConsent');
    }),
  );
});
