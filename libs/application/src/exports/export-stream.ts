import {
  exportDecider,
  fold,
  type Category,
  type ExportCommand,
  type ExportEvent,
  type ExportState,
  type Fact,
} from '@enishi/domain';
import type { EventStore, RecordedEvent } from '@enishi/event-store';
import type { CommandContext } from '../context';
import { handle, type Ledger } from '../handle';
import type { Outcome } from '../outcome';
import { exportStream } from '../streams';

/** More than the steps that stand before the chunks of an export, and than those that stand after them. */
const STEPS = 4;

/**
 * Carries out a command on one export. The rules look at nothing sealed, and at the last chunk at most: an export of a large
 * ledger has thousands.
 */
export function handleExport(
  ledger: Ledger,
  exportId: string,
  command: ExportCommand,
  context: CommandContext,
): Promise<Outcome> {
  const options = { opens: [], read: readSteps };
  return handle(ledger, exportDecider, exportStream(exportId), command, context, options);
}

/**
 * How far an export is, from the ledger itself.
 * @param opens categories: `staff` for reasons, recipient and hash of the file
 */
export async function readExport(
  { store, vault }: Pick<Ledger, 'store' | 'vault'>,
  exportId: string,
  opens: readonly Category[] = [],
): Promise<ExportState> {
  const records = await readSteps(store, exportStream(exportId));
  const facts = (await vault.openFacts(records, { categories: opens })) as readonly Fact<ExportEvent>[];
  return fold(exportDecider, facts);
}

/** A stream's first and last events, without the chunks between them. */
async function readSteps(store: EventStore, stream: string): Promise<readonly RecordedEvent[]> {
  const first = await store.readStream(stream, { limit: STEPS });
  const known = first.at(-1)?.revision ?? 0;
  if (first.length < STEPS) return first;
  const last = await store.readStream(stream, { direction: 'backwards', limit: STEPS });
  return [
    ...first,
    ...last.filter(({ revision }) => revision > known).toSorted((a, b) => a.revision - b.revision),
  ];
}

/** Whose data the file of an export holds, each once; undefined where there is no file, or none any more. */
export async function readExportedPeople(
  { store, vault }: Pick<Ledger, 'store' | 'vault'>,
  exportId: string,
): Promise<readonly string[] | undefined> {
  const records = await store.readStream(exportStream(exportId));
  const facts = (await vault.openFacts(records, { categories: [] })) as readonly Fact<ExportEvent>[];
  const { standing } = fold(exportDecider, facts);
  if (standing !== 'made' && standing !== 'handed-over') return undefined;
  return [
    ...new Set(facts.flatMap((fact) => (fact.type === 'ExportChunkRecorded' ? fact.data.alumnusIds : []))),
  ];
}
