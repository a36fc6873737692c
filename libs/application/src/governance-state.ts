import {
  fold,
  handlingRulesDecider,
  type Category,
  type Fact,
  type HandlingRulesEvent,
  type HandlingRulesState,
} from '@enishi/domain';
import type { Ledger } from './handle';
import { HANDLING_RULES_STREAM, PUBLICATION_STREAM } from './streams';

/**
 * The handling rules and their reviews, from the ledger itself.
 * @param opens `staff` where what the reviews found is wanted too
 */
export async function readHandlingRules(
  { store, vault }: Pick<Ledger, 'store' | 'vault'>,
  opens: readonly Category[] = [],
): Promise<HandlingRulesState> {
  const facts = await vault.openFacts(await store.readStream(HANDLING_RULES_STREAM), { categories: opens });
  return fold(handlingRulesDecider, facts as readonly Fact<HandlingRulesEvent>[]);
}

/** Every version of the public page, the oldest first. */
export async function readPages({
  store,
  vault,
}: Pick<Ledger, 'store' | 'vault'>): Promise<readonly Fact<'PrivacyPageIssued'>[]> {
  const records = await store.readStream(PUBLICATION_STREAM);
  return (await vault.openFacts(records)) as readonly Fact<'PrivacyPageIssued'>[];
}

/**
 * One version of the public page, or the newest; nothing where there is none.
 * @param version from 1
 */
export async function readPage(
  { store, vault }: Pick<Ledger, 'store' | 'vault'>,
  version: number | 'newest',
): Promise<Fact<'PrivacyPageIssued'> | undefined> {
  const from = version === 'newest' ? { direction: 'backwards' as const } : { from: version - 1 };
  const records = await store.readStream(PUBLICATION_STREAM, { ...from, limit: 1 });
  return (await vault.openFacts(records))[0] as Fact<'PrivacyPageIssued'> | undefined;
}
