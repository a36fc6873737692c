import { createdId, eventId, metadataOf, RECOVERY_STREAM, systemContext } from '@enishi/application/ledger';
import { recoveryDecider, type NewEvent, type NoteRestored } from '@enishi/domain';
import { openEventStore, type EventStore } from '@enishi/event-store';
import {
  applyBlocks,
  applyShreds,
  lastShred,
  openProcesses,
  readBlocks,
  readShreds,
  type Shred,
} from '@enishi/vault';
import { Client } from 'pg';
import { BackupError } from './errors';
import { hex, treeOf } from './ledger-part';
import { lastKey, readMarks, stands, writeMarks, type LastLeaf } from './marks';
import type { LedgerPlaces } from './places';

/** Events stood behind what is put back, and that was not accepted. */
export function eventsLost(lost: number): BackupError {
  return new BackupError(
    'events-lost',
    `The ledger had ${lost} more events than this backup.`,
    'Use a newer backup; where there is none, repeat with --accept-loss: the loss is noted in the ledger.',
  );
}

/** @throws BackupError `still-running` */
export async function checkStopped(db: Client): Promise<void> {
  if ((await openProcesses(db)) === 0) return;
  throw new BackupError('still-running', 'A server or worker has this database open.', 'Stop all of them.');
}

/** What is there after a restore. */
interface Ending {
  readonly shreds: readonly Shred[];
  /** The last leaf that was brought back. */
  readonly leaf: LastLeaf;
  readonly note?: Omit<NoteRestored, 'kind'>;
}

/** Notes the restore in the ledger, sets the marks to what is there now, and lets it be served. */
export async function finish(
  db: Client,
  store: EventStore,
  { shredsDirectory }: LedgerPlaces,
  ledgerId: string,
  { shreds, leaf, note }: Ending,
): Promise<void> {
  if (note) await noteRestored(store, ledgerId, note);
  const marks = { ledger: ledgerId, leaf, keys: await lastKey(db), shreds: lastShred(shreds) };
  await writeMarks({ directory: shredsDirectory, ledgerId }, marks);
  await db.query(
    'UPDATE vault.ledger SET restoring = NULL, outside_since = coalesce(outside_since, clock_timestamp())',
  );
}

/** Straight into the store, since nothing may open the vault before the end. All its fields are clear. */
async function noteRestored(
  store: EventStore,
  ledgerId: string,
  note: Omit<NoteRestored, 'kind'>,
): Promise<void> {
  const decidedAt = new Date().toISOString();
  const [event] = recoveryDecider.decide({ kind: 'NoteRestored', ...note }, undefined, {
    decidedAt,
  }) as readonly NewEvent[];
  const commandId = createdId(ledgerId, `restored/${note.backup ?? ''}/${note.leaves}`);
  const before = await store.readStream(RECOVERY_STREAM);
  const id = eventId(commandId, RECOVERY_STREAM, before.length);
  const { type, data } = event!;
  const noted = before.some((one) => one.metadata['commandId'] === commandId);
  if (noted) return;
  const metadata = metadataOf(event!, decidedAt, systemContext('restore', commandId));
  await store.append({
    stream: RECOVERY_STREAM,
    expected: before.at(-1)?.revision ?? 'no-stream',
    events: [{ id, type, data: data as never, metadata }],
  });
}

/**
 * For databases put back by other means (a snapshot, an archive): destroys and blocks again what the lists name, and
 * sets the marks to what is there. Nothing else is changed.
 * @throws BackupError `events-lost` unless `acceptLoss`
 */
export async function applyOutside(options: {
  readonly places: LedgerPlaces & { readonly ownerUrl: string };
  readonly acceptLoss: boolean;
}): Promise<{ readonly destroyedAgain: number; readonly lost: number }> {
  const { places, acceptLoss } = options;
  const db = new Client({ connectionString: places.ownerUrl, keepAlive: true });
  db.on('error', () => undefined);
  await db.connect();
  try {
    await checkStopped(db);
    const { rows } = await db.query<{ ledger_id: string }>('SELECT ledger_id FROM vault.ledger');
    const ledgerId = rows[0]?.ledger_id;
    if (ledgerId === undefined) {
      throw new BackupError(
        'ledger-empty',
        'There is no ledger here.',
        'Name the home or the databases of one.',
      );
    }
    const place = { directory: places.shredsDirectory, ledgerId };
    const marks = await readMarks(place);
    const shreds = await readShreds(places.shredsDirectory, ledgerId);
    const store = await openEventStore({ ...places.eventStore, restoring: true });
    try {
      const leaf = await lastLeafOf(store, ledgerId);
      const isShorter = marks?.leaf !== undefined && !(await stands(store, ledgerId, marks.leaf));
      const lost = isShorter ? Math.max(1, marks.leaf!.leaves - leaf.leaves) : 0;
      if (lost > 0 && !acceptLoss) throw eventsLost(lost);
      await db.query('BEGIN');
      const destroyedAgain = await applyShreds(db, shreds);
      await applyBlocks(db, await readBlocks(places.shredsDirectory, ledgerId));
      await db.query('COMMIT');
      const note = { note: { leaves: leaf.leaves, lost } };
      await finish(db, store, places, ledgerId, { shreds, leaf, ...note });
      return { destroyedAgain, lost };
    } finally {
      await store.close();
    }
  } finally {
    await db.end().catch(() => undefined);
  }
}

async function lastLeafOf(store: EventStore, ledgerId: string): Promise<LastLeaf> {
  const tree = treeOf(ledgerId);
  let last: LastLeaf | undefined;
  for (let after: bigint | undefined; ;) {
    const page = await store.readAll({ limit: 1000, ...(after !== undefined && { after }) });
    const record = page.at(-1);
    const leaf = page.map((one) => tree.add(one)).at(-1);
    if (!record || !leaf) break;
    after = record.position;
    const { stream, revision } = record;
    const { recordedAt } = leaf;
    last = { leaves: Number(tree.size), hash: hex(leaf.hash), stream, revision, recordedAt };
  }
  if (last) return last;
  throw new BackupError('ledger-empty', 'The event store is empty.', 'Put it back, or restore a backup.');
}
