import type { Pool } from 'pg';

/** A plan that was approved and is not carried out to its end. */
export interface OpenErasure {
  readonly erasureId: string;
  /** Why the last attempt stopped: a code. */
  readonly failure: string | null;
  readonly createdAt: Date;
}

/** The table of plans that somebody must carry out, or may have approved. Holds no value about anybody. */
export class OpenErasures {
  constructor(private readonly pool: Pool) {}

  /** To be called before a plan is approved: what was approved is then never forgotten. */
  async add(erasureId: string): Promise<void> {
    await this.pool.query('insert into app.open_erasures (erasure_id) values ($1) on conflict do nothing', [
      erasureId,
    ]);
  }

  async remove(erasureId: string): Promise<void> {
    await this.pool.query('delete from app.open_erasures where erasure_id = $1', [erasureId]);
  }

  async all(): Promise<readonly OpenErasure[]> {
    const { rows } = await this.pool.query<OpenErasure>(`${SELECT} order by created_at`);
    return rows;
  }

  async find(erasureId: string): Promise<OpenErasure | undefined> {
    const { rows } = await this.pool.query<OpenErasure>(`${SELECT} where erasure_id = $1`, [erasureId]);
    return rows[0];
  }

  /** Notes why carrying it out stopped; null where it goes on. */
  async note(erasureId: string, failure: string | null): Promise<void> {
    await this.pool.query(
      'update app.open_erasures set failure = $2 where erasure_id = $1 and failure is distinct from $2',
      [erasureId, failure],
    );
  }
}

const SELECT = 'select erasure_id as "erasureId", failure, created_at as "createdAt" from app.open_erasures';
