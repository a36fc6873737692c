import { CONSENT_DETAILS } from '@enishi/bundle';
import type { ConsentEntry } from '@enishi/projections/consent-history/query';
import type { Table } from './table-export';

/** The history of consents as a table. */
export const CONSENT_TABLE: Table<ConsentEntry> = {
  columns: [['位置 position', (e) => String(e.position)], ...CONSENT_DETAILS],
  json: entryView,
};

/** An entry with its position as text, for JSON. */
export function entryView(entry: ConsentEntry): Record<string, unknown> {
  return { ...entry, position: String(entry.position) };
}
