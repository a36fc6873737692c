import { Reviews, type SignedReview } from '@enishi/access/tables';
import { ACCOUNTS_STREAM, createdId, handle } from '@enishi/application/ledger';
import { accountsDecider, type Actor } from '@enishi/domain';
import type { Infrastructure } from '../infrastructure';

/** Notes a review in the ledger, in the name of who signed it off; a repeat notes nothing. */
export async function recordReview(
  { ledger }: Pick<Infrastructure, 'ledger'>,
  reviews: Reviews,
  { id, by, kept, revoked, digest }: SignedReview,
): Promise<void> {
  const command = { kind: 'NoteAccountsReviewed', reviewId: id, kept, revoked, digest } as const;
  const commandId = createdId(ledger.vault.ledgerId, `accounts-review/${id}`);
  const context = { commandId, actor: by as Actor, correlationId: id };
  await handle(ledger, accountsDecider, ACCOUNTS_STREAM, command, context);
  await reviews.recorded(id);
}

/** Notes the reviews whose signing off was cut short before the ledger had them. */
export async function recordReviews(
  infrastructure: Pick<Infrastructure, 'ledger'>,
  reviews: Reviews,
): Promise<void> {
  for (const review of await reviews.unrecorded()) await recordReview(infrastructure, reviews, review);
}
