import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { byteaArray, uuidArray } from './binary-arrays';
import { appendBlocks, type Block } from './block-list';
import { VaultUnavailable } from './errors';
import type { Identities, Reservation } from './port';
import { SESSION_LOCK_CLASS } from './sessions';
import { inTransaction } from './transaction';

// Second key of the lock under which the list of blocked identities is written; see `closing.ts` for the others.
const BLOCK_LIST = -3;

const TO_BLOCK = `
  SELECT encode(tag, 'hex') AS tag, alumnus_id::text AS "alumnusId" FROM vault.identities
  WHERE alumnus_id = ANY ($1::uuid[]) FOR UPDATE`;

interface Row {
  readonly tag: Buffer;
  readonly alumnusId: string;
  readonly state: Reservation['state'];
  readonly isNew: boolean;
  /** In the only row, with nothing beside it: all were created with the ids given. */
  readonly allNew?: boolean;
}

function newly(tag: Buffer, alumnusId: string): Row {
  return { tag, alumnusId, state: 'reserved', isNew: true };
}

// One round trip. `freed`: a block that has run out makes room for a new person, never for the erased one.
// The statement sees the table as it was before it; so the parts never answer the same identity twice. Where all
// are new, as in most of a first import, nothing else is looked for and nothing but that is answered.
const RESERVE = {
  name: 'vault-reserve-identities',
  text: `WITH wanted AS (
      SELECT tag, id FROM unnest($1::bytea[], $2::uuid[]) AS w (tag, id)
    ), created AS (
      INSERT INTO vault.identities (tag, alumnus_id, state, reserved_at)
      SELECT tag, id, 'reserved', $3 FROM wanted ORDER BY tag
      ON CONFLICT (tag) DO NOTHING
      RETURNING tag, alumnus_id
    ), known AS MATERIALIZED (
      SELECT count(*) < cardinality($1) AS present FROM created
    ), freed AS (
      UPDATE vault.identities i SET alumnus_id = w.id, state = 'reserved', reserved_at = $3, blocked_until = NULL
      FROM wanted w WHERE (SELECT present FROM known)
        AND i.tag = w.tag AND i.state = 'blocked' AND i.blocked_until <= $3
      RETURNING i.tag, i.alumnus_id
    )
    SELECT NULL::bytea AS tag, NULL::uuid AS "alumnusId", NULL AS state, true AS "isNew", true AS "allNew"
    FROM known WHERE NOT present
    UNION ALL
    SELECT tag, alumnus_id, 'reserved', true, false FROM created WHERE (SELECT present FROM known)
    UNION ALL
    SELECT tag, alumnus_id, 'reserved', true, false FROM freed
    UNION ALL
    SELECT i.tag, i.alumnus_id, i.state, false, false FROM wanted w JOIN vault.identities i USING (tag)
    WHERE (SELECT present FROM known) AND (i.state <> 'blocked' OR i.blocked_until > $3)`,
};

/** (source, number) → alumnus id, in `vault.identities`, under an HMAC of the ledger secret. */
export class IdentityTable implements Identities {
  constructor(
    private readonly options: {
      readonly pool: Pool;
      readonly now: () => string;
      /** HMAC of an identity, 32 bytes. */
      readonly tagOf: (source: string, number: string) => Buffer;
      /** The list outside the databases; a block is durable there before it stands here. */
      readonly blocks?: { readonly directory: string; readonly ledgerId: string };
    },
  ) {}

  async reserve(
    identities: readonly { readonly source: string; readonly number: string }[],
  ): Promise<readonly Reservation[]> {
    const tags = identities.map(({ source, number }) => this.options.tagOf(source, number));
    const names = tags.map((tag) => tag.toString('latin1'));
    // An identity that stands twice is asked for once.
    const open = new Map<string, Buffer>(names.map((name, index) => [name, tags[index]!]));
    const answers = new Map<string, Reservation>();
    // A second attempt only for identities that another process reserved during the first.
    for (let attempt = 0; open.size > 0 && attempt < 3; attempt++) {
      for (const [name, reservation] of await this.attempt([...open.values()])) {
        open.delete(name);
        answers.set(name, reservation);
      }
    }
    if (open.size > 0) throw new VaultUnavailable('identities kept changing while they were reserved');
    return names.map((name) => answers.get(name)!);
  }

  private async attempt(tags: readonly Buffer[]): Promise<readonly (readonly [string, Reservation])[]> {
    const ids = tags.map(() => randomUUID());
    const { rows } = await this.options.pool.query<Row>({
      ...RESERVE,
      values: [byteaArray(tags), uuidArray(ids), this.options.now()],
    });
    const answered = rows[0]?.allNew === true ? tags.map((tag, at) => newly(tag, ids[at]!)) : rows;
    return answered.map(({ tag, alumnusId, state, isNew }) => [
      tag.toString('latin1'),
      { alumnusId, state, isNew, blocked: state === 'blocked' },
    ]);
  }

  async lookUp(
    identities: readonly { readonly source: string; readonly number: string }[],
  ): Promise<readonly (Omit<Reservation, 'isNew'> | undefined)[]> {
    const tags = identities.map(({ source, number }) => this.options.tagOf(source, number));
    const { rows } = await this.options.pool.query<Omit<Row, 'isNew'>>({
      name: 'vault-look-identities-up',
      text: `SELECT tag, alumnus_id AS "alumnusId", state FROM vault.identities
        WHERE tag = ANY ($1::bytea[]) AND (state <> 'blocked' OR blocked_until > $2)`,
      values: [byteaArray(tags), this.options.now()],
    });
    const known = new Map(rows.map((row) => [row.tag.toString('latin1'), row]));
    return tags.map((tag) => {
      const row = known.get(tag.toString('latin1'));
      return row && { alumnusId: row.alumnusId, state: row.state, blocked: row.state === 'blocked' };
    });
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

  async block(alumnusIds: readonly string[], until: string): Promise<void> {
    const { pool, blocks } = this.options;
    await inTransaction(pool, async (client) => {
      // One writer at a time, in all processes: the list is a file.
      await client.query('SELECT pg_advisory_xact_lock($1, $2)', [SESSION_LOCK_CLASS, BLOCK_LIST]);
      const { rows } = await client.query<Block>(TO_BLOCK, [alumnusIds]);
      if (blocks) {
        const entries = rows.map(({ tag, alumnusId }) => ({ tag, alumnusId, until }));
        await appendBlocks(blocks.directory, blocks.ledgerId, entries);
      }
      await client.query(
        `UPDATE vault.identities SET state = 'blocked', blocked_until = $2 WHERE alumnus_id = ANY ($1::uuid[])`,
        [alumnusIds, until],
      );
    });
  }
}
