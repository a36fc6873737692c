import type { DataOf, EventType, OpenedDataOf } from './disclosure';
import type { ActorKind } from './terms';

/** An instant as text: RFC 3339, UTC, milliseconds, `Z` (`2026-11-21T06:04:05.000Z`). Sorts as time. */
export type Instant = string;

/** A calendar day in Asia/Tokyo (`2026-11-21`). */
export type Day = string;

/** What a decider decides: an event before it has an id, a revision or a recorded time. */
export type NewEvent<T extends EventType = EventType> = T extends EventType
  ? { readonly type: T; readonly data: DataOf<T>; readonly effectiveAt?: Instant }
  : never;

/** Who acted: always an opaque id with its kind, never a name. */
export type Actor = `${ActorKind}:${string}`;

/**
 * An event read back from the ledger: opened, upcast to the current shape. Sealed fields whose key was
 * destroyed are absent; their categories are listed in `erased`, single items in `erasedFields`.
 */
export type Fact<T extends EventType = EventType> = T extends EventType
  ? {
      readonly type: T;
      readonly data: OpenedDataOf<T>;
      readonly id: string;
      readonly stream: string;
      readonly revision: number;
      /** Place in the whole ledger; grows along it, is not dense on every engine. */
      readonly position: bigint;
      readonly effectiveAt: Instant;
      readonly decidedAt: Instant;
      readonly recordedAt: Instant;
      readonly actor: Actor;
      readonly commandId: string;
      readonly batchId?: string;
      readonly erased: readonly string[];
      /** Fields of which only this item was erased: absent too, while others of their category stay. */
      readonly erasedFields?: readonly string[];
    }
  : never;

/** A broken rule: a stable kebab-case code and details without personal values. */
export class Refusal {
  constructor(
    readonly code: string,
    readonly details: Readonly<Record<string, string | number | boolean>> = {},
  ) {}
}

/** What `decide` may know besides command and state. */
export interface Deciding {
  /** The instant every rule uses: max(clock, the stream's last `decidedAt` + 1 ms). */
  readonly decidedAt: Instant;
}

/**
 * One stream's rules. `decide` is pure: same command, state and instant, same answer. An empty list means
 * "nothing to do" (a repeat), a {@link Refusal} means a rule forbids it.
 */
export interface Decider<Command, State, T extends EventType> {
  readonly initial: State;
  decide(command: Command, state: State, context: Deciding): readonly NewEvent<T>[] | Refusal;
  evolve(state: State, fact: Fact<T>): State;
}

/** Folds facts into a state, in the order given. */
export function fold<State, T extends EventType>(
  decider: Pick<Decider<never, State, T>, 'initial' | 'evolve'>,
  facts: readonly Fact<T>[],
): State {
  return facts.reduce((state, fact) => decider.evolve(state, fact), decider.initial);
}
