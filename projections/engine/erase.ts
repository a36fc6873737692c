import type { Category } from '@enishi/domain';
import type { RecordedEvent } from '@enishi/event-store';
import type { ClientBase } from 'pg';
import type { Projection } from './definition';
import { alumnusOf } from './scope';

/** Whether an event erases. Such an event is never parked. */
export function isErasure(record: RecordedEvent): boolean {
  return record.type === 'ErasureStarted' || record.type === 'ErasureCompleted';
}

/**
 * Deletes or blanks what the projection's subject tables hold of the people erased, category by category.
 * Works on the stored events, so that it also reaches people whose events cannot be applied.
 */
export async function eraseSubjects(
  db: ClientBase,
  projection: Projection,
  erasures: readonly RecordedEvent[],
): Promise<void> {
  const people = new Map<Category, Map<string, bigint>>();
  for (const record of erasures) {
    const alumnus = alumnusOf(record);
    if (alumnus === undefined) continue;
    const categories = record.data['categories'];
    // An erasure that does not say what it erases erases everything: keeping would be the worse mistake.
    const named = Array.isArray(categories) ? (categories as readonly Category[]) : projection.opens;
    for (const category of named) {
      let positions = people.get(category);
      if (!positions) people.set(category, (positions = new Map()));
      positions.set(alumnus, record.position);
    }
  }
  for (const { table, column, position, erase } of projection.subjects) {
    for (const [category, positions] of people) {
      const how = erase[category];
      if (how === undefined) continue;
      const erased = 'FROM unnest($1::text[], $2::bigint[]) AS erased(id, at)';
      const sql =
        how === 'delete'
          ? `DELETE FROM ${table} t USING ${erased.slice(5)}`
          : `UPDATE ${table} t SET ${how.set} ${erased}`;
      const older = position === undefined ? '' : ` AND t.${position} < erased.at`;
      await db.query(`${sql} WHERE t.${column} = erased.id${older}`, [
        [...positions.keys()],
        [...positions.values()].map(String),
      ]);
    }
  }
}
