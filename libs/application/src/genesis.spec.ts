import type { EventStore } from '@enishi/event-store';
import type { Pool } from 'pg';
import { ledgerIdentity } from './genesis';

const KNOWN = { ledgerId: 'ledger-1', companyId: 'company-1', mode: 'production', opened: true };
const OPENING = {
  stream: 'company',
  type: 'LedgerOpened',
  data: { ledgerId: 'ledger-1', mode: 'production' },
};

/** A store that holds nothing at the first look, and these at the next. */
function storeOf(...looks: readonly object[][]) {
  let look = 0;
  return {
    readAll: () => Promise.resolve(looks[Math.min(look++, looks.length - 1)]),
  } as unknown as EventStore;
}
const pool = { query: () => Promise.resolve({ rows: [KNOWN] }) } as unknown as Pool;

it('knows a ledger that another server opened between the two looks', async () => {
  const identity = await ledgerIdentity(pool, storeOf([], [OPENING]), 'production');
  expect(identity).toMatchObject({ ledgerId: 'ledger-1', isNew: false });
});

it('refuses an empty store of a ledger that was opened before', async () => {
  await expect(ledgerIdentity(pool, storeOf([]), 'production')).rejects.toMatchObject({
    code: 'genesis-missing',
  });
});
