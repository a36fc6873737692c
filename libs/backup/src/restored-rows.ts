import { movedOutcome, positionOf } from '@enishi/application';
import { nameOf, type Shred } from '@enishi/vault';
import type { Manifest } from './manifest';
import { rowsOf, type RowChange } from './tables';

/** The places that kept answers name; the new ones are put in while the events are written. */
export async function answeredIn(
  folder: string,
  manifest: Manifest,
): Promise<Map<bigint, bigint | undefined>> {
  const positions = new Map<bigint, bigint | undefined>();
  const rows = rowsOf<{ outcome: string | null }>(folder, manifest.tables, 'app.idempotency_answers');
  for await (const { outcome } of rows) {
    const position = outcome === null ? undefined : positionOf(outcome);
    if (position !== undefined) positions.set(position, undefined);
  }
  return positions;
}

/** What becomes of rows that say something about what is no longer so. */
export function changesOf(
  shreds: readonly Shred[],
  moved: ReadonlyMap<bigint, bigint | undefined>,
): Readonly<Record<string, RowChange>> {
  const destroyed = new Map(shreds.map((shred) => [nameOf(shred), shred]));
  return {
    // A key destroyed since never touches the disk again.
    ...(destroyed.size > 0 && {
      'vault.keys': (row, line) => {
        const shred = destroyed.get(nameOf(row as unknown as Shred));
        return shred && row['state'] !== 'destroyed'
          ? JSON.stringify({ ...row, ...tombstoneOf(shred) })
          : line;
      },
    }),
    // What was registered behind the backup has no stream now; a reservation may have one or not.
    'vault.identities': (row, line) =>
      row['state'] === 'registered' ? JSON.stringify({ ...row, state: 'reserved' }) : line,
    // An answer to what is lost would tell a repeat that it was done.
    'app.idempotency_answers': (row) => {
      const { outcome } = row;
      if (typeof outcome !== 'string') return undefined;
      const position = positionOf(outcome);
      if (position === undefined) return JSON.stringify(row);
      const place = moved.get(position);
      return place === undefined
        ? undefined
        : JSON.stringify({ ...row, outcome: movedOutcome(outcome, place) });
    },
    // Staged files are in no backup.
    'app.imports': (row, line) =>
      row['state'] === 'done' ? line : JSON.stringify({ ...row, state: 'cancelled' }),
  };
}

const tombstoneOf = ({ number, at, by, why, event }: Shred): object => ({
  state: 'destroyed',
  wrapped: null,
  ...{ closing_number: number, closed_at: at, closed_by: by, closed_why: why },
  ...{ destroyed_at: at, destroyed_by: by, destroyed_why: why, plan_event_id: event },
});
