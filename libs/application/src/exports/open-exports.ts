import type { Pool } from 'pg';

/** Key of the advisory locks under which files are made, with one for each export. */
const MAKING_LOCK = 7_301_002;

/** An export that has not ended, as its maker knows it. */
export interface OpenExport {
  readonly exportId: string;
  /** Lines that have been read for the file, so far. */
  readonly lines: number;
  /** Why the last attempt to make it failed: a code. */
  readonly failure: string | null;
  readonly createdAt: Date;
}

/** The table of exports that have not ended. Holds no value about anybody. */
export class OpenExports {
  constructor(private readonly pool: Pool) {}

  /** To be called before the export's first event: what was asked for is then never forgotten. */
  async add(exportId: string): Promise<void> {
    await this.pool.query('insert into app.open_exports (export_id) values ($1) on conflict do nothing', [
      exportId,
    ]);
  }

  async remove(exportId: string): Promise<void> {
    await this.pool.query('delete from app.open_exports where export_id = $1', [exportId]);
  }

  async all(): Promise<readonly OpenExport[]> {
    return this.rows('order by created_at', []);
  }

  async find(exportId: string): Promise<OpenExport | undefined> {
    return (await this.rows('where export_id = $1', [exportId]))[0];
  }

  async progress(exportId: string, lines: number, failure: string | null = null): Promise<void> {
    await this.pool.query(
      'update app.open_exports set lines = $2, failure = $3, changed_at = now() where export_id = $1',
      [exportId, lines, failure],
    );
  }

  /** Does the work unless another process is at it. The lock ends with the process. */
  async alone(exportId: string, work: () => Promise<void>): Promise<void> {
    const client = await this.pool.connect();
    const lock = [MAKING_LOCK, exportId];
    try {
      const { rows } = await client.query<{ taken: boolean }>(
        'select pg_try_advisory_lock($1, hashtext($2)) as taken',
        lock,
      );
      if (rows[0]?.taken !== true) return;
      try {
        await work();
      } finally {
        await client.query('select pg_advisory_unlock($1, hashtext($2))', lock);
      }
    } finally {
      client.release();
    }
  }

  private async rows(condition: string, values: readonly string[]): Promise<readonly OpenExport[]> {
    const { rows } = await this.pool.query<OpenExport>(
      `select export_id as "exportId", lines::float8 as lines, failure, created_at as "createdAt"
       from app.open_exports ${condition}`,
      [...values],
    );
    return rows;
  }
}
