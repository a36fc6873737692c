import {
  fold,
  lawDecider,
  reviewMonths,
  type Fact,
  type Instant,
  type LawEvent,
  type LawSettings,
  type ReviewMonths,
} from '@enishi/domain';
import type { Ledger } from './handle';
import { LAW_STREAM } from './streams';

/** What the company has set instead of defaults, from the ledger itself. */
export async function readLawSettings({
  store,
  vault,
}: Pick<Ledger, 'store' | 'vault'>): Promise<LawSettings> {
  const facts = await vault.openFacts(await store.readStream(LAW_STREAM), { categories: [] });
  return fold(lawDecider, facts as readonly Fact<LawEvent>[]);
}

/** After how many months what is looked at again and again is due, as of an instant. */
export async function readReviewMonths(
  ledger: Pick<Ledger, 'store' | 'vault'>,
  at: Instant,
): Promise<ReviewMonths> {
  return reviewMonths(at, (await readLawSettings(ledger)).numbers);
}
