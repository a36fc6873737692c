import { longestKept, PLANNABLE, refuse, type Category, type KeptCategory } from '@enishi/domain';
import type { CommandContext } from '../context';
import { once, type Ledger } from '../handle';
import { createdId } from '../ids';
import { refused, type Outcome } from '../outcome';
import { drawUpErasure, type DrawnUp, type ErasureOrder, type RetentionOf } from './draw-up';
import { handleErasure, readErasure } from './plan-stream';

/** A plan that somebody asks for. */
export interface ProposedErasure extends ErasureOrder {
  readonly erasureId: string;
  readonly staffId: string;
  readonly reason: string;
  /** More people than this need a second person's approval. */
  readonly approvalAbove: number;
}

/** Whether those who stand so now are as many as those that were announced before a crash. */
async function sameCounts(ledger: Ledger, erasureId: string, counts: object): Promise<boolean> {
  const { proposal } = await readErasure(ledger, erasureId);
  return Object.entries(counts).every(([name, count]) => proposal?.data[name as 'people'] === count);
}

/**
 * Draws a plan up and records it: the proposal, then its people in chunks. What was broken off between two of them is
 * never approved; a repeat under the same id goes on, unless people stand otherwise by then.
 */
export function proposeErasure(
  ledger: Ledger,
  proposed: ProposedErasure,
  retentionOf: RetentionOf,
  context: CommandContext,
): Promise<Outcome> {
  return once(ledger, context, async (own) => {
    const { ifMatch: _, ...inner } = own;
    const { erasureId, staffId, reason, approvalAbove, ...order } = proposed;
    const drawn = await drawUpErasure(ledger, order, retentionOf);
    const { chunks, people, held, empty } = drawn;
    const counts = { people, chunks: chunks.length, held: held.length, empty: empty.length };
    const second = people > approvalAbove;
    const kept = keptOf(drawn, order);
    const proposal = {
      kind: 'ProposeErasure',
      ...{ erasureId, staffId, ground: order.ground, reason, second, ...counts },
      ...(kept !== undefined && { kept }),
    } as const;
    let outcome = await handleErasure(ledger, erasureId, proposal, inner);
    if (outcome.kind === 'done' && outcome.repeated && !(await sameCounts(ledger, erasureId, counts))) {
      return refused(refuse('erasure-standing', { erasure: 'drafting' }));
    }
    for (const [number, chunk] of chunks.entries()) {
      if (outcome.kind === 'refused') return outcome;
      const commandId = createdId(erasureId, `chunk ${number}`);
      const command = { kind: 'ProposeChunk', number, ...chunk } as const;
      outcome = await handleErasure(ledger, erasureId, command, { ...inner, commandId });
    }
    return outcome;
  });
}

/** Of what was asked for, what must stay longest. */
function keptOf({ waits }: DrawnUp, order: ErasureOrder): KeptCategory | undefined {
  const asked: readonly Category[] = order.categories ?? PLANNABLE;
  return longestKept(waits.filter(({ category }) => asked.includes(category)));
}
