import type { Pool } from 'pg';
import type {
  ColumnProposal,
  ConsentColumnProposal,
  ConsentMapping,
  DateOrder,
  FileRecognition,
  Mapping,
} from '@enishi/intake';
import type { ResumePoint } from './resume-point';

export const IMPORT_STATES = [
  'staged',
  'checking',
  'checked',
  'running',
  'done',
  'failed',
  'interrupted',
  'cancelled',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** What a reading of the file came to, so far. */
export interface ImportCounts {
  rows: number;
  leavers: number;
  registered: number;
  corrected: number;
  employmentsAdded: number;
  unchanged: number;
  notLeavers: number;
  refused: number;
  blocked: number;
  warnings: number;
  bytesRead: number;
  /** Of consents: answers that are new in the ledger. */
  recorded: number;
  /** Of consents: those of them without the text shown or without proof. */
  incomplete: number;
  /** Of consents: scans handed in that no row names. */
  scansUnused: number;
}

export const NO_COUNTS: Readonly<ImportCounts> = {
  rows: 0,
  leavers: 0,
  registered: 0,
  corrected: 0,
  employmentsAdded: 0,
  unchanged: 0,
  notLeavers: 0,
  refused: 0,
  blocked: 0,
  warnings: 0,
  bytesRead: 0,
  recorded: 0,
  incomplete: 0,
  scansUnused: 0,
};

/** What a file is about. */
export type ImportKind = 'leavers' | 'consents';

export interface ImportOptions {
  /** Absent: leavers. */
  readonly kind?: ImportKind;
  readonly freeText: boolean;
  readonly dateOrder: DateOrder | 'ymd';
  /** The HR system the file comes from: with the employee number it makes a person's identity. */
  readonly source: string;
}

/** One import, from upload to end. Holds no cell of the file. */
export interface ImportJob {
  readonly importId: string;
  readonly state: ImportState;
  readonly recognition: FileRecognition;
  readonly columns: readonly (ColumnProposal | ConsentColumnProposal)[];
  readonly mapping: Mapping | ConsentMapping;
  readonly options: ImportOptions;
  readonly fileTag: string;
  readonly bytes: number;
  readonly counts: ImportCounts;
  /** Where a run that was interrupted goes on. */
  readonly resume: ResumePoint | null;
  readonly failure: string | null;
  readonly actor: string;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

export interface StoredProblem {
  readonly number: number;
  readonly line: number;
  readonly column?: string;
  readonly field?: string;
  readonly severity: string;
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
}

const COLUMNS = `import_id as "importId", state, recognition, columns, mapping, options, file_tag as "fileTag",
  bytes::float8 as bytes, counts, resume, failure, actor, created_at as "createdAt", changed_at as "changedAt"`;

/** The table of imports. States move by compare-and-set, so that two clicks start one run. */
export class ImportJobs {
  constructor(private readonly pool: Pool) {}

  async create(
    job: Omit<ImportJob, 'createdAt' | 'changedAt' | 'counts' | 'resume' | 'failure' | 'state'>,
  ): Promise<void> {
    await this.pool.query(
      `insert into app.imports (import_id, state, recognition, columns, mapping, options, file_tag, bytes, counts, actor)
       values ($1, 'staged', $2, $3, $4, $5, $6, $7, $8, $9) on conflict (import_id) do nothing`,
      [
        job.importId,
        JSON.stringify(job.recognition),
        JSON.stringify(job.columns),
        JSON.stringify(job.mapping),
        JSON.stringify(job.options),
        job.fileTag,
        job.bytes,
        JSON.stringify(NO_COUNTS),
        job.actor,
      ],
    );
  }

  async find(importId: string): Promise<ImportJob | undefined> {
    const { rows } = await this.pool.query<ImportJob>(
      `select ${COLUMNS} from app.imports where import_id = $1`,
      [importId],
    );
    return rows[0];
  }

  /** The latest first. */
  async list(limit = 50): Promise<ImportJob[]> {
    const text = `select ${COLUMNS} from app.imports order by created_at desc, import_id limit $1`;
    return (await this.pool.query<ImportJob>(text, [limit])).rows;
  }

  /** Moves a job from one of `from` to `to`; false when it was in another state. */
  async move(
    importId: string,
    from: readonly ImportState[],
    to: ImportState,
    failure: string | null = null,
  ): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `update app.imports set state = $3, failure = $4, changed_at = now() where import_id = $1 and state = any($2)`,
      [importId, from, to, failure],
    );
    return rowCount === 1;
  }

  async map(importId: string, mapping: Mapping | ConsentMapping, options: ImportOptions): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `update app.imports set mapping = $2, options = $3, state = 'staged', resume = null, changed_at = now()
       where import_id = $1 and state not in ('checking', 'running', 'cancelled')`,
      [importId, JSON.stringify(mapping), JSON.stringify(options)],
    );
    return rowCount === 1;
  }

  /** @param resume how far it is settled; absent: as far as was said before */
  async progress(importId: string, counts: ImportCounts, resume?: ResumePoint): Promise<void> {
    await this.pool.query(
      `update app.imports set counts = $2, resume = coalesce($3, resume), changed_at = now() where import_id = $1`,
      [importId, JSON.stringify(counts), resume === undefined ? null : JSON.stringify(resume)],
    );
  }

  /** Forgets what an earlier reading came to: the next one begins anew. */
  async startOver(importId: string): Promise<void> {
    await this.pool.query('delete from app.import_problems where import_id = $1', [importId]);
    await this.pool.query('update app.imports set resume = null where import_id = $1', [importId]);
  }

  /** Forgets the problems beyond a resume point, which will be found again. @returns the number of the last one left */
  async keepProblemsUpTo(importId: string, { line }: ResumePoint): Promise<number> {
    await this.pool.query('delete from app.import_problems where import_id = $1 and line > $2', [
      importId,
      line,
    ]);
    const { rows } = await this.pool.query<{ last: number }>(
      'select coalesce(max(number), 0) as last from app.import_problems where import_id = $1',
      [importId],
    );
    return rows[0]!.last;
  }

  async addProblems(importId: string, problems: readonly StoredProblem[]): Promise<void> {
    if (problems.length === 0) return;
    await this.pool.query(
      `insert into app.import_problems (import_id, number, line, "column", field, severity, code, params)
       select $1, * from unnest($2::int[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::jsonb[])
       on conflict do nothing`,
      [
        importId,
        problems.map((p) => p.number),
        problems.map((p) => p.line),
        problems.map((p) => p.column ?? null),
        problems.map((p) => p.field ?? null),
        problems.map((p) => p.severity),
        problems.map((p) => p.code),
        problems.map((p) => JSON.stringify(p.params)),
      ],
    );
  }

  async problems(
    importId: string,
    after: number,
    limit: number,
    severity?: string,
  ): Promise<StoredProblem[]> {
    const { rows } = await this.pool.query<StoredProblem>(
      `select number, line, "column", field, severity, code, params from app.import_problems
       where import_id = $1 and number > $2 and ($4::text is null or severity = $4) order by number limit $3`,
      [importId, after, limit, severity ?? null],
    );
    return rows;
  }

  /**
   * Jobs that no process works on any more are said to be interrupted; running them again is safe.
   * @param silentSeconds without progress for so long; 0 where no other process can be at work
   */
  async interruptAbandoned(silentSeconds = 30): Promise<number> {
    const { rowCount } = await this.pool.query(
      `update app.imports set state = 'interrupted', failure = 'interrupted', changed_at = now()
       where state in ('checking', 'running') and changed_at <= now() - make_interval(secs => $1)`,
      [silentSeconds],
    );
    return rowCount ?? 0;
  }

  /** Cancels imports that nobody touched for `hours`; answers their ids, whose files are to be dropped. */
  async cancelForgotten(hours = 24): Promise<string[]> {
    const { rows } = await this.pool.query<{ importId: string }>(
      `update app.imports set state = 'cancelled', changed_at = now()
       where state in ('staged', 'checked', 'failed', 'interrupted') and changed_at < now() - make_interval(hours => $1)
       returning import_id as "importId"`,
      [hours],
    );
    return rows.map(({ importId }) => importId);
  }

  /** Ids under which files are staged that may still be read: those of imports, and those of their scans. */
  async openIds(): Promise<ReadonlySet<string>> {
    const { rows } = await this.pool.query<{ id: string }>(
      `with open as (select import_id from app.imports where state not in ('done', 'cancelled'))
       select import_id as id from open
       union all select scan_id from app.import_scans join open using (import_id)`,
    );
    return new Set(rows.map(({ id }) => id));
  }

  async saveMapping(name: string, mapping: Mapping | ConsentMapping, options: ImportOptions): Promise<void> {
    await this.pool.query(
      `insert into app.import_mappings (name, mapping, options) values ($1, $2, $3)
       on conflict (name) do update set mapping = excluded.mapping, options = excluded.options, saved_at = now()`,
      [name, JSON.stringify(mapping), JSON.stringify(options)],
    );
  }

  async savedMappings(): Promise<
    { name: string; mapping: Mapping | ConsentMapping; options: ImportOptions; savedAt: Date }[]
  > {
    const { rows } = await this.pool.query<{
      name: string;
      mapping: Mapping | ConsentMapping;
      options: ImportOptions;
      savedAt: Date;
    }>(`select name, mapping, options, saved_at as "savedAt" from app.import_mappings order by name`);
    return rows;
  }
}
