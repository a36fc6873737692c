import { erasureLifeDecider, type Category, type CompleteErasure, type StartErasure } from '@enishi/domain';
import type { CommandContext } from '../context';
import { handle, type Ledger } from '../handle';
import { createdId, eventId } from '../ids';
import type { Outcome } from '../outcome';
import { lifecycleStream } from '../streams';

/** Begins the erasure of one person under a plan. Repeating it answers as the first time. */
export function startErasure(ledger: Ledger, command: Omit<StartErasure, 'kind'>): Promise<Outcome> {
  return onLife(ledger, { kind: 'StartErasure', ...command }, 'start');
}

/** Ends it. Repeating it changes nothing. */
export function completeErasure(ledger: Ledger, command: Omit<CompleteErasure, 'kind'>): Promise<Outcome> {
  return onLife(ledger, { kind: 'CompleteErasure', ...command }, 'complete');
}

/** The event by which a plan begins a person's erasure, and which decides the end of their keys: known before it is written. */
export function erasureStartId(erasureId: string, alumnusId: string): string {
  return eventId(commandIdOf(erasureId, alumnusId, 'start'), lifecycleStream(alumnusId), 0);
}

/** The event by which it ends. */
export function erasureEndId(erasureId: string, alumnusId: string): string {
  return eventId(commandIdOf(erasureId, alumnusId, 'complete'), lifecycleStream(alumnusId), 0);
}

/** Of a person who is erased whole nothing shows any more who they were. */
export function endsIdentity(categories: readonly Category[]): boolean {
  return categories.includes('programme');
}

type Step = 'start' | 'complete';

function onLife(ledger: Ledger, command: StartErasure | CompleteErasure, step: Step): Promise<Outcome> {
  const { erasureId, alumnusId } = command;
  const context = erasureContext(erasureId, alumnusId, step);
  return handle(ledger, erasureLifeDecider, lifecycleStream(alumnusId), command, context, { opens: [] });
}

/** The command by which a plan takes a step with one person: repeated, it is the same. */
export function erasureContext(erasureId: string, alumnusId: string, step: Step): CommandContext {
  const commandId = commandIdOf(erasureId, alumnusId, step);
  return { commandId, actor: 'system:erasure', correlationId: erasureId };
}

function commandIdOf(erasureId: string, alumnusId: string, step: Step): string {
  return createdId(erasureId, `${step} ${alumnusId}`);
}
