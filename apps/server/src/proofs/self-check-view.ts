import { scopeKey } from '@enishi/projections/engine';
import type { ViewCheck } from '@enishi/worker';

/** What comparing a view came to, as clients see it: ids, never values. */
export function viewCheckView({ view, state, position, rows, found, differences, parked }: ViewCheck) {
  return {
    view,
    state,
    ...(position !== undefined && { position: position.toString() }),
    rows,
    found,
    differences: [...differences],
    parked: parked.map(({ scope, position: at, code, by }) => ({
      scope: scopeKey(scope),
      position: at.toString(),
      code,
      by,
    })),
  };
}
