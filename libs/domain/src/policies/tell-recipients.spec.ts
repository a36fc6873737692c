import { facts, type Given } from '../../../../test/support/scenario';
import { tellRecipients } from './tell-recipients';

const react = (given: Given) => tellRecipients.react(facts([given])[0]!);
const about = (causeId: string, more: object) => [
  { command: { kind: 'OweNotice', alumnusId: 'a', causeId, ...more }, discriminator: causeId },
];

describe('the policy tell-recipients', () => {
  it('keeps for each person of a provision who has their data', () => {
    const data = { provisionId: 'p', recipientId: 'r', purposeId: 'u', items: ['name'], number: 0 } as const;
    const chunk = {
      type: 'ProvisionChunkRecorded',
      data: { ...data, alumnusIds: ['a', 'b'], consentIds: ['x', 'y'] },
    };
    const note = (alumnusId: string, consentId: string) => ({
      command: {
        ...{ kind: 'NoteRecipient', alumnusId, recipientId: 'r', provisionId: 'p', items: ['name'] },
        ...{ purposeId: 'u', consentId },
      },
      discriminator: 'p',
    });
    expect(react(chunk as Given)).toEqual([note('a', 'x'), note('b', 'y')]);
  });

  it.each<[given: Given, command: object]>([
    [
      { type: 'AlumnusCorrected', data: { alumnusId: 'a', changed: ['email'] } },
      { ground: 'correction', items: ['email'] },
    ],
    [
      { type: 'AlumnusReverted', data: { alumnusId: 'a', importId: 'i', changed: ['name'] } },
      { ground: 'correction', items: ['name'] },
    ],
    [
      { type: 'EmploymentCorrected', data: { alumnusId: 'a', index: 0 } },
      { ground: 'correction', items: ['employments'] },
    ],
    [
      {
        type: 'ConsentWithdrawn',
        data: {
          ...{ alumnusId: 'a', purposeId: 'u', channels: ['email'], captureChannel: 'oral', method: 'oral' },
          ...{ party: 'person', identityCheck: 'call-back' },
        },
      },
      { ground: 'withdrawal', purposeId: 'u' },
    ],
    [
      { type: 'ConsentInvalidated', data: { alumnusId: 'a', purposeId: 'u', voided: 'x' } },
      { ground: 'withdrawal', purposeId: 'u', consentId: 'x' },
    ],
    [
      { type: 'ErasureStarted', data: { alumnusId: 'a', categories: ['contact'] } },
      { ground: 'erasure', categories: ['contact'] },
    ],
  ])('has those told whom it concerns: $type', (given, command) => {
    expect(react(given)).toEqual(about('e1', command));
  });
});
