import { importStream, readCompanyState, type Ledger } from '@enishi/application';
import { evidenceWaitsText, type LetterText } from '@enishi/domain';
import type { QueuedLetter } from './outbox';

/** A letter, ready to be sent. */
export interface Letter extends LetterText {
  /** Stable: whoever gets the letter twice can tell. RFC 5322, with its angle brackets. */
  readonly messageId: string;
  readonly to: string;
}

/** What a queued letter comes to at the moment of sending. */
export type Written =
  | { readonly letter: Letter }
  /** Nobody needs it any more. */
  | { readonly dropped: string }
  /** It cannot be written yet. */
  | { readonly later: string };

const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/;

/**
 * Writes a letter from what the ledger says now.
 * @param publicUrl the address people open
 */
export async function writeLetter(
  ledger: Pick<Ledger, 'store' | 'vault'>,
  { id, aboutId }: Pick<QueuedLetter, 'id' | 'aboutId'>,
  publicUrl: string,
): Promise<Written> {
  const events = await ledger.store.readStream(importStream(aboutId));
  const settled = ['ImportEvidenceApproved', 'ImportUndoStarted'];
  if (events.some(({ type }) => settled.includes(type))) return { dropped: 'no-longer-needed' };
  const incomplete = events
    .filter(({ type }) => type === 'ConsentsImportCompleted')
    .reduce((sum, { data }) => sum + Number(data['incomplete']), 0);
  const { officer, party } = await readCompanyState(ledger);
  const to = officer?.workContact?.trim() ?? '';
  if (officer === undefined) return { later: 'officer-missing' };
  if (!ADDRESS.test(to)) return { later: 'officer-without-address' };
  const text = evidenceWaitsText({
    ...(party && { company: party.name }),
    importId: aboutId,
    incomplete,
    address: new URL(`/alumni/import/${aboutId}`, publicUrl).href,
  });
  return { letter: { ...text, to, messageId: `<${id}@${new URL(publicUrl).hostname}>` } };
}
