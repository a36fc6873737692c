import type { EventType, Fact } from '@enishi/domain';
import { facts, type Given } from './scenario';

/** An event of a ledger of several streams. */
export type Recorded = readonly [stream: string, event: Given];

/** Facts of several streams in the order in which they were recorded: event n is `e<n>` unless it has an id. */
export function wholeLedger(recorded: readonly Recorded[]): readonly Fact[] {
  const revisions = new Map<string, number>();
  return recorded.map(([stream, event], index) => {
    const revision = revisions.get(stream) ?? 0;
    revisions.set(stream, revision + 1);
    const [fact] = facts<EventType>([event], stream, index);
    return { ...fact!, revision } as Fact;
  });
}
