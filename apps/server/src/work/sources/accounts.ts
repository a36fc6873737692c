import { Accounts, Reviews, Tokens } from '@enishi/access/tables';
import { readReviewMonths } from '@enishi/application';
import type { WorkSource } from '../work-source';

/** The review of accounts, once it is due. */
export const accountsToReview: WorkSource = {
  name: 'accounts-to-review',
  title: { ja: '利用者の棚卸し', en: 'The review of accounts' },
  wanted: 'approval',
  permission: 'accounts:review',
  people: false,
  page: '/audit/accounts',
  command: 'enishi accounts review',
  async read({ infrastructure: { pool, ledger }, now }) {
    const reviews = new Reviews(pool, new Accounts(pool), new Tokens(pool));
    const { accounts: months } = await readReviewMonths(ledger, now);
    const { due, dueAt } = await reviews.current(new Date(now), months);
    if (!due) return { items: [] };
    const since = dueAt?.toISOString() ?? now;
    return { items: [{ id: 'accounts', since, ...(dueAt && { due: since }) }] };
  },
};
