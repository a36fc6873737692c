import { answersUndo, isAnswer, type ConsentEvent, type Fact } from '@enishi/domain';
import type { RecordedEvent } from '@enishi/event-store';
import { OnConsent, OnConsentHandler } from '../consent-commands';
import type { CommandContext } from '../context';
import type { Ledger } from '../handle';
import { createdId } from '../ids';
import { consentStream, lifecycleStream } from '../streams';
import type { Undone } from './undo-import';

/** What undoing an import of consents needs to know of its order. */
export interface AnswersOrder {
  readonly importId: string;
  /** Kept sealed with each answer that is voided. */
  readonly reason: string;
  readonly purposeIds: readonly string[];
  readonly context: CommandContext;
}

type Left = Undone['left'][number];

/**
 * Voids what an import of consents brought for the person of one of its events, as far as {@link answersUndo} says; they
 * are looked at once, at the first that it brought. Each answer is voided under an id of its own, so that nothing is
 * voided twice. The events that void name the import: what it brought may be brought again.
 */
export async function undoAnswers(
  ledger: Ledger,
  { importId, reason, purposeIds, context }: AnswersOrder,
  record: RecordedEvent,
): Promise<Undone | undefined> {
  const { store } = ledger;
  const alumnusId = record.data['alumnusId'] as string;
  const streams = await Promise.all(purposeIds.map((id) => store.readStream(consentStream(alumnusId, id))));
  const brought = streams.flat().filter((one) => one.metadata['batchId'] === importId && isAnswerRecord(one));
  if (brought.some(({ position }) => position < record.position)) return undefined;
  const lifecycle = await store.readStream(lifecycleStream(alumnusId));
  if (lifecycle.some(({ type }) => type === 'ErasureStarted'))
    return { alumnusId, outcome: 'untouched', left: [{ code: 'erasure-started' }] };
  const consents = new OnConsentHandler(ledger);
  const left: Left[] = [];
  let voided = false;
  for (const [at, records] of streams.entries()) {
    const facts = (await ledger.vault.openFacts(records, {
      categories: [],
    })) as readonly Fact<ConsentEvent>[];
    const plan = answersUndo(facts, importId);
    voided ||= plan.done;
    left.push(...plan.left.map((code) => ({ code })));
    for (const id of plan.toVoid) {
      const inner = { ...context, commandId: createdId(importId, `undo ${id}`), batchId: importId };
      const command = { kind: 'VoidConsent', voided: id, reason } as const;
      const outcome = await consents.execute(new OnConsent(alumnusId, purposeIds[at]!, command, inner));
      if (outcome.kind === 'done') voided = true;
      else left.push({ code: outcome.code, ...channelOf(outcome.details) });
    }
  }
  return { alumnusId, outcome: voided ? 'reverted' : 'untouched', left };
}

function isAnswerRecord({ type }: RecordedEvent): boolean {
  return isAnswer({ type } as Pick<Fact<ConsentEvent>, 'type'>);
}

function channelOf({ channel }: Readonly<Record<string, unknown>>): { readonly field?: string } {
  return typeof channel === 'string' ? { field: channel } : {};
}
