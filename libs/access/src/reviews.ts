import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import { AccessDenied, AccessOrderRefused } from './access-denied';
import { Accounts, type AccountWithGrants } from './accounts';
import { inPartition, noting } from './acts';
import { ACCESS_POOL } from './config';
import { Tokens, type TokenRecord } from './tokens';

/** An account that may do something now: it holds a valid grant or a live token. */
export interface AccountUnderReview extends AccountWithGrants {
  readonly tokens: readonly TokenRecord[];
}

/** What a reviewer decided about one account. */
export interface ReviewDecision {
  readonly accountId: string;
  readonly decision: 'keep' | 'revoke';
  readonly reason: string;
}

/** A review that was signed off. */
export interface SignedReview {
  readonly id: string;
  readonly at: Date;
  readonly by: string;
  readonly kept: number;
  readonly revoked: number;
  /** SHA-256 (hex) over what was reviewed and decided, with a salt that stays outside the ledger. */
  readonly digest: string;
}

/** All accounts to be reviewed, and how the reviews stand. */
export interface ReviewStanding {
  /** Names exactly these accounts, grants and tokens; signing off repeats it. */
  readonly standing: string;
  readonly accounts: readonly AccountUnderReview[];
  readonly last?: SignedReview;
  /** So many months after the last one; absent where there was none, and one is due. */
  readonly dueAt?: Date;
  readonly due: boolean;
}

/** Reviews of accounts. Usable without Nest. */
@Injectable()
export class Reviews {
  constructor(
    @Inject(ACCESS_POOL) private readonly pool: Pool,
    private readonly accounts: Accounts,
    private readonly tokens: Tokens,
  ) {}

  /**
   * What is to be reviewed now.
   * @param now by which live tokens and due dates are told
   * @param months that may pass between two reviews
   */
  async current(now: Date, months: number): Promise<ReviewStanding> {
    const [held, last] = await Promise.all([this.held(now), this.last()]);
    const dueAt = last && monthsAfter(last.at, months);
    return {
      standing: standingOf(held),
      accounts: held,
      ...(last && { last }),
      ...(dueAt && { dueAt }),
      due: dueAt === undefined || dueAt <= now,
    };
  }

  /**
   * Signs a review off: keeps the decisions, and ends every grant, token and session of the accounts that are revoked,
   * all in one transaction. A repeat under the same id changes nothing.
   *
   * @throws AccessOrderRefused 409 `accounts-changed` since they were listed, 422 `review-not-complete`,
   *   `account-not-under-review`, `account-decided-twice`
   * @throws AccessDenied 403 `own-grant`: nobody revokes themselves
   */
  async signOff(
    id: string,
    standing: string,
    decisions: readonly ReviewDecision[],
    who: { readonly accountId: string; readonly actor: string },
    now: Date,
  ): Promise<SignedReview> {
    const known = await this.signed(id);
    if (known !== undefined) return known;
    const held = await this.held(now);
    if (standingOf(held) !== standing) throw new AccessOrderRefused(409, 'accounts-changed');
    const complete = checked(held, decisions);
    if (complete.some(({ accountId, decision }) => decision === 'revoke' && accountId === who.accountId)) {
      throw new AccessDenied(403, 'own-grant');
    }
    await inPartition(this.pool, () => this.write(id, standing, complete, who.actor));
    return (await this.signed(id))!;
  }

  /** Reviews whose event is not in the ledger yet, oldest first. */
  async unrecorded(): Promise<readonly SignedReview[]> {
    return this.select('WHERE NOT recorded ORDER BY at');
  }

  /** Notes that the event is in the ledger. */
  async recorded(id: string): Promise<void> {
    await this.pool.query('UPDATE access.reviews SET recorded = true WHERE id = $1', [id]);
  }

  /** Accounts that may do something at an instant, with their live tokens. */
  private async held(now: Date): Promise<readonly AccountUnderReview[]> {
    const [accounts, tokens] = await Promise.all([this.accounts.listAccounts(), this.tokens.listTokens()]);
    return accounts
      .map((account) => ({
        ...account,
        tokens: tokens.filter(
          ({ accountId, revokedAt, validUntil }) =>
            accountId === account.id && !revokedAt && validUntil > now,
        ),
      }))
      .filter((account) => account.grants.length + account.tokens.length > 0);
  }

  private async last(): Promise<SignedReview | undefined> {
    return (await this.select('ORDER BY at DESC LIMIT 1'))[0];
  }

  private async signed(id: string): Promise<SignedReview | undefined> {
    return (await this.select('WHERE id = $1', id))[0];
  }

  private async select(which: string, ...values: readonly string[]): Promise<readonly SignedReview[]> {
    const { rows } = await this.pool.query<Omit<SignedReview, 'by'> & { signed_by: string }>(
      `SELECT id, at, signed_by, kept, revoked, digest FROM access.reviews ${which}`,
      [...values],
    );
    return rows.map(({ signed_by, ...row }) => ({ ...row, by: signed_by }));
  }

  private async write(
    id: string,
    standing: string,
    decisions: readonly ReviewDecision[],
    by: string,
  ): Promise<void> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      await insertReview(client, id, standing, decisions, by);
      for (const { accountId, decision } of decisions) {
        if (decision === 'revoke') await endAll(client, accountId, by);
      }
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  }
}

async function insertReview(
  client: PoolClient,
  id: string,
  standing: string,
  decisions: readonly ReviewDecision[],
  by: string,
): Promise<void> {
  const salt = randomBytes(32).toString('hex');
  const told = decisions.map(({ accountId, decision, reason }) => [accountId, decision, reason]);
  const digest = createHash('sha256')
    .update(JSON.stringify([salt, id, standing, by, told]))
    .digest('hex');
  const revoked = decisions.filter(({ decision }) => decision === 'revoke').length;
  await client.query(
    `INSERT INTO access.reviews (id, signed_by, salt, standing, decisions, kept, revoked, digest)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, by, salt, standing, JSON.stringify(told), decisions.length - revoked, revoked, digest],
  );
}

/** Ends what an account holds, each with its entry in the access log. */
async function endAll(client: PoolClient, accountId: string, by: string): Promise<void> {
  const ending =
    'SET revoked_at = clock_timestamp(), revoked_by = $2 WHERE account = $1 AND revoked_at IS NULL';
  const grants = `UPDATE access.grants ${ending} RETURNING account, ARRAY['role:' || role, 'grant:' || id] AS facts`;
  const tokens = `UPDATE access.tokens ${ending} RETURNING account, ARRAY['token:' || id] AS facts`;
  await client.query(noting('grant-ended', '$2', grants), [accountId, by]);
  await client.query(noting('token-ended', '$2', tokens), [accountId, by]);
  await client.query('DELETE FROM access.sessions WHERE account = $1', [accountId]);
}

/** The decisions in the order of their accounts, where they are about exactly these accounts. */
function checked(
  accounts: readonly AccountUnderReview[],
  decisions: readonly ReviewDecision[],
): readonly ReviewDecision[] {
  const byAccount = new Map(decisions.map((one) => [one.accountId, one]));
  if (byAccount.size < decisions.length) throw new AccessOrderRefused(422, 'account-decided-twice');
  const unknown = decisions.find(({ accountId }) => !accounts.some(({ id }) => id === accountId));
  if (unknown) {
    throw new AccessOrderRefused(422, 'account-not-under-review', { accountId: unknown.accountId });
  }
  return accounts.map(({ id }) => {
    const decided = byAccount.get(id);
    if (decided === undefined) throw new AccessOrderRefused(422, 'review-not-complete', { accountId: id });
    return decided;
  });
}

function standingOf(accounts: readonly AccountUnderReview[]): string {
  const idsOf = (held: readonly { readonly id: string }[]) => held.map(({ id }) => id).sort();
  const told = accounts.map(({ id, grants, tokens }) => [id, idsOf(grants), idsOf(tokens)]);
  return createHash('sha256').update(JSON.stringify(told)).digest('hex');
}

function monthsAfter(at: Date, months: number): Date {
  const due = new Date(at);
  due.setUTCMonth(due.getUTCMonth() + months);
  return due;
}
