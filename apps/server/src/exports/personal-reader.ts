import { Inject, Injectable } from '@nestjs/common';
import { maskedEmail, maskedPhone, maskedText } from '@enishi/access';
import { alumnusStream, lifecycleStream } from '@enishi/application';
import {
  alumnusDecider,
  CATEGORY_OF,
  fold,
  type AlumnusEvent,
  type AlumnusState,
  type Category,
  type ExportLevel,
  type Fact,
  type PersonField,
} from '@enishi/domain';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import type { EvidenceShown, PersonShown } from './personal-table';

/** People or streams that are read at the same time: their reads share round trips, and others are not held up. */
const TOGETHER = 16;

const SHOWN: readonly PersonField[] = [
  'name',
  'kana',
  'employeeNumber',
  'email',
  'phone',
  'postalAddress',
  'lineId',
];

const MASKS: Readonly<Partial<Record<PersonField, (value: string) => string>>> = {
  email: maskedEmail,
  phone: maskedPhone,
  postalAddress: maskedText,
  lineId: maskedText,
};

/** An event with words that are evidence, and where it stands. */
export interface EvidenceEvent {
  readonly eventId: string;
  readonly stream: string;
  readonly alumnusId: string;
}

/** Opens, from the ledger itself, what an export shows of people. */
@Injectable()
export class PersonalReader {
  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  /** What is known of these people. Whose erasure has started is erased, whether or not a key still opens. */
  async people(alumnusIds: readonly string[], level: ExportLevel): Promise<ReadonlyMap<string, PersonShown>> {
    const streams = alumnusIds.flatMap((id) => [alumnusStream(id), lifecycleStream(id)]);
    const facts = await this.factsOf(streams, ['programme', 'contact']);
    return new Map(
      alumnusIds.map((id) => {
        const own = (facts.get(alumnusStream(id)) ?? []) as readonly Fact<AlumnusEvent>[];
        const closed = erasing(facts.get(lifecycleStream(id)) ?? []);
        return [id, shownOf(fold(alumnusDecider, own), closed, level)];
      }),
    );
  }

  /** What was written as evidence with these events, by event; nothing of whose erasure has started. */
  async evidence(events: readonly EvidenceEvent[]): Promise<ReadonlyMap<string, EvidenceShown>> {
    const streams = events.flatMap(({ stream, alumnusId }) => [stream, lifecycleStream(alumnusId)]);
    const facts = await this.factsOf([...new Set(streams)], ['consent-evidence']);
    const found = events.flatMap(({ eventId, stream, alumnusId }) => {
      if (erasing(facts.get(lifecycleStream(alumnusId)) ?? []).has('consent-evidence')) return [];
      const fact = facts.get(stream)?.find(({ id }) => id === eventId);
      return fact === undefined ? [] : [[eventId, evidenceOf(fact.data as EvidenceShown)] as const];
    });
    return new Map(found);
  }

  private async factsOf(
    streams: readonly string[],
    categories: readonly Category[],
  ): Promise<ReadonlyMap<string, readonly Fact[]>> {
    const { store, vault } = this.infrastructure;
    const records = [];
    for (let at = 0; at < streams.length; at += TOGETHER) {
      const some = streams.slice(at, at + TOGETHER);
      records.push(...(await Promise.all(some.map((stream) => store.readStream(stream)))).flat());
    }
    const facts = await vault.openFacts(records, { categories, once: true });
    const byStream = new Map<string, Fact[]>();
    for (const fact of facts) byStream.set(fact.stream, [...(byStream.get(fact.stream) ?? []), fact]);
    return byStream;
  }
}

/** Categories whose erasure has started and not completed. */
function erasing(facts: readonly Fact[]): ReadonlySet<Category> {
  const open = new Set<Category>();
  for (const { type, data } of facts) {
    if (type === 'ErasureStarted') data.categories.forEach((category) => open.add(category));
    if (type === 'ErasureCompleted') data.categories.forEach((category) => open.delete(category));
  }
  return open;
}

function shownOf(state: AlumnusState, closed: ReadonlySet<Category>, level: ExportLevel): PersonShown {
  const { registeredId, values, erased } = state;
  const known = SHOWN.filter((field) => values[field] !== undefined && !closed.has(CATEGORY_OF[field]));
  const shown = known.map((field) => {
    const mask = level === 'masked' ? MASKS[field] : undefined;
    return [field, mask ? mask(values[field] as string) : values[field]] as const;
  });
  const isErased = (erased.includes('programme') || closed.has('programme')) && !known.includes('name');
  const registered = registeredId === undefined ? 'unknown' : 'known';
  return { ...Object.fromEntries(shown), state: isErased ? 'erased' : registered };
}

function evidenceOf({ evidence, representative, reason }: EvidenceShown): EvidenceShown {
  return {
    ...(evidence !== undefined && { evidence }),
    ...(representative !== undefined && { representative }),
    ...(reason !== undefined && { reason }),
  };
}
