import { fold, lawDecider, type Fact, type LawEvent, type LawSettings } from '@enishi/domain';
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
