import type { RevealableField, Role } from './permissions';
import type { ValidGrant } from './principal';

/** A row that {@link GRANT_COLUMNS} select; all null where an outer join found no grant. */
export interface GrantRow {
  grant_id: string | null;
  role: Role;
  programmes: string[] | null;
  departments: string[] | null;
  purposes: string[] | null;
  fields: RevealableField[];
  valid_until: Date | null;
}

/** Columns of a grant aliased `g`. */
export const GRANT_COLUMNS =
  'g.id AS grant_id, g.role, g.programmes, g.departments, g.purposes, g.fields, g.valid_until';

/** What makes a grant aliased `g` valid now. */
export const GRANT_VALID =
  'g.revoked_at IS NULL AND (g.valid_until IS NULL OR g.valid_until > clock_timestamp())';

/** The grants in the rows of a query, in their order. */
export function grantsIn(rows: readonly GrantRow[]): readonly ValidGrant[] {
  return rows.flatMap((row) => {
    if (row.grant_id === null) return [];
    return [
      {
        id: row.grant_id,
        role: row.role,
        ...(row.programmes && { programmes: row.programmes }),
        ...(row.departments && { departments: row.departments }),
        ...(row.purposes && { purposes: row.purposes }),
        fields: row.fields,
        ...(row.valid_until && { validUntil: row.valid_until }),
      },
    ];
  });
}
