import type { Pool } from 'pg';
import type { UndoCounts } from '@enishi/domain';

export const UNDO_STATES = ['running', 'done', 'failed', 'interrupted'] as const;
export type UndoState = (typeof UNDO_STATES)[number];

/** How far undoing an import is. Holds no value about anybody. */
export interface ImportUndo {
  readonly importId: string;
  readonly state: UndoState;
  readonly counts: UndoCounts;
  readonly failure: string | null;
  readonly actor: string;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** What stays of a person, and why. */
export interface StoredLeft {
  readonly number: number;
  readonly alumnusId: string;
  readonly code: string;
  /** Absent: the person as a whole. */
  readonly field?: string;
}

export const NO_UNDO_COUNTS: UndoCounts = { people: 0, hidden: 0, reverted: 0, left: 0 };

const COLUMNS = `import_id as "importId", state, counts, failure, actor, created_at as "createdAt",
  changed_at as "changedAt"`;

/** The table of imports being undone. One pass at a time; any number of them come to the same. */
export class ImportUndos {
  constructor(private readonly pool: Pool) {}

  /** Takes the turn; false while another pass is at work. */
  async begin(importId: string, actor: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `insert into app.import_undos (import_id, state, counts, actor) values ($1, 'running', $2, $3)
       on conflict (import_id) do update set state = 'running', counts = $2, failure = null, actor = $3, changed_at = now()
       where app.import_undos.state <> 'running'`,
      [importId, JSON.stringify(NO_UNDO_COUNTS), actor],
    );
    return rowCount === 1;
  }

  async find(importId: string): Promise<ImportUndo | undefined> {
    const text = `select ${COLUMNS} from app.import_undos where import_id = $1`;
    return (await this.pool.query<ImportUndo>(text, [importId])).rows[0];
  }

  /** How far undoing is, of those of these imports that are undone. */
  async statesOf(importIds: readonly string[]): Promise<ReadonlyMap<string, UndoState>> {
    const text =
      'select import_id as "importId", state from app.import_undos where import_id = any($1::uuid[])';
    const { rows } = await this.pool.query<Pick<ImportUndo, 'importId' | 'state'>>(text, [importIds]);
    return new Map(rows.map(({ importId, state }) => [importId, state]));
  }

  async progress(importId: string, counts: UndoCounts): Promise<void> {
    await this.pool.query(
      'update app.import_undos set counts = $2, changed_at = now() where import_id = $1',
      [importId, JSON.stringify(counts)],
    );
  }

  /** Ends the pass under way. */
  async end(importId: string, state: Exclude<UndoState, 'running'>, failure: string | null): Promise<void> {
    await this.pool.query(
      `update app.import_undos set state = $2, failure = $3, changed_at = now()
       where import_id = $1 and state = 'running'`,
      [importId, state, failure],
    );
  }

  /** Notes what stays; what was noted before is noted once. */
  async keep(importId: string, left: readonly Omit<StoredLeft, 'number'>[]): Promise<void> {
    if (left.length === 0) return;
    await this.pool.query(
      `insert into app.import_undo_left (import_id, alumnus_id, code, field)
       select $1, * from unnest($2::uuid[], $3::text[], $4::text[]) on conflict do nothing`,
      [
        importId,
        left.map(({ alumnusId }) => alumnusId),
        left.map(({ code }) => code),
        left.map(({ field }) => field ?? ''),
      ],
    );
  }

  async left(importId: string, after: number, limit: number): Promise<readonly StoredLeft[]> {
    const { rows } = await this.pool.query<Omit<StoredLeft, 'field'> & { field: string }>(
      `select number::float8 as number, alumnus_id as "alumnusId", code, field from app.import_undo_left
       where import_id = $1 and number > $2 order by number limit $3`,
      [importId, after, limit],
    );
    return rows.map(({ field, ...row }) => ({ ...row, ...(field !== '' && { field }) }));
  }

  /** Passes that no process works on any more; repeating the command goes on with them. */
  async interruptAbandoned(silentSeconds = 30): Promise<void> {
    await this.pool.query(
      `update app.import_undos set state = 'interrupted', failure = 'interrupted', changed_at = now()
       where state = 'running' and changed_at <= now() - make_interval(secs => $1)`,
      [silentSeconds],
    );
  }
}
