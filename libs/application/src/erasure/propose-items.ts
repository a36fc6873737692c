import { itemCategories, refuse, standingOf, type ItemField } from '@enishi/domain';
import type { CommandContext } from '../context';
import { once, type Ledger } from '../handle';
import { createdId } from '../ids';
import { refused, type Outcome } from '../outcome';
import { faultOfRequest } from '../requests/request-use';
import { lifeOf } from './draw-up';
import { statingEvents } from './items';
import { handleErasure } from './plan-stream';

/** A plan for single items of one person. */
export interface ProposedItems {
  readonly erasureId: string;
  readonly staffId: string;
  readonly alumnusId: string;
  readonly fields: readonly ItemField[];
  /** Only as these events state them; absent: as any event does. */
  readonly eventIds?: readonly string[];
  /** The request that it answers. */
  readonly requestId?: string;
  readonly reason: string;
  /** More people than this need a second person's approval. */
  readonly approvalAbove: number;
}

/** Records a plan that erases items. A repeat under the same id goes on where it was broken off. */
export function proposeItems(
  ledger: Ledger,
  { alumnusId, eventIds, approvalAbove, ...proposed }: ProposedItems,
  context: CommandContext,
): Promise<Outcome> {
  return once(ledger, context, async (own) => {
    const { ifMatch: _, ...inner } = own;
    const { erasureId, fields, requestId } = proposed;
    const [life, stating] = await Promise.all([
      lifeOf(ledger, alumnusId),
      statingEvents(ledger, alumnusId, fields),
    ]);
    if (eventIds?.some((eventId) => !stating.includes(eventId)) === true)
      return refused(refuse('erasure-item-unknown'));
    const fault = await faultOfRequest(ledger, requestId, [alumnusId], 'carry-out');
    if (fault !== undefined) return refused(fault);
    const empty = stating.length === 0 ? 1 : 0;
    const held = empty === 0 && standingOf(life).length > 0 ? 1 : 0;
    const people = 1 - empty - held;
    const counts = { people, chunks: people, held, empty, second: people > approvalAbove };
    const proposal = { kind: 'ProposeErasure', ground: 'ordered', ...proposed, ...counts } as const;
    const outcome = await handleErasure(ledger, erasureId, proposal, inner);
    if (outcome.kind === 'refused') return outcome;
    const categories = itemCategories(fields);
    const chunk = { number: 0, categories, alumnusIds: [alumnusId], ...(eventIds && { eventIds }) };
    const commandId = createdId(erasureId, 'chunk 0');
    return handleErasure(ledger, erasureId, { kind: 'ProposeChunk', ...chunk }, { ...inner, commandId });
  });
}
