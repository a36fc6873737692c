import { consentsImportDecider, Refusal, tokyoDay, type ConsentEvent, type Fact } from '@enishi/domain';
import { parseConsents, type ConsentMapping, type ConsentResult, type ConsentRow } from '@enishi/intake';
import { canonical } from '@enishi/transparency';
import { OnConsent, OnConsentHandler } from '../consent-commands';
import type { CommandContext } from '../context';
import { handle } from '../handle';
import { createdId, rowCommandId } from '../ids';
import { consentStream, importStream } from '../streams';
import { commandOf, stands } from './consent-row';
import { dropStaged } from './drop-staged';
import { NO_COUNTS, type ImportCounts, type ImportJob, type StoredProblem } from './import-jobs';
import type { ImportScans } from './import-scans';
import { codeOf, type ImportRun } from './leavers-import';
import { personOfRow } from './person-of-row';
import { ScanKeeper } from './scan-keeper';

const BATCH = 200;
/** People at work at the same time; the answers of one person are taken one after the other, as they stand. */
const CONCURRENCY = 16;
const PROBLEMS_KEPT = 10_000;

export interface ConsentsImportRun extends ImportRun {
  /** Ids of all purposes by their codes. */
  readonly purposes: () => Promise<ReadonlyMap<string, string>>;
  readonly scans: ImportScans;
}

/**
 * Reads a staged file of consents to its end, and records its answers unless it is a dry run, which asks the
 * rules and records nothing. May be repeated: what stands in the ledger already changes nothing.
 */
export async function runConsentsImport(
  run: ConsentsImportRun,
  job: ImportJob,
  context: CommandContext,
  dryRun: boolean,
): Promise<void> {
  const { jobs, ledger, scans, signal } = run;
  const { importId, fileTag } = job;
  const { requestTag: _, ifMatch: __, ...own } = context;
  const note = (kind: 'StartConsentsImport' | 'CompleteConsentsImport', counts: ImportCounts) => {
    const inner = { ...own, commandId: createdId(own.commandId, kind), batchId: importId };
    const command = { kind, importId, fileTag, counts } as const;
    return handle(ledger, consentsImportDecider, importStream(importId), command, inner);
  };
  try {
    if (!dryRun) await note('StartConsentsImport', NO_COUNTS);
    await jobs.startOver(importId);
    const keeper = new ScanKeeper(ledger.vault, run.staging, await scans.byName(importId));
    const reading = new Reading(run, job, own, dryRun, keeper);
    await reading.readAll(await run.purposes());
    await scans.noteUse(importId, keeper.used);
    if (!dryRun) await note('CompleteConsentsImport', reading.counts);
    await jobs.move(importId, ['checking', 'running'], dryRun ? 'checked' : 'done');
    if (!dryRun) await dropStaged(run, importId);
  } catch (error) {
    const state = signal.aborted ? 'interrupted' : 'failed';
    await jobs.move(importId, ['checking', 'running'], state, codeOf(error)).catch(() => undefined);
    if (!signal.aborted) throw error;
  }
}

type Good = ConsentResult & { readonly row: ConsentRow };

/** What a row came to: with a warning it was recorded. */
type Came = 'recorded' | 'incomplete' | 'unchanged' | Trouble;
type Trouble = Omit<StoredProblem, 'number' | 'line' | 'params'> & Pick<Partial<StoredProblem>, 'params'>;

function error(code: string, more: Partial<Trouble> = {}): Trouble {
  // In a list the day is often the only time known; what to do about it is another thing than for a single answer.
  const own = code === 'purpose-version-not-in-force' ? 'answered-before-version' : code;
  return { ...more, code: own, severity: 'error' };
}

/** @param lacks the scan it names was not handed in, which stands in the way of a consent alone */
function cameOf({ answer }: ConsentRow, { command }: OnConsent, lacks: boolean): Came {
  if (lacks && answer !== 'granted')
    return { code: 'scan-missing-answer-kept', field: 'evidenceFile', severity: 'warning' };
  return 'evidenceIncomplete' in command ? 'incomplete' : 'recorded';
}

/** One pass over the file. */
class Reading {
  readonly counts: ImportCounts = { ...NO_COUNTS };
  private problems: StoredProblem[] = [];
  private problemNumber = 0;
  private readonly commandBase: string;
  private readonly consents: OnConsentHandler;

  constructor(
    private readonly run: ConsentsImportRun,
    private readonly job: ImportJob,
    private readonly context: CommandContext,
    private readonly dryRun: boolean,
    private readonly scans: ScanKeeper,
  ) {
    const { importId, mapping, options } = job;
    this.commandBase = createdId(importId, canonical({ mapping, options }));
    this.consents = new OnConsentHandler(run.ledger);
  }

  async readAll(purposes: ReadonlyMap<string, string>): Promise<void> {
    const { recognition, mapping, importId } = this.job;
    const options = {
      recognition,
      mapping: mapping as ConsentMapping,
      today: tokyoDay(this.run.ledger.clock.now()),
    };
    let rows: Good[] = [];
    for await (const result of parseConsents(this.metered(this.run.staging.read(importId)), options)) {
      this.counts.rows += 1;
      const { row } = result;
      this.scans.noteRow(result.scan, result.line);
      if (row !== undefined) rows.push({ ...result, row });
      else this.counts.refused += 1;
      for (const problem of result.problems) this.addProblem(result.line, problem);
      if (rows.length + this.problems.length < BATCH) continue;
      await this.takeAll(rows, purposes);
      rows = [];
    }
    this.counts.scansUnused = this.scans.unused;
    await this.takeAll(rows, purposes);
  }

  private async *metered(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.counts.bytesRead += chunk.length;
      yield chunk;
    }
  }

  private async takeAll(rows: readonly Good[], purposes: ReadonlyMap<string, string>): Promise<void> {
    this.run.signal.throwIfAborted();
    const byPerson = new Map<string, Good[]>();
    for (const one of rows) {
      const own = byPerson.get(one.row.employeeNumber);
      if (own === undefined) byPerson.set(one.row.employeeNumber, [one]);
      else own.push(one);
    }
    const waiting = [...byPerson.values()];
    const work = async (): Promise<void> => {
      for (let own = waiting.pop(); own !== undefined; own = waiting.pop()) {
        for (const one of own) this.count(one, await this.take(one, purposes));
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
    const problems = this.problems.splice(0);
    await this.run.jobs.addProblems(this.job.importId, problems);
    await this.run.jobs.progress(this.job.importId, this.counts);
  }

  private count({ line }: Good, came: Came): void {
    if (typeof came === 'string') {
      if (came === 'incomplete') this.counts.recorded += 1;
      this.counts[came] += 1;
      return;
    }
    this.counts[came.severity === 'error' ? 'refused' : 'recorded'] += 1;
    if (came.severity === 'warning') this.counts.warnings += 1;
    this.addProblem(line, came);
  }

  private async take({ row, number }: Good, purposes: ReadonlyMap<string, string>): Promise<Came> {
    const { ledger } = this.run;
    const person = await personOfRow(ledger, this.job.options.source, row);
    if ('code' in person) return error(person.code);
    const purposeId = purposes.get(row.purpose);
    if (purposeId === undefined) return error('purpose-unknown');
    const { alumnusId } = person;
    if (await this.stands(alumnusId, purposeId, row)) return 'unchanged';
    const scan = this.scans.of(row.evidenceFile);
    const lacks = row.evidenceFile !== undefined && scan === undefined;
    if (lacks && row.answer === 'granted') return error('scan-missing', { field: 'evidenceFile' });
    const order = (artefactId?: string) => {
      const commandId = rowCommandId(this.commandBase, number);
      const context = { ...this.context, commandId, batchId: this.job.importId };
      return new OnConsent(alumnusId, purposeId, commandOf(row, artefactId), context);
    };
    // No scan is kept about anybody for an answer that the rules refuse.
    if (this.dryRun || scan !== undefined) {
      const foreseen = await this.foreseen(row, order());
      if (foreseen !== undefined) return foreseen;
    }
    const came = cameOf(row, order(), lacks);
    if (this.dryRun) return came;
    const outcome = await this.consents.execute(order(scan && (await this.scans.keep(alumnusId, scan))));
    if (outcome.kind === 'refused') return error(outcome.code, { params: outcome.details });
    return outcome.eventIds.length === 0 || outcome.repeated ? 'unchanged' : came;
  }

  /** What the rules would say now, where that is another thing than yes. */
  private async foreseen(row: ConsentRow, order: OnConsent): Promise<Came | undefined> {
    // In a dry run the consent withdrawn may stand in an earlier row.
    if (this.dryRun && row.answer === 'withdrawn') return undefined;
    const foreseen = await this.consents.foresee(order);
    if (foreseen instanceof Refusal) return error(foreseen.code, { params: foreseen.details });
    return foreseen === 0 ? 'unchanged' : undefined;
  }

  private async stands(alumnusId: string, purposeId: string, row: ConsentRow): Promise<boolean> {
    const { store, vault } = this.run.ledger;
    const records = await store.readStream(consentStream(alumnusId, purposeId));
    return stands(row, (await vault.openFacts(records, { categories: [] })) as readonly Fact<ConsentEvent>[]);
  }

  private addProblem(line: number, problem: Trouble): void {
    this.problemNumber += 1;
    if (this.problemNumber > PROBLEMS_KEPT) return;
    this.problems.push({ params: {}, ...problem, number: this.problemNumber, line });
  }
}
