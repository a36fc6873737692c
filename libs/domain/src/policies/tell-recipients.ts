import type { Fact } from '../kernel';
import type { OweNotice } from '../telling';
import type { Policy, Reaction } from './policy';

/**
 * Keeps for each person who was given their data, and has each of these told when a value is corrected, consent withdrawn
 * or void, or the data erased (APPI 22, 34, 35). It looks at everything there ever was, in the order of the ledger: who was
 * given the data after a correction was given the corrected value.
 */
export const tellRecipients: Policy = {
  name: 'tell-recipients',
  start: 'beginning',
  handles: [
    'ProvisionChunkRecorded',
    'AlumnusCorrected',
    'AlumnusReverted',
    'EmploymentCorrected',
    'EmploymentReverted',
    'EmploymentRemoved',
    'ConsentWithdrawn',
    'ConsentInvalidated',
    'ErasureStarted',
    'ItemErased',
  ],
  react(fact) {
    if (fact.type === 'ProvisionChunkRecorded') return notes(fact);
    const about = aboutOf(fact);
    if (about === undefined) return [];
    const { alumnusId } = fact.data as { readonly alumnusId: string };
    return [
      { command: { kind: 'OweNotice', alumnusId, causeId: fact.id, ...about }, discriminator: fact.id },
    ];
  },
};

function notes({ data }: Fact<'ProvisionChunkRecorded'>): readonly Reaction[] {
  const { provisionId, recipientId, purposeId, items, alumnusIds, consentIds } = data;
  return alumnusIds.map((alumnusId, at) => {
    const consentId = consentIds?.[at];
    return {
      command: {
        ...{ kind: 'NoteRecipient', alumnusId, recipientId, provisionId, items },
        ...(purposeId !== undefined && { purposeId }),
        ...(consentId !== undefined && { consentId }),
      },
      discriminator: provisionId,
    };
  });
}

/** What an event is about, of the data that somebody may have been given. */
function aboutOf(fact: Fact): Omit<OweNotice, 'kind' | 'alumnusId' | 'causeId'> | undefined {
  switch (fact.type) {
    case 'AlumnusCorrected':
    case 'AlumnusReverted':
      return { ground: 'correction', items: fact.data.changed };
    case 'EmploymentCorrected':
    case 'EmploymentReverted':
    case 'EmploymentRemoved':
      return { ground: 'correction', items: ['employments'] };
    case 'ConsentWithdrawn':
      return { ground: 'withdrawal', purposeId: fact.data.purposeId };
    case 'ConsentInvalidated': {
      const { purposeId, voided: consentId } = fact.data;
      return { ground: 'withdrawal', purposeId, consentId };
    }
    case 'ErasureStarted':
      return { ground: 'erasure', categories: fact.data.categories };
    case 'ItemErased':
      return { ground: 'erasure', items: fact.data.fields };
    default:
      return undefined;
  }
}
