import { linkedGroups, standingAfter, type DuplicateEvent, type Fact, type Link } from '@enishi/domain';
import type { ClientBase } from 'pg';
import { writeRows, type Row } from '../engine';
import { LINK, LINKED_RECORD } from './tables';

export const DUPLICATE_EVENTS = [
  'AlumniLinked',
  'AlumniUnlinked',
  'DuplicateDismissed',
] as const satisfies readonly DuplicateEvent[];

export function isDuplicateFact(fact: Fact): fact is Fact<DuplicateEvent> {
  return (DUPLICATE_EVENTS as readonly string[]).includes(fact.type);
}

/** Writes what pairs have come to, then the groups that their links make. */
export async function projectLinks(db: ClientBase, facts: readonly Fact<DuplicateEvent>[]): Promise<void> {
  if (facts.length === 0) return;
  const ids = [...new Set(facts.flatMap(({ data }) => [data.alumnusId, data.otherId]))];
  const { rows } = await db.query<{ one: string; other: string; position: string }>(
    'SELECT one, other, position FROM link WHERE one = ANY($1::text[]) AND other = ANY($1::text[])',
    [ids],
  );
  const known = new Map(rows.map(({ one, other, position }) => [`${one}.${other}`, BigInt(position)]));
  const changed = new Map<string, Row<typeof LINK>>();
  for (const fact of facts) {
    const { alumnusId: one, otherId: other } = fact.data;
    const key = `${one}.${other}`;
    if (fact.position <= (known.get(key) ?? -1n)) continue;
    const { standing, linkId } = standingAfter(fact);
    changed.set(key, { one, other, state: standing, link_id: linkId, position: fact.position });
  }
  await writeRows(db, 'link', LINK, ['one', 'other'], 'replace', [...changed.values()]);
  if (changed.size > 0) await regroup(db, ids);
}

/** The groups around these people anew: a function of the links that hold, whatever came before. */
async function regroup(db: ClientBase, ids: readonly string[]): Promise<void> {
  const { rows: members } = await db.query<{ id: string }>(
    `SELECT alumnus_id AS id FROM linked_record
      WHERE group_id IN (SELECT group_id FROM linked_record WHERE alumnus_id = ANY($1::text[]))`,
    [ids],
  );
  const around = [...new Set([...ids, ...members.map(({ id }) => id)])];
  const { rows: links } = await db.query<Link>(
    `SELECT one AS "alumnusId", other AS "otherId", link_id AS "linkId" FROM link
      WHERE link_id IS NOT NULL AND one = ANY($1::text[])`,
    [around],
  );
  await db.query('DELETE FROM linked_record WHERE alumnus_id = ANY($1::text[])', [around]);
  const rows = [...linkedGroups(links)].map(([alumnusId, { members: all, linkIds }]) => {
    return { alumnus_id: alumnusId, group_id: all[0], link_ids: linkIds };
  });
  await writeRows(db, 'linked_record', LINKED_RECORD, ['alumnus_id'], 'replace', rows);
}
