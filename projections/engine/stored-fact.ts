import type { EventType, Fact } from '@enishi/domain';

/**
 * A fact as JSON text, for tables that keep facts to put to the pure functions. Only for facts without opened
 * values, or in a table that the projection names among its subjects.
 */
export function storeFact(fact: Fact): string {
  return JSON.stringify({ ...fact, position: fact.position.toString() });
}

/** The fact that {@link storeFact} wrote. */
export function readFact<T extends EventType>(text: string): Fact<T> {
  const stored = JSON.parse(text) as Omit<Fact, 'position'> & { readonly position: string };
  return { ...stored, position: BigInt(stored.position) } as Fact<T>;
}
