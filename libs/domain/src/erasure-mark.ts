import type { Decider, NewEvent } from './kernel';
import type { LifecycleEvent } from './lifecycle';
import type { Category } from './terms';

/** Tells the erasure desk that nothing needs these data any more: the import that brought them was undone. */
export interface MarkErasure {
  readonly kind: 'MarkErasure';
  readonly alumnusId: string;
  readonly importId: string;
}

/** The person was registered again: their data are needed again. */
export interface LiftErasureMark {
  readonly kind: 'LiftErasureMark';
  readonly alumnusId: string;
}

/** What an import of leavers brings; other categories come from people. */
const BROUGHT: readonly Category[] = ['programme', 'contact', 'leaving-detail'];

/** The marks of a stream `lifecycle-<alumnusId>`. A mark erases nothing; the desk plans, and its rules decide. */
export const erasureMarkDecider: Decider<
  MarkErasure | LiftErasureMark,
  { readonly marked?: string; readonly erasing: boolean },
  LifecycleEvent
> = {
  initial: { erasing: false },

  decide(command, { marked, erasing }): readonly NewEvent<LifecycleEvent>[] {
    const { alumnusId } = command;
    if (command.kind === 'LiftErasureMark') {
      if (marked === undefined) return [];
      return [
        { type: 'ErasureMarkLifted', data: { alumnusId, importId: marked, ground: 'registered-again' } },
      ];
    }
    if (marked !== undefined || erasing) return [];
    const { importId } = command;
    const data = { alumnusId, importId, ground: 'import-undone', categories: BROUGHT } as const;
    return [{ type: 'ErasureMarked', data }];
  },

  evolve(state, fact) {
    if (fact.type === 'ErasureMarked') return { ...state, marked: fact.data.importId };
    if (fact.type === 'ErasureMarkLifted') return { erasing: state.erasing };
    return fact.type === 'ErasureStarted' ? { ...state, erasing: true } : state;
  },
};
