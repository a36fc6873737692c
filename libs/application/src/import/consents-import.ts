import { consentsImportDecider, tokyoDay, type Fact } from '@enishi/domain';
import { parseConsents, type ConsentMapping, type ConsentResult, type ConsentRow } from '@enishi/intake';
import { canonical } from '@enishi/transparency';
import { OnConsent, OnConsentHandler } from '../consent-commands';
import type { CommandContext } from '../context';
import { handle } from '../handle';
import { createdId, rowCommandId } from '../ids';
import { consentStream, importStream } from '../streams';
import { NO_COUNTS, type ImportCounts, type ImportJob, type StoredProblem } from './import-jobs';
import { codeOf, type ImportRun } from './leavers-import';
import { personOfRow } from './person-of-row';

const BATCH = 200;
/** People at work at the same time; the answers of one person are taken one after the other, as they stand. */
const CONCURRENCY = 16;
const PROBLEMS_KEPT = 10_000;

export interface ConsentsImportRun extends ImportRun {
  /** Ids of all purposes by their codes. */
  readonly purposes: () => Promise<ReadonlyMap<string, string>>;
}

/**
 * Reads a staged file of consents to its end, and records its answers unless it is a dry run, which looks up persons
 * and purposes and leaves the other rules alone. May be repeated: what stands in the ledger already changes nothing.
 */
export async function runConsentsImport(
  run: ConsentsImportRun,
  job: ImportJob,
  context: CommandContext,
  dryRun: boolean,
): Promise<void> {
  const { jobs, ledger, staging, signal } = run;
  const { importId, fileTag } = job;
  const { requestTag: _, ifMatch: __, ...own } = context;
  const note = (kind: 'StartConsentsImport' | 'CompleteConsentsImport', counts: ImportCounts) => {
    const inner = { ...own, commandId: createdId(own.commandId, kind), batchId: importId };
    const command = { kind, importId, fileTag, counts } as const;
    return handle(ledger, consentsImportDecider, importStream(importId), command, inner);
  };
  const reading = new Reading(run, job, own, dryRun);
  try {
    if (!dryRun) await note('StartConsentsImport', NO_COUNTS);
    await jobs.startOver(importId);
    await reading.readAll(await run.purposes());
    if (!dryRun) await note('CompleteConsentsImport', reading.counts);
    await jobs.move(importId, ['checking', 'running'], dryRun ? 'checked' : 'done');
    if (!dryRun) await staging.drop(importId);
  } catch (error) {
    const state = signal.aborted ? 'interrupted' : 'failed';
    await jobs.move(importId, ['checking', 'running'], state, codeOf(error)).catch(() => undefined);
    if (!signal.aborted) throw error;
  }
}

type Good = ConsentResult & { readonly row: ConsentRow };

/** What a row came to. */
type Came = 'recorded' | 'incomplete' | 'unchanged' | { readonly code: string; readonly column?: string };

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
      if (row !== undefined) rows.push({ ...result, row });
      else this.counts.refused += 1;
      for (const problem of result.problems) this.addProblem(result.line, problem);
      if (rows.length + this.problems.length < BATCH) continue;
      await this.takeAll(rows, purposes);
      rows = [];
    }
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
    if (typeof came === 'object') {
      this.counts.refused += 1;
      this.addProblem(line, { ...came, severity: 'error' });
      return;
    }
    if (came === 'incomplete') this.counts.recorded += 1;
    this.counts[came] += 1;
  }

  private async take({ row, number }: Good, purposes: ReadonlyMap<string, string>): Promise<Came> {
    const { ledger } = this.run;
    const person = await personOfRow(ledger, this.job.options.source, row);
    if ('code' in person) return person;
    const purposeId = purposes.get(row.purpose);
    if (purposeId === undefined) return { code: 'purpose-unknown' };
    const { alumnusId } = person;
    const command = commandOf(row);
    const incomplete = 'evidenceIncomplete' in command;
    if (await this.stands(alumnusId, purposeId, row)) return 'unchanged';
    if (this.dryRun) return incomplete ? 'incomplete' : 'recorded';
    const context = {
      ...this.context,
      commandId: rowCommandId(this.commandBase, number),
      batchId: this.job.importId,
    };
    const outcome = await this.consents.execute(new OnConsent(alumnusId, purposeId, command, context));
    if (outcome.kind === 'refused') return { code: outcome.code };
    if (outcome.eventIds.length === 0 || outcome.repeated) return 'unchanged';
    return incomplete ? 'incomplete' : 'recorded';
  }

  /** Whether a file has brought this very answer before, whatever has been said since. */
  private async stands(alumnusId: string, purposeId: string, row: ConsentRow): Promise<boolean> {
    const { store, vault } = this.run.ledger;
    const records = await store.readStream(consentStream(alumnusId, purposeId));
    const facts: readonly Fact[] = await vault.openFacts(records, { categories: [] });
    const { effectiveAt } = row;
    return facts.some(
      (fact) =>
        fact.type === EVENT_OF[row.answer] &&
        fact.batchId !== undefined &&
        fact.effectiveAt === effectiveAt &&
        row.channels.every((channel) => fact.data.channels.includes(channel)) &&
        (row.purposeVersion === undefined || fact.data.purposeVersion === row.purposeVersion) &&
        (fact.type !== 'ConsentGranted' || fact.data.evidenceIncomplete !== true || missesEvidence(row)),
    );
  }

  private addProblem(
    line: number,
    problem: Omit<StoredProblem, 'number' | 'line' | 'params'> & Pick<Partial<StoredProblem>, 'params'>,
  ): void {
    this.problemNumber += 1;
    if (this.problemNumber > PROBLEMS_KEPT) return;
    this.problems.push({ params: {}, ...problem, number: this.problemNumber, line });
  }
}

const EVENT_OF = {
  granted: 'ConsentGranted',
  refused: 'ConsentRefused',
  withdrawn: 'ConsentWithdrawn',
} as const;

/** Which text was shown, and what proves the answer, must both be told. */
function missesEvidence({ purposeVersion, language, evidence }: ConsentRow): boolean {
  return purposeVersion === undefined || language === undefined || evidence === undefined;
}

function commandOf(row: ConsentRow): OnConsent['command'] {
  const { channels, captureChannel, method, identityCheck, evidence, purposeVersion } = row;
  const said = {
    channels,
    captureChannel,
    method,
    identityCheck,
    party: 'person',
    effectiveAt: row.effectiveAt,
    ...(evidence !== undefined && { evidence }),
  } as const;
  const version = purposeVersion === undefined ? {} : { purposeVersion };
  // Of a text that nobody names, the Japanese one is taken, and the evidence is incomplete.
  const { language = 'ja' } = row;
  if (row.answer === 'withdrawn') {
    return { kind: 'WithdrawConsent', ...said, ...(row.language !== undefined && { language }) };
  }
  if (row.answer === 'refused') return { kind: 'RefuseConsent', ...said, ...version, language };
  const incomplete = missesEvidence(row) && { evidenceIncomplete: true as const };
  return { kind: 'GrantConsent', ...said, ...version, language, ...incomplete };
}
