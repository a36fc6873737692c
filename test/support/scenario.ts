import {
  fold,
  Refusal,
  type Decider,
  type EventType,
  type Fact,
  type Instant,
  type NewEvent,
} from '@enishi/domain';

/** An event as a spec states it; what is left out follows from its place. */
export type Given<T extends EventType = EventType> = T extends EventType
  ? {
      readonly type: T;
      readonly data: Fact<T>['data'];
      readonly id?: string;
      /** When it was decided; a minute after the one before unless stated. */
      readonly decidedAt?: Instant;
      /** Unless stated, as decided. */
      readonly effectiveAt?: Instant;
      readonly batchId?: string;
      /** One of its own unless stated. */
      readonly commandId?: string;
      readonly erased?: readonly string[];
      readonly erasedFields?: readonly string[];
    }
  : never;

const START = Date.parse('2026-01-01T00:00:00.000Z');

/**
 * Facts of one stream in ledger order: ids `e1`, `e2`, …, positions from 1 (or after `after`), decided a minute
 * apart from 2026-01-01T00:00:00Z on.
 */
export function facts<T extends EventType>(
  given: readonly Given<T>[],
  stream = 'stream',
  after = 0,
): readonly Fact<T>[] {
  let clock = START + after * 60_000;
  return given.map((one, index) => {
    const number = after + index + 1;
    clock = one.decidedAt === undefined ? clock + 60_000 : Date.parse(one.decidedAt);
    const decidedAt = new Date(clock).toISOString();
    return {
      type: one.type,
      data: one.data,
      id: one.id ?? `e${number}`,
      stream,
      revision: index,
      position: BigInt(number),
      effectiveAt: one.effectiveAt ?? decidedAt,
      decidedAt,
      recordedAt: decidedAt,
      actor: 'staff:test',
      commandId: one.commandId ?? `c${number}`,
      ...(one.batchId !== undefined && { batchId: one.batchId }),
      erased: one.erased ?? [],
      ...(one.erasedFields && { erasedFields: one.erasedFields }),
    } as unknown as Fact<T>;
  });
}

/**
 * Given facts, when a command, then events or a refusal.
 *
 * @example
 * const { given } = scenario(consentDecider);
 * given(granted).when(withdraw, '2026-02-01T00:00:00.000Z').then([{ type: 'ConsentWithdrawn', data }]);
 * given().when(withdraw).then(refusal('consent-not-granted'));
 */
export function scenario<Command, State, T extends EventType>(decider: Decider<Command, State, T>) {
  return {
    given: (...given: readonly Given<T>[]) => ({
      when(command: Command, at?: Instant) {
        const past = facts(given);
        const last = past.at(-1)?.decidedAt ?? new Date(START).toISOString();
        const decidedAt = at ?? new Date(Date.parse(last) + 60_000).toISOString();
        const decision = decider.decide(command, fold(decider, past), { decidedAt });
        return {
          decision,
          then: (expected: readonly NewEvent<T>[] | Refusal) => expect(decision).toEqual(expected),
          /** Only the types of the events decided, or the code of the refusal. */
          thenTypes: (...expected: readonly string[]) =>
            expect(decision instanceof Refusal ? [decision.code] : decision.map(({ type }) => type)).toEqual(
              expected,
            ),
        };
      },
    }),
  };
}

/** A refusal to expect. */
export function refusal(code: string, details: Refusal['details'] = {}): Refusal {
  return new Refusal(code, details);
}
