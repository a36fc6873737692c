import type { EventType } from './disclosure';
import type { Decider, Fact, Instant, NewEvent, Refusal } from './kernel';
import { itemsIn } from './provision';
import type { ProvidedItem, TellingGround, TellingMeans } from './recipient-terms';
import { refuse } from './refusals';
import { CATEGORIES, type Category } from './terms';
import { textsFault } from './texts';

/** Keeps that a recipient was given data of the person. */
export interface NoteRecipient {
  readonly kind: 'NoteRecipient';
  readonly alumnusId: string;
  readonly recipientId: string;
  readonly provisionId: string;
  readonly items: readonly ProvidedItem[];
  readonly purposeId?: string;
  readonly consentId?: string;
  /** The consent had ended before the provision was in the ledger: the event by which it did. */
  readonly endedById?: string;
}

/** Something happened to the data: whoever has what it is about must be told. */
export interface OweNotice {
  readonly kind: 'OweNotice';
  readonly alumnusId: string;
  /** Event id of what happened. */
  readonly causeId: string;
  readonly ground: TellingGround;
  /** Of a correction. */
  readonly items?: readonly ProvidedItem[];
  /** Of an erasure. */
  readonly categories?: readonly Category[];
  /** Of a withdrawal: data given for this purpose. */
  readonly purposeId?: string;
  /** Of a consent that was void: data given by it. */
  readonly consentId?: string;
}

/** Records that a recipient was told of everything that was due by then. */
export interface TellRecipient {
  readonly kind: 'TellRecipient';
  readonly alumnusId: string;
  readonly recipientId: string;
  readonly staffId: string;
  readonly means: TellingMeans;
  /** What shows it: number of a letter, an answer. */
  readonly proof: string;
  /** When; as recorded unless stated. What fell due later stays due. */
  readonly effectiveAt?: Instant;
}

export type TellingCommand = NoteRecipient | OweNotice | TellRecipient;

export type TellingEvent = Extract<EventType, 'RecipientNoted' | 'RecipientNoticeFellDue' | 'RecipientTold'>;

/** Who has data of one person, and who must still be told of what. */
export interface TellingState {
  readonly noted: readonly Fact<'RecipientNoted'>['data'][];
  readonly due: readonly Fact<'RecipientNoticeFellDue'>[];
  /** What each was told of, as `recipient cause`. */
  readonly told: ReadonlySet<string>;
}

/**
 * Rules of a stream `recipients-<alumnusId>`: who was given a value is told when it is corrected, withdrawn from or erased
 * (22, 34, 35; GL 3-8-5). All of one person stands in one stream, so that a provision and a correction come after each
 * other as they did in the ledger.
 */
export const tellingDecider: Decider<TellingCommand, TellingState, TellingEvent> = {
  initial: { noted: [], due: [], told: new Set() },

  decide(command, state, { decidedAt }): readonly NewEvent<TellingEvent>[] | Refusal {
    switch (command.kind) {
      case 'NoteRecipient': {
        const { kind: _, endedById, ...data } = command;
        const known = state.noted.some(({ provisionId }) => provisionId === data.provisionId);
        if (known) return [];
        const ended =
          endedById === undefined ? [] : owe(withdrawalOf(command, endedById), noting(state, data));
        return [{ type: 'RecipientNoted', data }, ...ended];
      }
      case 'OweNotice':
        return owe(command, state);
      case 'TellRecipient':
        return tell(command, state, decidedAt);
    }
  },

  evolve(state, fact) {
    switch (fact.type) {
      case 'RecipientNoted':
        return noting(state, fact.data);
      case 'RecipientNoticeFellDue':
        return { ...state, due: [...state.due, fact] };
      case 'RecipientTold': {
        const { recipientId, causeIds } = fact.data;
        return { ...state, told: new Set([...state.told, ...causeIds.map((id) => keyOf(recipientId, id))]) };
      }
    }
  },
};

/** Who must still be told, in the order in which it fell due. */
export function stillDue({ due, told }: TellingState): TellingState['due'] {
  return due.filter(({ data }) => !told.has(keyOf(data.recipientId, data.causeId)));
}

function noting(state: TellingState, data: Fact<'RecipientNoted'>['data']): TellingState {
  return { ...state, noted: [...state.noted, data] };
}

function withdrawalOf({ alumnusId, consentId, purposeId }: NoteRecipient, causeId: string): OweNotice {
  const about = {
    ...(purposeId !== undefined && { purposeId }),
    ...(consentId !== undefined && { consentId }),
  };
  return { kind: 'OweNotice', alumnusId, causeId, ground: 'withdrawal', ...about };
}

function owe(command: OweNotice, { noted, due }: TellingState): readonly NewEvent<TellingEvent>[] {
  const { alumnusId, causeId, ground } = command;
  const recipients = [...new Set(noted.map(({ recipientId }) => recipientId))];
  return recipients.flatMap((recipientId) => {
    if (due.some(({ data }) => data.recipientId === recipientId && data.causeId === causeId)) return [];
    const given = noted.filter((one) => one.recipientId === recipientId);
    const items = [...new Set(given.flatMap((one) => affected(command, one)))];
    if (items.length === 0) return [];
    const data = { alumnusId, recipientId, causeId, ground, items };
    return [{ type: 'RecipientNoticeFellDue', data }];
  });
}

/** What of the data that was given it is about. */
function affected(
  { items, categories, purposeId, consentId }: OweNotice,
  given: Fact<'RecipientNoted'>['data'],
): readonly ProvidedItem[] {
  if (purposeId !== undefined && given.purposeId !== purposeId) return [];
  if (consentId !== undefined && given.consentId !== consentId) return [];
  const touched = itemsIn(given.items, categories ?? CATEGORIES);
  return items === undefined ? touched : touched.filter((item) => items.includes(item));
}

function tell(
  { kind: _, effectiveAt, ...told }: TellRecipient,
  state: TellingState,
  decidedAt: Instant,
): readonly NewEvent<TellingEvent>[] | Refusal {
  if (told.proof.trim() === '') return refuse('telling-proof-missing');
  if (effectiveAt !== undefined && effectiveAt > decidedAt) return refuse('effective-in-future');
  const by = effectiveAt ?? decidedAt;
  const due = stillDue(state).filter(
    (one) => one.data.recipientId === told.recipientId && one.effectiveAt <= by,
  );
  if (due.length === 0) return [];
  const data = { ...told, causeIds: due.map((one) => one.data.causeId) };
  const event = { type: 'RecipientTold', data, ...(effectiveAt !== undefined && { effectiveAt }) } as const;
  return textsFault({ proof: told.proof }) ?? [event];
}

function keyOf(recipientId: string, causeId: string): string {
  return `${recipientId} ${causeId}`;
}
