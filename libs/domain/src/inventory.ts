import { sameValue } from './equal';
import type { DocumentCode } from './law/documents';
import type { Decider, Fact, NewEvent } from './kernel';
import { refuse } from './refusals';
import type { Category, SystemKind } from './terms';
import { textsFault } from './texts';

/** What the inventory says of a data store (GL 10: 個人データの取扱状況の把握). */
export interface SystemEntry {
  readonly systemKind: SystemKind;
  readonly name: string;
  readonly purpose: string;
  /** Items of data in words, as in the company's own list. */
  readonly items: string;
  /** Categories of alumni data that it holds. */
  readonly categories: readonly Category[];
  /** Documents of the retention schedule that it holds. */
  readonly documents: readonly DocumentCode[];
  readonly department: string;
  /** Who has access, by roles or departments. */
  readonly access: string;
  /** ISO 3166 code of where the data are. */
  readonly country: string;
  /** How data are disposed of. */
  readonly disposal: string;
  /** Name of the responsible person. */
  readonly responsible: string;
}

export interface AddSystem extends SystemEntry {
  readonly kind: 'AddSystem';
  readonly systemId: string;
  readonly code: string;
  /** Whose account gets what there is to do in it, or an id of its own. */
  readonly staffId: string;
}

/** States all of it anew. */
export interface ReviseSystem extends SystemEntry {
  readonly kind: 'ReviseSystem';
  /** Absent: as before. */
  readonly staffId?: string;
}

/** It holds no data any more. */
export interface RetireSystem {
  readonly kind: 'RetireSystem';
}

export type InventoryCommand = AddSystem | ReviseSystem | RetireSystem;
export type InventoryEvent = 'SystemAdded' | 'SystemRevised' | 'SystemRetired';

export interface SystemState {
  readonly systemId?: string;
  /** Its name on the command line and in files. */
  readonly code?: string;
  /** As it was stated last; without the responsible person where the key is gone. */
  readonly stated?: Omit<SystemEntry, 'responsible'> & {
    readonly responsible?: string;
    readonly staffId: string;
  };
  readonly retiredId?: string;
}

/** Rules of a stream `system-<id>`. */
export const inventoryDecider: Decider<InventoryCommand, SystemState, InventoryEvent> = {
  initial: {},

  decide(command, state) {
    if (command.kind === 'AddSystem') {
      if (state.systemId !== undefined) return [];
      const { kind: _, ...data } = command;
      return faultOf(data) ?? [{ type: 'SystemAdded', data }];
    }
    const { systemId, stated, retiredId } = state;
    if (systemId === undefined || stated === undefined) return refuse('system-unknown');
    if (command.kind === 'RetireSystem') {
      return retiredId === undefined ? [{ type: 'SystemRetired', data: { systemId } }] : [];
    }
    if (retiredId !== undefined) return refuse('system-retired');
    const { kind: _, staffId = stated.staffId, ...entry } = command;
    const said = { ...entry, staffId };
    if (sameValue(said, stated)) return [];
    const revised: NewEvent<'SystemRevised'> = { type: 'SystemRevised', data: { systemId, ...said } };
    return faultOf(said) ?? [revised];
  },

  evolve(state, fact) {
    if (fact.type === 'SystemRetired') return { ...state, retiredId: fact.id };
    if (fact.type === 'SystemAdded') {
      const { systemId, code, ...stated } = fact.data;
      return { ...state, systemId, code, stated };
    }
    const { systemId: _, ...stated } = fact.data;
    return { ...state, stated };
  },
};

/** What the inventory says of a system once further events have happened. */
export function systemAfter(before: SystemState, facts: readonly Fact<InventoryEvent>[]): SystemState {
  return facts.reduce(inventoryDecider.evolve, before);
}

/** A text that is missing or must stand in no record. */
function faultOf(entry: SystemEntry): ReturnType<typeof textsFault> {
  const { name, purpose, items, department, access, disposal, responsible } = entry;
  const texts = { title: name, purpose, items, department, access, disposal, responsible };
  const empty = Object.entries(texts).find(([, text]) => text.trim() === '');
  return empty === undefined ? textsFault(texts) : refuse('system-field-missing', { field: empty[0] });
}
