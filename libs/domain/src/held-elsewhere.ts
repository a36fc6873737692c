import { sameValue } from './equal';
import type { Day, Decider, Instant, NewEvent, Refusal } from './kernel';
import { documentRow, type DocumentCode } from './law/documents';
import type { AnchorFacts } from './law/retention';
import type { LifecycleEvent } from './lifecycle';
import { refuse } from './refusals';
import type { Category } from './terms';
import { textsFault } from './texts';
import { tokyoDay } from './time';

/** A document about the person is held in another system. Stated again with other days, it is corrected. */
export interface RecordHeldElsewhere {
  readonly kind: 'RecordHeldElsewhere';
  readonly alumnusId: string;
  readonly entryId: string;
  readonly systemId: string;
  readonly document: DocumentCode;
  /** The days that its period runs from, as far as they are known. */
  readonly anchors: AnchorFacts;
  /** Tells several documents of a kind in one system apart (a year, a number). */
  readonly label?: string;
  /** Who answers for it, where that is not who answers for the system. */
  readonly owner?: string;
}

/** It was disposed of, and this proves it. */
export interface ConfirmDisposal {
  readonly kind: 'ConfirmDisposal';
  readonly alumnusId: string;
  readonly entryId: string;
  readonly disposedOn: Day;
  /** Who confirmed it and by what: a certificate, its number. */
  readonly proof: string;
}

/** What one entry says, and whether it is closed. Days and texts are absent where their key is gone. */
export interface HeldEntry {
  readonly entryId: string;
  readonly systemId: string;
  readonly document: DocumentCode;
  readonly anchors?: AnchorFacts;
  readonly label?: string;
  readonly owner?: string;
  /** Event id of its last statement. */
  readonly statedId: string;
  /** Event id of the confirmation. */
  readonly disposedId?: string;
  readonly disposedOn?: Day;
}

interface State {
  readonly entries: readonly HeldEntry[];
  readonly erasing: readonly Category[];
}

/**
 * What is held elsewhere of a person, in the stream `lifecycle-<alumnusId>`. The days of a person's life stay sealed, under
 * the key by which the desk works: it is needed longer than what the programme needs.
 */
export const heldElsewhereDecider: Decider<RecordHeldElsewhere | ConfirmDisposal, State, LifecycleEvent> = {
  initial: { entries: [], erasing: [] },

  decide(command, { entries, erasing }, { decidedAt }) {
    const known = entries.find((one) => isSame(one, command));
    if (erasing.includes('request-record')) return refuse('erasure-started');
    if (command.kind === 'RecordHeldElsewhere') return record(command, known);
    return confirm(command, known, decidedAt);
  },

  evolve(state, fact) {
    switch (fact.type) {
      case 'HeldElsewhereRecorded': {
        const { alumnusId: _, ...said } = fact.data;
        const stated = { ...said, statedId: fact.id };
        const others = state.entries.filter(({ entryId }) => entryId !== said.entryId);
        return { ...state, entries: [...others, stated] };
      }
      case 'DisposalConfirmed': {
        const { entryId, disposedOn } = fact.data;
        const disposed = { disposedId: fact.id, ...(disposedOn !== undefined && { disposedOn }) };
        const entries = state.entries.map((one) => (one.entryId === entryId ? { ...one, ...disposed } : one));
        return { ...state, entries };
      }
      case 'ErasureStarted':
        return { ...state, erasing: [...new Set([...state.erasing, ...fact.data.categories])] };
      default:
        return state;
    }
  },
};

/** The same document in the same system; a closed entry stays closed, and the next one is another. */
function isSame(one: HeldEntry, command: RecordHeldElsewhere | ConfirmDisposal): boolean {
  if (command.kind === 'ConfirmDisposal') return one.entryId === command.entryId;
  const { systemId, document, label } = command;
  const names = [one.systemId, one.document, one.label];
  return one.disposedId === undefined && sameValue(names, [systemId, document, label]);
}

function record(
  command: RecordHeldElsewhere,
  known: HeldEntry | undefined,
): readonly NewEvent<LifecycleEvent>[] | Refusal {
  const { kind: _, ...said } = command;
  const { document, anchors, label, owner } = said;
  const row = documentRow(document);
  if (row.here) return refuse('document-held-here', { document });
  const allowed: readonly string[] = [row.anchor, row.orLater ?? row.anchor];
  const wrong = Object.keys(anchors).find((anchor) => !allowed.includes(anchor));
  if (wrong !== undefined) return refuse('anchor-not-of-document', { document, anchor: wrong });
  const fault = textsFault({ label, owner });
  if (fault !== undefined) return fault;
  if (known === undefined) return [{ type: 'HeldElsewhereRecorded', data: said }];
  if (sameValue([anchors, owner], [known.anchors, known.owner])) return [];
  return [{ type: 'HeldElsewhereRecorded', data: { ...said, entryId: known.entryId } }];
}

/** A disposal that was too early is a fact like another: refusing it would only hide it. */
function confirm(
  { alumnusId, entryId, disposedOn, proof }: ConfirmDisposal,
  known: HeldEntry | undefined,
  decidedAt: Instant,
): readonly NewEvent<LifecycleEvent>[] | Refusal {
  if (known === undefined) return refuse('held-entry-unknown');
  if (known.disposedId !== undefined) {
    return known.disposedOn === disposedOn ? [] : refuse('disposal-already-confirmed');
  }
  if (disposedOn > tokyoDay(decidedAt)) return refuse('disposal-in-future');
  if (proof.trim() === '') return refuse('disposal-proof-missing');
  const data = { alumnusId, entryId, disposedOn, proof };
  return textsFault({ proof }) ?? [{ type: 'DisposalConfirmed', data }];
}
