import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { VaultUnavailable } from './errors';
import type { Identities, Reservation } from './port';

interface Row {
  readonly tag: Buffer;
  readonly alumnusId: string;
  readonly state: Reservation['state'];
  readonly isNew: boolean;
}

// One round trip. `freed`: a block that has run out makes room for a new person, never for the erased one.
// The statement sees the table as it was before it; so the three parts never answer the same identity twice.
const RESERVE = {
  name: 'vault-reserve-identities',
  text: `WITH wanted AS (
      SELECT tag, id FROM unnest($1::bytea[], $2::uuid[]) AS w (tag, id)
    ), created AS (
      INSERT INTO vault.identities (tag, alumnus_id, state, reserved_at)
      SELECT tag, id, 'reserved', $3 FROM wanted ORDER BY tag
      ON CONFLICT (tag) DO NOTHING
      RETURNING tag, alumnus_id
    ), freed AS (
      UPDATE vault.identities i SET alumnus_id = w.id, state = 'reserved', reserved_at = $3, blocked_until = NULL
      FROM wanted w WHERE i.tag = w.tag AND i.state = 'blocked' AND i.blocked_until <= $3
      RETURNING i.tag, i.alumnus_id
    )
    SELECT tag, alumnus_id AS "alumnusId", 'reserved' AS state, true AS "isNew" FROM created
    UNION ALL
    SELECT tag, alumnus_id, 'reserved', true FROM freed
    UNION ALL
    SELECT i.tag, i.alumnus_id, i.state, false FROM wanted w JOIN vault.identities i USING (tag)
    WHERE i.state <> 'blocked' OR i.blocked_until > $3`,
};

/** (source, number) → alumnus id, in `vault.identities`, under an HMAC of the ledger secret. */
export class IdentityTable implements Identities {
  constructor(
    private readonly options: {
      readonly pool: Pool;
      readonly now: () => string;
      /** HMAC of an identity, 32 bytes. */
      readonly tagOf: (source: string, number: string) => Buffer;
    },
  ) {}

  async reserve(
    identities: readonly { readonly source: string; readonly number: string }[],
  ): Promise<readonly Reservation[]> {
    const { pool, now, tagOf } = this.options;
    const tags = identities.map(({ source, number }) => tagOf(source, number));
    const names = tags.map((tag) => tag.toString('latin1'));
    const open = new Map<string, Buffer>(names.map((name, index) => [name, tags[index]!]));
    const answers = new Map<string, Reservation>();
    // A second attempt only for identities that another process reserved during the first.
    for (let attempt = 0; open.size > 0 && attempt < 3; attempt++) {
      const missing = [...open.values()];
      const { rows } = await pool.query<Row>({
        ...RESERVE,
        values: [missing, missing.map(() => randomUUID()), now()],
      });
      for (const { tag, alumnusId, state, isNew } of rows) {
        const name = tag.toString('latin1');
        open.delete(name);
        answers.set(name, { alumnusId, state, isNew, blocked: state === 'blocked' });
      }
    }
    if (open.size > 0) throw new VaultUnavailable('identities kept changing while they were reserved');
    return names.map((name) => answers.get(name)!);
  }

  async find(source: string, number: string): Promise<string | undefined> {
    const { rows } = await this.options.pool.query<{ id: string }>(
      `SELECT alumnus_id AS id FROM vault.identities WHERE tag = $1 AND state <> 'blocked'`,
      [this.options.tagOf(source, number)],
    );
    return rows[0]?.id;
  }

  async register(alumnusIds: readonly string[]): Promise<void> {
    await this.options.pool.query(
      `UPDATE vault.identities SET state = 'registered' WHERE alumnus_id = ANY ($1::uuid[]) AND state = 'reserved'`,
      [alumnusIds],
    );
  }

  async block(alumnusId: string, until: string): Promise<void> {
    await this.options.pool.query(
      `UPDATE vault.identities SET state = 'blocked', blocked_until = $2 WHERE alumnus_id = $1::uuid`,
      [alumnusId, until],
    );
  }
}
