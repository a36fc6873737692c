import {
  importUndoDecider,
  undoDecider,
  undoPlan,
  type AlumnusEvent,
  type Fact,
  type Left,
  type UndoPlan,
} from '@enishi/domain';
import type { RecordedEvent } from '@enishi/event-store';
import type { CommandContext } from '../context';
import { markErasure } from '../erasure-marks';
import { handle, type Ledger } from '../handle';
import { createdId } from '../ids';
import type { Outcome } from '../outcome';
import { alumnusStream, consentStream, importStream, lifecycleStream } from '../streams';
import { broughtBy } from './brought-by';
import { eachOf } from './each-of';
import { NO_UNDO_COUNTS, type ImportUndos } from './import-undos';
import { undoAnswers } from './undo-answers';

/** People at work at the same time: their reads and appends share round trips. */
const CONCURRENCY = 32;

export interface UndoRun {
  readonly ledger: Ledger;
  readonly undos: ImportUndos;
  /** Every purpose that somebody may have answered for. */
  readonly purposeIds: () => Promise<readonly string[]>;
  readonly signal: AbortSignal;
}

/** Notes that an import is to be undone, who ordered it and why. Refused where it brought nothing. */
export function orderUndo(
  ledger: Ledger,
  importId: string,
  reason: string,
  context: CommandContext,
): Promise<Outcome> {
  const staffId = context.actor.slice(context.actor.indexOf(':') + 1);
  const command = { kind: 'StartUndo', importId, staffId, reason } as const;
  return handle(ledger, importUndoDecider, importStream(importId), command, context, { opens: [] });
}

/**
 * Takes back what an import brought, person by person. Of leavers, those whom nothing else knew are marked for the
 * erasure desk; of consents, answers are voided. Each append stands on its own, so it may end anywhere and be begun
 * again: what is done is recognised.
 *
 * @param reason kept sealed with each answer that is voided
 * @param context whose order it is
 */
export async function undoImport(
  run: UndoRun,
  importId: string,
  reason: string,
  context: CommandContext,
): Promise<void> {
  const { ledger, undos, signal } = run;
  const { requestTag: _, ifMatch: __, ...own } = context;
  const counts = { ...NO_UNDO_COUNTS };
  try {
    const purposeIds = await run.purposeIds();
    const undoOne = (record: RecordedEvent) =>
      record.stream.startsWith('consent-')
        ? undoAnswers(ledger, { importId, reason, purposeIds, context: own }, record)
        : undoPerson(ledger, importId, record, purposeIds, own);
    for await (const records of broughtBy(ledger, importId)) {
      signal.throwIfAborted();
      const found = await eachOf(records, CONCURRENCY, undoOne);
      const left: { alumnusId: string; code: string; field?: string }[] = [];
      for (const one of found) {
        if (one === undefined) continue;
        counts.people += 1;
        if (one.outcome !== 'untouched') counts[one.outcome] += 1;
        if (one.left.length > 0) counts.left += 1;
        left.push(...one.left.map((what) => ({ ...what, alumnusId: one.alumnusId })));
      }
      await undos.keep(importId, left);
      await undos.progress(importId, counts);
    }
    const done = { kind: 'CompleteUndo', importId, counts } as const;
    const completing = { ...own, commandId: createdId(own.commandId, 'complete') };
    await handle(ledger, importUndoDecider, importStream(importId), done, completing, { opens: [] });
    await undos.end(importId, 'done', null);
  } catch (error) {
    await undos.progress(importId, counts).catch(() => undefined);
    const state = signal.aborted ? 'interrupted' : 'failed';
    const { name } = (error ?? {}) as { name?: string };
    await undos.end(importId, state, name === 'StoreUnavailable' ? name : state).catch(() => undefined);
    if (!signal.aborted) throw error;
  }
}

/** What undoing came to for one person. */
export interface Undone extends Pick<UndoPlan, 'outcome'> {
  readonly alumnusId: string;
  readonly left: readonly (Left | { readonly code: string; readonly field?: string })[];
}

/** What undoing came to for the person of an event; they are looked at once, at the first that the import brought. */
async function undoPerson(
  ledger: Ledger,
  importId: string,
  record: RecordedEvent,
  purposeIds: readonly string[],
  context: CommandContext,
): Promise<Undone | undefined> {
  const { store, vault } = ledger;
  const alumnusId = record.stream.slice('alumnus-'.length);
  const records = await store.readStream(record.stream);
  const first = records.find(({ metadata }) => metadata['batchId'] === importId);
  if (first?.id !== record.id) return undefined;
  const lifecycle = await store.readStream(lifecycleStream(alumnusId));
  if (lifecycle.some(({ type }) => type === 'ErasureStarted'))
    return { alumnusId, outcome: 'untouched', left: [{ code: 'erasure-started' }] };
  const facts = (await vault.openFacts(records)) as readonly Fact<AlumnusEvent>[];
  const recordedElsewhere =
    lifecycle.some(({ type }) => !type.startsWith('ErasureMark')) ||
    (await hasAnswered(ledger, alumnusId, purposeIds));
  const plan = undoPlan(facts, importId, recordedElsewhere);
  const inner = { ...context, commandId: createdId(importId, `undo ${alumnusId}`) };
  if (plan.events.length > 0) {
    const command = { kind: 'UndoImport', importId, recordedElsewhere } as const;
    const outcome = await handle(ledger, undoDecider, alumnusStream(alumnusId), command, inner);
    if (outcome.kind === 'refused')
      return { alumnusId, outcome: 'untouched', left: [{ code: outcome.code }] };
  }
  // Whoever a later import has registered again is not marked, however often the first one is undone.
  if (plan.outcome === 'hidden' && !isRegistered(facts, plan)) {
    await markErasure(ledger, alumnusId, importId, inner);
  }
  return { alumnusId, outcome: plan.outcome, left: plan.left };
}

function isRegistered(facts: readonly Fact<AlumnusEvent>[], { done }: UndoPlan): boolean {
  return done && facts.at(-1)?.type !== 'RegistrationUndone';
}

/** Whether anything was asked of the person or answered by them. */
async function hasAnswered(
  ledger: Ledger,
  alumnusId: string,
  purposeIds: readonly string[],
): Promise<boolean> {
  const found = await Promise.all(
    purposeIds.map((purposeId) => ledger.store.readStream(consentStream(alumnusId, purposeId), { limit: 1 })),
  );
  return found.some((records) => records.length > 0);
}
