import { companyDecider, fold, type CompanyEvent, type CompanyState, type Fact } from '@enishi/domain';
import type { Ledger } from './handle';
import { COMPANY_STREAM } from './streams';

/** What the company has stated about itself, from the ledger itself: never behind, as a view may be. */
export async function readCompanyState({
  store,
  vault,
}: Pick<Ledger, 'store' | 'vault'>): Promise<CompanyState> {
  const records = await store.readStream(COMPANY_STREAM);
  const facts = await vault.openFacts(records, { categories: ['staff'] });
  return fold(companyDecider, facts as readonly Fact<CompanyEvent>[]);
}
