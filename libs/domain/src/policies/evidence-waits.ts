import type { Policy } from './policy';

/**
 * When a file of consents has brought some whose evidence is incomplete, the responsible officer is told: they carry nothing
 * until compliance has looked at them (GL 2-16). Only of files from now on: of older ones the roster tells.
 */
export const evidenceWaits: Policy = {
  name: 'evidence-waits',
  start: 'head',
  handles: ['ConsentsImportCompleted'],
  react(fact) {
    if (fact.type !== 'ConsentsImportCompleted' || fact.data.incomplete === 0) return [];
    const { importId } = fact.data;
    return [
      {
        command: { kind: 'QueueNotice', notice: 'evidence-waits', aboutId: importId },
        discriminator: fact.id,
      },
    ];
  },
};
