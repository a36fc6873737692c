import {
  sealedCategories,
  type Category,
  type Fact,
  type HoldingEvent,
  type PersonEvent,
} from '@enishi/domain';
import type { Entry } from '../engine';

/** Clear members of events on which grounds depend. */
const KEPT = [
  'purposeId',
  'channels',
  'purposeVersion',
  'expiresAt',
  'evidenceIncomplete',
  'approved',
  'voided',
  'holdId',
  'stopsContact',
  'reviewAt',
  'entryId',
  'categories',
] as const;

/** As much of an event as a person's grounds depend on; nothing of it was sealed. */
interface KeptEvent extends Pick<
  Fact,
  'type' | 'id' | 'revision' | 'effectiveAt' | 'decidedAt' | 'recordedAt'
> {
  readonly position: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly held: readonly Category[];
}

/** An event about a person, ready for the pure rules. */
export function holdingEvent({ fact, record }: Entry): HoldingEvent {
  return { fact: fact as Fact<PersonEvent>, categories: sealedCategories(record.data) };
}

/** The events of a person as a column holds them. */
export function keepEvents(events: readonly HoldingEvent[]): string {
  const kept = events.map(({ fact, categories }): KeptEvent => {
    const { type, id, revision, effectiveAt, decidedAt, recordedAt } = fact;
    const data = fact.data as Readonly<Record<string, unknown>>;
    const members = KEPT.flatMap((name) => (data[name] === undefined ? [] : [[name, data[name]] as const]));
    return {
      ...{ type, id, revision, effectiveAt, decidedAt, recordedAt },
      position: fact.position.toString(),
      data: Object.fromEntries(members),
      held: categories,
    };
  });
  return JSON.stringify(kept);
}

/** The events that {@link keepEvents} wrote. */
export function keptEvents(text: string): readonly HoldingEvent[] {
  return (JSON.parse(text) as readonly KeptEvent[]).map(({ held, ...fact }) => ({
    fact: { ...fact, position: BigInt(fact.position) } as unknown as Fact<PersonEvent>,
    categories: held,
  }));
}
