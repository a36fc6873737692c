import { trailDetails, type Column } from '@enishi/bundle';
import type { NamedEvent } from './audit-reader';
import { titleOf } from './event-titles';
import type { Table } from './table-export';

/** What the ledger's own tables tell beside, each behind the column that it explains. */
const NAMES: Readonly<Record<string, Column<NamedEvent>>> = {
  '種別 type': ['名称 name', (e) => titleOf(e.type).ja],
  '記録者 actor': ['記録者名 actor name', (e) => e.actorName],
};

/** The audit trail as a table: what is clear of each event, and which of its fields are sealed. */
export const TRAIL_TABLE: Table<NamedEvent> = {
  columns: [
    ['位置 position', (e) => String(e.position)],
    ...trailDetails<NamedEvent>((e) => e.data).flatMap((column) => {
      const name = NAMES[column[0]];
      return name === undefined ? [column] : [column, name];
    }),
  ],
  json({ position, data, ...rest }) {
    return { ...rest, position: String(position), fields: data, summary: titleOf(rest.type) };
  },
};
