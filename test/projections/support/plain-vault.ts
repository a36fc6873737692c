import {
  declarationOf,
  type Actor,
  type Category,
  type EventType,
  type Fact,
  type JsonObject,
} from '@enishi/domain';
import type { RecordedEvent } from '@enishi/event-store';
import type { Opener } from '@enishi/projections/engine';

/** A sealed group as the vault stores it, except that its values stand beside the commitments unencrypted. */
interface PlainGroup {
  readonly category: Category;
  readonly subject: string;
  readonly generation: number;
  readonly values: JsonObject;
}

/** Stored data of a new event: clear fields as they are, sealed ones in a group per category. */
export function plainSealed(
  type: EventType,
  data: JsonObject,
  generation: (category: Category) => number,
): JsonObject {
  const { fields, subject } = declarationOf(type);
  const clear: Record<string, JsonObject[string]> = {};
  const groups = new Map<Category, Record<string, JsonObject[string]>>();
  for (const [name, value] of Object.entries(data)) {
    const field = fields[name];
    if (value === undefined) continue;
    if (field?.kind !== 'sealed') clear[name] = value;
    else
      for (const category of field.categories)
        groups.set(category, { ...groups.get(category), [name]: value });
  }
  if (groups.size === 0 || !subject) return clear;
  const owner = `${subject.kind}:${String(data[subject.field])}`;
  const sealed = [...groups].map(([category, values]) => ({
    category,
    subject: owner,
    generation: generation(category),
    values,
  }));
  return { ...clear, sealed };
}

/**
 * A vault for tests of projections only: opens what {@link plainSealed} made, knows destroyed keys, and can
 * be told to fail at an event.
 */
export class PlainVault implements Opener {
  /** `subject category generation` of destroyed keys. */
  readonly destroyed = new Set<string>();
  /** Event ids that do not open. */
  readonly broken = new Set<string>();
  opened = 0;

  async openFacts(
    records: readonly RecordedEvent[],
    options: { readonly categories?: readonly Category[] } = {},
  ): Promise<readonly Fact[]> {
    return records.map((record) => this.open(record, options.categories));
  }

  private open(record: RecordedEvent, categories: readonly Category[] | undefined): Fact {
    if (this.broken.has(record.id)) throw Object.assign(new Error('does not open'), { code: 'seal-broken' });
    const { sealed, ...clear } = record.data;
    const data: Record<string, unknown> = { ...clear };
    const erased: string[] = [];
    for (const group of (sealed ?? []) as unknown as readonly PlainGroup[]) {
      if (categories && !categories.includes(group.category)) continue;
      if (this.destroyed.has(`${group.subject} ${group.category} ${group.generation}`))
        erased.push(group.category);
      else {
        this.opened++;
        Object.assign(data, group.values);
      }
    }
    const { commandId, actor, decidedAt, effectiveAt, batchId } = record.metadata as Record<string, string>;
    return {
      type: record.type,
      data,
      id: record.id,
      stream: record.stream,
      revision: record.revision,
      position: record.position,
      effectiveAt,
      decidedAt,
      recordedAt: record.recordedAt,
      actor: actor as Actor,
      commandId,
      ...(batchId === undefined ? {} : { batchId }),
      erased,
    } as unknown as Fact;
  }
}
