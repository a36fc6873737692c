import { importStream } from '@enishi/application/ledger';
import type { NoticeSource } from './notice';

const SETTLED = ['ImportEvidenceApproved', 'ImportUndoStarted'];

/** Consents that a file has brought wait for compliance. */
export const evidenceWaits: NoticeSource = {
  stream: importStream,
  async write({ ledger, page }, importId) {
    const events = await ledger.store.readStream(importStream(importId));
    if (events.some(({ type }) => SETTLED.includes(type))) return { dropped: 'no-longer-needed' };
    const incomplete = events
      .filter(({ type }) => type === 'ConsentsImportCompleted')
      .reduce((sum, { data }) => sum + Number(data['incomplete']), 0);
    return { values: { incomplete, import: importId, page: page(`/alumni/import/${importId}`) } };
  },
};
