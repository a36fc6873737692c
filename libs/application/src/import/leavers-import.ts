import { setImmediate as breathe } from 'node:timers/promises';
import { parseLeavers, type LeaverResult, type Mapping } from '@enishi/intake';
import { importDecider, tokyoDay } from '@enishi/domain';
import { canonical } from '@enishi/transparency';
import type { CommandContext } from '../context';
import { createdId } from '../ids';
import { handle, type Ledger } from '../handle';
import { throughOutages } from '../outage';
import { importStream } from '../streams';
import {
  NO_COUNTS,
  type ImportCounts,
  type ImportJob,
  type ImportJobs,
  type StoredProblem,
} from './import-jobs';
import { forecast } from './forecast';
import type { Staging } from './staging';
import { Overlapping } from './overlapping';
import { beginning, settledUpTo, type ResumePoint } from './resume-point';
import type { RowToTakeOver, TakenOver } from './take-over';

/** Rows taken over together: one round trip each for identities, keys and events. */
const BATCH = 500;
/** Records after which progress is noted whatever they were: a job that says nothing counts as abandoned. */
const SIGN_OF_LIFE = 5000;
/** Problems kept per import; a file with more is the wrong file, and says so in its counts. */
const PROBLEMS_KEPT = 10_000;

export interface ImportRun {
  readonly ledger: Ledger;
  readonly jobs: ImportJobs;
  readonly staging: Staging;
  readonly signal: AbortSignal;
}

/**
 * Reads a staged file to its end, and takes its leavers over unless it is a dry run. May be repeated: it goes on
 * where the last run was settled, and rows beyond that are in the ledger already change nothing. Moves the job to
 * `checked`, `done` or `failed`.
 *
 * @param context who asked for it; with `dryRun` nothing is appended
 */
export async function runImport(
  run: ImportRun,
  job: ImportJob,
  context: CommandContext,
  dryRun: boolean,
): Promise<void> {
  const { jobs } = run;
  const from = (dryRun ? null : job.resume) ?? beginning(tokyoDay(run.ledger.clock.now()));
  const reading = new Reading(run, job, context, dryRun, from);
  try {
    if (!dryRun) await note(run.ledger, job, context, 'StartImport');
    if (from.number === 0) await jobs.startOver(job.importId);
    await reading.readAll();
    await jobs.progress(job.importId, reading.counts);
    if (!dryRun) await note(run.ledger, job, context, 'CompleteImport', reading.counts);
    // Taken for abandoned by another process after a long silence, it is done all the same.
    const atWork = ['checking', 'running', 'interrupted'] as const;
    const ended = await throughOutages(() => jobs.move(job.importId, atWork, dryRun ? 'checked' : 'done'));
    // What is in the ledger needs no second copy on disk; what is not marked as done may be run again.
    if (!dryRun && ended) await run.staging.drop(job.importId);
  } catch (error) {
    await jobs.progress(job.importId, reading.counts).catch(() => undefined);
    const state = run.signal.aborted ? 'interrupted' : 'failed';
    await jobs.move(job.importId, ['checking', 'running'], state, codeOf(error)).catch(() => undefined);
    if (!run.signal.aborted) throw error;
  }
}

/** A stable code for why an import stopped; never a message, which could hold a value. */
export function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  if (code === 'ENOENT') return 'staged-file-missing';
  if (code === 'ENOSPC') return 'disk-full';
  if (code === 'EIO') return 'disk-failed';
  return name === 'StagedFileDamaged' ||
    name === 'StoreUnavailable' ||
    name === 'MappingRefused' ||
    name === 'AbortError'
    ? String(name)
    : 'import-failed';
}

async function note(
  ledger: Ledger,
  job: ImportJob,
  context: CommandContext,
  kind: 'StartImport' | 'CompleteImport',
  counts: ImportCounts = { ...NO_COUNTS },
): Promise<void> {
  const { importId, fileTag, recognition, options } = job;
  const command = {
    kind,
    importId,
    fileTag,
    layout: recognition.layout,
    freeText: options.freeText,
    counts,
  } as const;
  const commandId = createdId(context.commandId, kind);
  await handle(ledger, importDecider, importStream(importId), command, {
    ...context,
    commandId,
    batchId: importId,
  });
}

type Found = Omit<LeaverResult['problems'][number], 'code'> & { readonly code: string };
type Row = RowToTakeOver & { readonly line: number };

/** One pass over the file. */
class Reading {
  readonly counts: ImportCounts;
  private rows: Row[] = [];
  private problems: StoredProblem[] = [];
  private problemNumber = 0;
  private readonly batches: Overlapping<Row>;

  constructor(
    private readonly run: ImportRun,
    private readonly job: ImportJob,
    context: CommandContext,
    private readonly dryRun: boolean,
    /** What is settled so far; at first, where the run before was interrupted. */
    private point: ResumePoint,
  ) {
    const { importId, mapping, options } = job;
    // Who was refused is counted with their record.
    this.counts = { ...NO_COUNTS, ...point.settled, refused: 0 };
    const commandBase = createdId(importId, canonical({ mapping, options }));
    const batch = { batchId: importId, commandBase, source: options.source, context };
    this.batches = new Overlapping(run.ledger, batch, (rows, taken) => this.told(rows, taken));
  }

  async readAll(): Promise<void> {
    const { recognition, mapping, options, importId } = this.job;
    const { number: from, settled: before } = this.point;
    if (from > 0) this.problemNumber = await this.run.jobs.keepProblemsUpTo(importId, this.point);
    const results = parseLeavers(this.metered(this.run.staging.read(importId)), {
      recognition,
      mapping: mapping as Mapping,
      today: this.point.today,
      freeText: options.freeText,
      ...(options.dateOrder !== 'ymd' && { dateOrder: options.dateOrder }),
    });
    try {
      for await (const result of results) {
        const settled = result.number <= from;
        this.count(result, settled);
        if (result.number === from) this.countRefused(before.refused);
        if (result.row !== undefined && !settled)
          this.rows.push({ number: result.number, line: result.line, row: result.row });
        const full = this.rows.length >= BATCH || this.problems.length >= BATCH;
        if (full || this.counts.rows % SIGN_OF_LIFE === 0) await this.flush();
      }
      await this.flush();
      await this.batches.end();
      await this.save();
    } finally {
      await this.batches.abandon();
    }
  }

  private async *metered(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.counts.bytesRead += chunk.length;
      yield chunk;
    }
  }

  /** @param settled an earlier run noted what is wrong with it */
  private count(result: LeaverResult, settled: boolean): void {
    const { counts } = this;
    counts.rows += 1;
    if (result.outcome === 'leaver') counts.leavers += 1;
    else if (result.outcome === 'not-a-leaver') counts.notLeavers += 1;
    else counts.refused += 1;
    for (const problem of result.problems) {
      if (problem.severity === 'warning') counts.warnings += 1;
      if (!settled) this.addProblem(result.line, problem);
    }
  }

  private addProblem(line: number, problem: Found): void {
    this.problemNumber += 1;
    if (this.problemNumber > PROBLEMS_KEPT) return;
    const { column, field, severity, code, params = {} } = problem;
    this.problems.push({
      number: this.problemNumber,
      line,
      severity,
      code,
      params,
      ...(column !== undefined && { column }),
      ...(field !== undefined && { field }),
    });
  }

  /** Hands the rows read so far on, to be taken over while the next ones are read. */
  private async flush(): Promise<void> {
    this.run.signal.throwIfAborted();
    const { rows } = this;
    this.rows = [];
    const asked = this.dryRun && rows.length > 0;
    if (asked) await this.told(rows, await forecast(this.run.ledger, rows, this.job.options.source));
    else if (rows.length > 0) await this.batches.add(rows);
    const silent = this.counts.rows % SIGN_OF_LIFE === 0;
    if (this.problems.length > 0 || silent || (this.dryRun && !asked)) await this.save();
    await breathe();
  }

  /** Counts what a batch came to. */
  private async told(rows: readonly Row[], taken: TakenOver): Promise<void> {
    const { counts } = this;
    counts.registered += taken.registered;
    counts.corrected += taken.corrected;
    counts.employmentsAdded += taken.employmentsAdded;
    counts.unchanged += taken.unchanged;
    counts.blocked += taken.blocked;
    this.countRefused(taken.refused.length);
    for (const { number, code } of taken.refused) {
      this.addProblem(rows.find((row) => row.number === number)?.line ?? 0, { severity: 'error', code });
    }
    this.point = settledUpTo(this.point, rows.at(-1)!, taken);
    await this.save();
  }

  /** Leavers whom the rules of the ledger refused. */
  private countRefused(refused: number): void {
    this.counts.leavers -= refused;
    this.counts.refused += refused;
  }

  private async save(): Promise<void> {
    const { jobs } = this.run;
    const { importId } = this.job;
    const problems = this.problems;
    this.problems = [];
    await jobs.addProblems(importId, problems);
    // The dry run settles nothing.
    await jobs.progress(importId, this.counts, this.dryRun ? undefined : this.point);
  }
}
