import { systemAfter, type Fact, type InventoryEvent, type SystemState } from '@enishi/domain';
import type { ClientBase } from 'pg';
import { writeRows } from '../engine';
import { SYSTEM } from './tables';

export const SYSTEM_EVENTS = ['SystemAdded', 'SystemRevised', 'SystemRetired'] as const;

/** Writes the inventory as it stands. */
export async function projectSystems(db: ClientBase, facts: readonly Fact[]): Promise<void> {
  const ofSystems = facts.filter((fact): fact is Fact<InventoryEvent> =>
    (SYSTEM_EVENTS as readonly string[]).includes(fact.type),
  );
  for (const systemId of new Set(ofSystems.map(({ data }) => data.systemId))) {
    const happened = ofSystems.filter(({ data }) => data.systemId === systemId);
    await projectSystem(db, systemId, happened);
  }
}

async function projectSystem(
  db: ClientBase,
  systemId: string,
  happened: readonly Fact<InventoryEvent>[],
): Promise<void> {
  const { rows } = await db.query<{
    position: string;
    code: string;
    said: string;
    responsible: string | null;
    retired_id: string | null;
  }>('SELECT position, code, said, responsible, retired_id FROM system WHERE system_id = $1', [systemId]);
  const [row] = rows;
  const last = BigInt(row?.position ?? -1);
  const fresh = happened.filter(({ position }) => position > last);
  if (fresh.length === 0) return;
  const before: SystemState = row
    ? {
        ...{ systemId, code: row.code },
        stated: {
          ...(JSON.parse(row.said) as NonNullable<SystemState['stated']>),
          ...(row.responsible !== null && { responsible: row.responsible }),
        },
        ...(row.retired_id !== null && { retiredId: row.retired_id }),
      }
    : {};
  const state = systemAfter(before, fresh);
  const { responsible, ...said } = state.stated ?? {};
  await writeRows(db, 'system', SYSTEM, ['system_id'], 'replace', [
    {
      system_id: systemId,
      position: fresh.at(-1)!.position,
      code: state.code,
      said: JSON.stringify(said),
      responsible,
      retired_id: state.retiredId,
    },
  ]);
}
