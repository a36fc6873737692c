import { movedOutcome, positionOf } from '@enishi/application/ledger';
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

/**
 * What becomes of rows that say something about what is no longer so.
 * @param leaves how many events are restored
 */
export function changesOf(
  shreds: readonly Shred[],
  moved: ReadonlyMap<bigint, bigint | undefined>,
  leaves: number,
): Readonly<Record<string, RowChange>> {
  // The tables were read after the ledger: they may know of leaves that are lost.
  const keepsTree: RowChange = ({ size }, line) => (Number(size) <= leaves ? line : undefined);
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
    'app.tree_nodes': ({ level, number }, line) =>
      (Number(number) + 1) * 256 ** Number(level) <= leaves ? line : undefined,
    'app.tree_heads': keepsTree,
    'app.checkpoints': keepsTree,
    'app.published_checkpoints': keepsTree,
    'app.cosignatures': keepsTree,
    'app.checkpoint_timestamps': keepsTree,
    // Who has seen more than is restored is asked anew how far it is.
    'app.checkpoint_receivers': keepsTree,
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
