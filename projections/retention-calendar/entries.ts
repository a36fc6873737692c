import { declarationOf, runsFrom, type Fact } from '@enishi/domain';
import type { ClientBase } from 'pg';
import { writeRows, type Row } from '../engine';
import { HELD_ELSEWHERE } from './tables';

export const ENTRY_EVENTS = ['HeldElsewhereRecorded', 'DisposalConfirmed'] as const;

/** Writes what is held elsewhere of people, and what was disposed of, in the order of the ledger. */
export async function projectEntries(db: ClientBase, facts: readonly Fact[]): Promise<void> {
  const rows = new Map<string, Row<typeof HELD_ELSEWHERE>>();
  const disposed: Fact<'DisposalConfirmed'>[] = [];
  for (const fact of facts) {
    if (fact.type === 'HeldElsewhereRecorded') rows.set(fact.data.entryId, rowOf(fact));
    if (fact.type === 'DisposalConfirmed') disposed.push(fact);
  }
  await writeRows(db, 'held_elsewhere', HELD_ELSEWHERE, ['alumnus_id', 'entry_id'], 'replace', [
    ...rows.values(),
  ]);
  if (disposed.length === 0) return;
  await db.query(
    `UPDATE held_elsewhere h SET disposed_id = u.id, disposed_on = u.day::date, position = u.position
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[]) AS u(alumnus_id, entry_id, id, day, position)
      WHERE h.alumnus_id = u.alumnus_id AND h.entry_id = u.entry_id`,
    [
      disposed.map(({ data }) => data.alumnusId),
      disposed.map(({ data }) => data.entryId),
      disposed.map(({ id }) => id),
      disposed.map(({ data }) => data.disposedOn ?? null),
      disposed.map(({ position }) => position.toString()),
    ],
  );
}

/** The fact as it would be had its sealed values never opened. */
export function withoutSealed(fact: Fact): Fact {
  const { fields } = declarationOf(fact.type);
  const clear = Object.entries(fact.data).filter(([field]) => fields[field]?.kind !== 'sealed');
  return { ...fact, data: Object.fromEntries(clear) } as unknown as Fact;
}

/** An entry is not stated again once it is closed, so nothing of its closing is lost here. */
function rowOf({ id, data, position }: Fact<'HeldElsewhereRecorded'>): Row<typeof HELD_ELSEWHERE> {
  const { alumnusId, entryId, systemId, document, anchors, label, owner } = data;
  return {
    ...{ alumnus_id: alumnusId, entry_id: entryId, position, system_id: systemId, document },
    first_on: anchors && runsFrom(document, anchors),
    anchors: anchors && JSON.stringify(anchors),
    ...{ label, owner, stated_id: id, disposed_id: undefined, disposed_on: undefined },
  };
}
