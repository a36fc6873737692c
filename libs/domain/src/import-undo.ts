import type { Decider, NewEvent, Refusal } from './kernel';
import { refuse } from './refusals';
import { textsFault } from './texts';

/** Notes that an import is being undone, by whom and why. */
export interface StartUndo {
  readonly kind: 'StartUndo';
  readonly importId: string;
  /** The opaque id of who orders it; the reason is sealed for them. */
  readonly staffId: string;
  readonly reason: string;
}

/** Notes what undoing came to. */
export interface CompleteUndo {
  readonly kind: 'CompleteUndo';
  readonly importId: string;
  readonly counts: UndoCounts;
}

/** What an import that is undone comes to, in people. */
export interface UndoCounts {
  /** About whom the import brought something. */
  readonly people: number;
  /** Whom nothing else knew. */
  readonly hidden: number;
  /** Whose data stand as before. */
  readonly reverted: number;
  /** Of whom something stays. */
  readonly left: number;
}

type Decision = readonly NewEvent<'ImportUndoStarted' | 'ImportUndone'>[] | Refusal;

/** Undoing, on a stream `import-<id>`: every pass is noted, a repeated one too. */
export const importUndoDecider: Decider<
  StartUndo | CompleteUndo,
  { readonly hasBegun: boolean },
  'LeaversImportStarted' | 'ConsentsImportStarted' | 'ImportUndoStarted' | 'ImportUndone'
> = {
  initial: { hasBegun: false },
  decide(command, { hasBegun }): Decision {
    if (!hasBegun) return refuse('import-brought-nothing');
    const { importId } = command;
    if (command.kind === 'CompleteUndo') {
      const { people, hidden, reverted, left } = command.counts;
      return [{ type: 'ImportUndone', data: { importId, people, hidden, reverted, left } }];
    }
    const { staffId, reason } = command;
    if (reason.trim() === '') return refuse('reason-required');
    return textsFault({ reason }) ?? [{ type: 'ImportUndoStarted', data: { importId, staffId, reason } }];
  },
  evolve: (state, { type }) =>
    type === 'LeaversImportStarted' || type === 'ConsentsImportStarted' ? { hasBegun: true } : state,
};
