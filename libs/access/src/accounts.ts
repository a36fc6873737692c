import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DatabaseError, type Pool } from 'pg';
import { AccessOrderRefused } from './access-denied';
import { inPartition, noting } from './acts';
import { ACCESS_POOL } from './config';
import { GRANT_COLUMNS, GRANT_VALID, grantsIn, type GrantRow } from './grant-rows';
import { ROLES, type RevealableField, type Role } from './permissions';
import type { ValidGrant } from './principal';

/** A person or a machine that may hold grants. */
export interface Account {
  readonly id: string;
  readonly kind: 'staff' | 'machine';
  readonly issuer: string;
  readonly subject: string;
  readonly label?: string;
  /** To the minute. */
  readonly lastUsed?: Date;
}

/** A role with its scope, as ordered. Absent lists mean "all"; `fields` absent means none. */
export interface GrantOrder {
  readonly accountId: string;
  readonly role: Role;
  readonly programmes?: readonly string[] | undefined;
  readonly departments?: readonly string[] | undefined;
  readonly purposes?: readonly string[] | undefined;
  readonly fields?: readonly RevealableField[] | undefined;
  readonly validUntil?: Date | undefined;
}

/** An account with the grants that are valid now. */
export interface AccountWithGrants extends Account {
  readonly grants: readonly ValidGrant[];
}

/** Stands for the issuer of accounts that no identity provider knows. */
export const MACHINE_ISSUER = 'urn:enishi:machine';

/** Accounts and grants. Usable without Nest: `new Accounts(pool)`. `by` is always the actor who orders it. */
@Injectable()
export class Accounts {
  constructor(@Inject(ACCESS_POOL) private readonly pool: Pool) {}

  /** The account of a person known to the issuer, made if there is none. */
  async ensureStaff(issuer: string, subject: string, by: string, label?: string): Promise<Account> {
    return this.insert('staff', issuer, subject, by, label);
  }

  /**
   * A new machine account; tokens are made for it. The one of this id where there is one.
   * @param label what it is for, no person's name
   */
  async createMachine(label: string, by: string, id: string = randomUUID()): Promise<Account> {
    return this.insert('machine', MACHINE_ISSUER, id, by, label);
  }

  private async insert(
    kind: Account['kind'],
    issuer: string,
    subject: string,
    by: string,
    label?: string,
  ): Promise<Account> {
    await this.noted(
      noting(
        'account-made',
        '$6',
        `INSERT INTO access.accounts (id, kind, issuer, subject, label, created_by)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (issuer, subject) DO NOTHING
         RETURNING id AS account, ARRAY[kind] AS facts`,
      ),
      [randomUUID(), kind, issuer, subject, label ?? null, by],
    );
    return (await this.find(issuer, subject))!;
  }

  private async noted(statement: string, values: readonly unknown[]): Promise<void> {
    await inPartition(this.pool, () => this.pool.query(statement, [...values]));
  }

  /** The account of a subject of an issuer. */
  async find(issuer: string, subject: string): Promise<Account | undefined> {
    const { rows } = await this.pool.query<AccountRow>(
      'SELECT id, kind, issuer, subject, label, last_used FROM access.accounts WHERE issuer = $1 AND subject = $2',
      [issuer, subject],
    );
    return rows[0] && accountOf(rows[0]);
  }

  /**
   * Gives a role within a scope; a grant of this id that was given before stays as it is.
   * @returns the grant's id
   * @throws AccessOrderRefused `auditor-without-end`, `hiring-manager-without-purpose`, `grant-already-ended`,
   *   `role-unknown`, `account-not-found`
   */
  async grantRole(order: GrantOrder, by: string, id: string = randomUUID()): Promise<string> {
    if (!ROLES.includes(order.role)) throw new AccessOrderRefused(422, 'role-unknown');
    if (order.role === 'auditor' && !order.validUntil)
      throw new AccessOrderRefused(422, 'auditor-without-end');
    if (order.role === 'hiring-manager' && order.purposes?.length !== 1) {
      throw new AccessOrderRefused(422, 'hiring-manager-without-purpose');
    }
    if (order.validUntil && order.validUntil.getTime() <= Date.now()) {
      throw new AccessOrderRefused(422, 'grant-already-ended');
    }
    try {
      await this.noted(
        noting(
          'role-granted',
          '$9',
          `INSERT INTO access.grants (id, account, role, programmes, departments, purposes, fields, valid_until, granted_by)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING
           RETURNING account, ARRAY['role:' || role, 'grant:' || id] || CASE WHEN valid_until IS NULL THEN '{}'
             ELSE ARRAY['until:' || to_char(valid_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')] END AS facts`,
        ),
        [
          id,
          order.accountId,
          order.role,
          order.programmes ?? null,
          order.departments ?? null,
          order.purposes ?? null,
          order.fields ?? [],
          order.validUntil ?? null,
          by,
        ],
      );
    } catch (error) {
      if (error instanceof DatabaseError && error.code === '23503') {
        throw new AccessOrderRefused(404, 'account-not-found');
      }
      throw error;
    }
    return id;
  }

  /** Whose grant it is. @throws AccessOrderRefused `grant-not-found` */
  async accountOfGrant(grantId: string): Promise<string> {
    const { rows } = await this.pool.query<{ account: string }>(
      'SELECT account FROM access.grants WHERE id = $1',
      [grantId],
    );
    if (rows[0] === undefined) throw new AccessOrderRefused(404, 'grant-not-found');
    return rows[0].account;
  }

  /** Ends a grant at once; a repeat changes nothing. @throws AccessOrderRefused `grant-not-found` */
  async revokeGrant(grantId: string, by: string): Promise<void> {
    await this.accountOfGrant(grantId);
    await this.noted(
      noting(
        'grant-ended',
        '$2',
        `UPDATE access.grants SET revoked_at = clock_timestamp(), revoked_by = $2
         WHERE id = $1 AND revoked_at IS NULL RETURNING account, ARRAY['role:' || role, 'grant:' || id] AS facts`,
      ),
      [grantId, by],
    );
  }

  /** Notes that an account is used, once a minute at most: a request must not cost a write. */
  async used({ id, lastUsed }: Pick<Account, 'id' | 'lastUsed'>): Promise<void> {
    if (lastUsed && Date.now() - lastUsed.getTime() < 60_000) return;
    await this.pool.query('UPDATE access.accounts SET last_used = clock_timestamp() WHERE id = $1', [id]);
  }

  /** The grants of an account that are valid now, oldest first. */
  async validGrantsOf(accountId: string): Promise<readonly ValidGrant[]> {
    const { rows } = await this.pool.query<GrantRow>(
      `SELECT ${GRANT_COLUMNS} FROM access.grants g WHERE g.account = $1 AND ${GRANT_VALID} ORDER BY g.granted_at, g.id`,
      [accountId],
    );
    return grantsIn(rows);
  }

  /** Every account with its valid grants, in order of making. */
  async listAccounts(): Promise<readonly AccountWithGrants[]> {
    const accounts = await this.pool.query<AccountRow>(
      'SELECT id, kind, issuer, subject, label, last_used FROM access.accounts ORDER BY created_at, id',
    );
    const grants = await this.pool.query<GrantRow & { account: string }>(
      `SELECT g.account, ${GRANT_COLUMNS} FROM access.grants g WHERE ${GRANT_VALID} ORDER BY g.granted_at, g.id`,
    );
    const byAccount = new Map(
      accounts.rows.map((row) => [row.id, { ...accountOf(row), grants: [] as ValidGrant[] }]),
    );
    for (const row of grants.rows) byAccount.get(row.account)?.grants.push(...grantsIn([row]));
    return [...byAccount.values()];
  }
}

interface AccountRow {
  id: string;
  kind: Account['kind'];
  issuer: string;
  subject: string;
  label: string | null;
  last_used: Date | null;
}

function accountOf(row: AccountRow): Account {
  const { label, last_used, ...rest } = row;
  return { ...rest, ...(label !== null && { label }), ...(last_used && { lastUsed: last_used }) };
}
