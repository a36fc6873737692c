import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { EventStore } from '@enishi/event-store';
import { COMPANY_STREAM } from './streams';

/** Which ledger this database serves. */
export interface LedgerIdentity {
  readonly ledgerId: string;
  readonly companyId: string;
  readonly mode: 'development' | 'production';
}

/** The store is not the ledger that this server knows. */
export class GenesisRefused extends Error {
  constructor(
    readonly code: 'genesis-unknown' | 'genesis-missing' | 'mode-differs',
    message: string,
    readonly remedy: string,
  ) {
    super(message);
    this.name = 'GenesisRefused';
  }
}

/**
 * Finds out which ledger this is, before anything is served. A new pair of database and store draws an
 * identity, written to the database first: a start that dies before the first event finishes at the next.
 *
 * @throws GenesisRefused when the store's first event is not the one this database knows, when the store is
 * empty though it was not, or when a development ledger is to be served as production or the other way round.
 */
export async function ledgerIdentity(
  pool: Pool,
  store: EventStore,
  mode: LedgerIdentity['mode'],
): Promise<LedgerIdentity & { readonly isNew: boolean }> {
  const seen = await firstEvent(store);
  const known = await knownIdentity(pool);
  // Another server may have opened the ledger between the two looks.
  const first = seen ?? (known?.opened === true ? await firstEvent(store) : undefined);
  if (known === undefined && first !== undefined) {
    throw new GenesisRefused(
      'genesis-unknown',
      'The event store holds a ledger that this database does not know.',
      'Point ENISHI_EVENT_STORE and ENISHI_DATABASE at the same ledger, or restore the database that belongs to it.',
    );
  }
  if (known?.opened === true && first === undefined) {
    throw new GenesisRefused(
      'genesis-missing',
      'The event store is empty, though this ledger has been opened before.',
      'Point ENISHI_EVENT_STORE at the store of this ledger, or restore it from a backup.',
    );
  }
  const identity = known ?? (await drawIdentity(pool, mode));
  if (first !== undefined) checkFirst(first, identity);
  if (identity.mode !== mode) {
    throw new GenesisRefused(
      'mode-differs',
      `This is a ${identity.mode} ledger; it cannot be served as ${mode}.`,
      identity.mode === 'development'
        ? 'Open a new ledger for production: set ENISHI_HOME or ENISHI_DATABASE to an empty place.'
        : 'Start with ENISHI_MODE=production.',
    );
  }
  return { ...identity, isNew: first === undefined };
}

async function firstEvent(store: EventStore) {
  const [first] = await store.readAll({ limit: 1 });
  return first;
}

/** Notes that the first event is stored. */
export async function markOpened(pool: Pool): Promise<void> {
  await pool.query('update app.ledger set opened = true where not opened');
}

type Known = LedgerIdentity & { readonly opened: boolean };

async function knownIdentity(pool: Pool): Promise<Known | undefined> {
  const { rows } = await pool.query<Known>(
    'select ledger_id as "ledgerId", company_id as "companyId", mode, opened from app.ledger',
  );
  return rows[0];
}

async function drawIdentity(pool: Pool, mode: LedgerIdentity['mode']): Promise<Known> {
  // Two servers may start at once on an empty database: one row wins, both read it.
  await pool.query(
    'insert into app.ledger (ledger_id, company_id, mode) values ($1, $2, $3) on conflict do nothing',
    [randomUUID(), randomUUID(), mode],
  );
  const known = await knownIdentity(pool);
  if (known === undefined) throw new Error('the identity just written is not there');
  return known;
}

function checkFirst(first: { stream: string; type: string; data: object }, identity: LedgerIdentity): void {
  const data = first.data as Partial<Record<string, unknown>>;
  const ours =
    first.stream === COMPANY_STREAM && first.type === 'LedgerOpened' && data.ledgerId === identity.ledgerId;
  if (ours && data.mode === identity.mode) return;
  throw new GenesisRefused(
    'genesis-unknown',
    'The first event of the store is not the opening of this ledger.',
    'Point ENISHI_EVENT_STORE and ENISHI_DATABASE at the same ledger.',
  );
}
