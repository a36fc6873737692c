import { erasureMarkDecider } from '@enishi/domain';
import type { CommandContext } from './context';
import { handle, type Ledger } from './handle';
import { createdId } from './ids';
import type { Outcome } from './outcome';
import { alumnusStream, lifecycleStream } from './streams';

/** Marks a person for the erasure desk. Repeating it changes nothing. */
export async function markErasure(
  ledger: Ledger,
  alumnusId: string,
  importId: string,
  context: CommandContext,
): Promise<void> {
  const command = { kind: 'MarkErasure', alumnusId, importId } as const;
  const inner = { ...context, commandId: createdId(context.commandId, 'mark') };
  await handle(ledger, erasureMarkDecider, lifecycleStream(alumnusId), command, inner, { opens: [] });
}

/**
 * Lifts the mark of somebody whom a command has registered anew: their data are needed again. To be called after
 * every command that may register, a repeated one too, so that a crash between both leaves no mark behind.
 */
export async function liftErasureMark(
  ledger: Ledger,
  alumnusId: string,
  outcome: Outcome,
  { requestTag: _, ifMatch: __, batchId: ___, ...context }: CommandContext,
): Promise<void> {
  // A second registration comes after the first one and what undid it.
  if (outcome.kind === 'refused' || outcome.eventIds.length === 0 || outcome.revision < 2) return;
  const from = outcome.revision - outcome.eventIds.length + 1;
  const written = await ledger.store.readStream(alumnusStream(alumnusId), { from });
  if (!written.some(({ type }) => type === 'AlumnusRegistered')) return;
  const command = { kind: 'LiftErasureMark', alumnusId } as const;
  const inner = { ...context, commandId: createdId(context.commandId, 'lift') };
  await handle(ledger, erasureMarkDecider, lifecycleStream(alumnusId), command, inner, { opens: [] });
}
