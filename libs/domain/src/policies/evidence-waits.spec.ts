import { facts, type Given } from '../../../../test/support/scenario';
import { evidenceWaits } from './evidence-waits';

const brought = (incomplete: number): Given<'ConsentsImportCompleted'> => ({
  type: 'ConsentsImportCompleted',
  data: { importId: 'i1', rows: 9, recorded: 5, incomplete, unchanged: 1, refused: 3 },
});
const answer = (incomplete: number) => evidenceWaits.react(facts([brought(incomplete)])[0]!);

describe('the policy evidence-waits', () => {
  it('has the officer told of consents that wait for compliance', () => {
    const command = { kind: 'QueueNotice', notice: 'evidence-waits', aboutId: 'i1' };
    expect(answer(2)).toEqual([{ command, discriminator: 'e1' }]);
  });

  it('says nothing of a file whose evidence is complete', () => {
    expect(answer(0)).toEqual([]);
  });
});
