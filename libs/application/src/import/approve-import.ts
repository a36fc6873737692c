import { consentsImportDecider } from '@enishi/domain';
import { OnConsent, OnConsentHandler } from '../consent-commands';
import type { CommandContext } from '../context';
import { handle, type Ledger } from '../handle';
import { createdId } from '../ids';
import { importStream } from '../streams';

const PAGE = 1000;

/**
 * Takes every consent of an import whose evidence is incomplete for one. May be repeated, and goes on where it was:
 * what is approved stays so.
 * @returns how many this order approved, and the position that a query must have passed to show it
 */
export async function approveImport(
  ledger: Ledger,
  importId: string,
  { requestTag: _, ifMatch: __, ...context }: CommandContext,
): Promise<{ readonly approved: number; readonly position: string }> {
  const [started] = await ledger.store.readStream(importStream(importId), { limit: 1 });
  const consents = new OnConsentHandler(ledger);
  let approved = 0;
  for (let after = started?.position; after !== undefined;) {
    const records = await ledger.store.readAll({ after, limit: PAGE });
    for (const { id, type, data, metadata } of records) {
      if (type !== 'ConsentGranted' || metadata['batchId'] !== importId) continue;
      if (data['evidenceIncomplete'] !== true) continue;
      const inner = { ...context, commandId: createdId(importId, `approve ${id}`) };
      const about = [data['alumnusId'] as string, data['purposeId'] as string] as const;
      const command = { kind: 'ApproveEvidence', approved: id } as const;
      const outcome = await consents.execute(new OnConsent(...about, command, inner));
      if (outcome.kind === 'done' && outcome.eventIds.length > 0 && !outcome.repeated) approved += 1;
    }
    after = records.at(-1)?.position;
  }
  const note = { kind: 'NoteApproval', importId, approved } as const;
  const outcome = await handle(ledger, consentsImportDecider, importStream(importId), note, context);
  const position = outcome.kind === 'done' ? outcome.position : 0n;
  return { approved, position: String(position) };
}
