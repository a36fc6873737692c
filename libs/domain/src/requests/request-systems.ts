import type { DataOf } from '../disclosure';
import type { HeldEntry } from '../held-elsewhere';
import type { SystemState } from '../inventory';
import type { Instant, NewEvent } from '../kernel';
import { documentRow, type DocumentCode } from '../law/documents';
import { lawNumber, type LawSetting } from '../law/law-number';
import { addDays, dayEnd, tokyoDay } from '../time';
import { REQUEST_KIND_NAMES } from './request-names';
import type { RequestState } from './request-state';
import type { RequestKind } from './request-terms';

/** What the inventory says of a system, as far as it matters here. */
type Listed = Pick<
  NonNullable<SystemState['stated']>,
  'name' | 'systemKind' | 'categories' | 'documents' | 'staffId'
> & { readonly systemId: string; readonly retiredId?: string };
type Entry = Pick<HeldEntry, 'systemId' | 'document' | 'disposedId'>;

/** A system whose keeper is asked about a person. */
export interface SystemToAsk {
  readonly systemId: string;
  readonly system: string;
  readonly ownerId: string;
  /** Documents about the person that it is known to hold. */
  readonly documents: readonly DocumentCode[];
}

/** What is needed to ask them: the id of each task, and what the company has set instead of defaults. */
export interface SystemsAsked {
  readonly systems: readonly (SystemToAsk & { readonly taskId: string })[];
  readonly set: readonly LawSetting[];
}

/** Kinds that are carried out where the data are; the others are answered from the ledger alone. */
const IN_SYSTEMS: ReadonlySet<RequestKind> = new Set<RequestKind>([
  ...(['disclosure', 'correction', 'addition', 'deletion'] as const),
  ...(['cease-use', 'erasure', 'stop-provision'] as const),
]);

/** Whether a request of this kind is carried out in each system that holds the data. */
export function asksSystems(kind: RequestKind): boolean {
  return IN_SYSTEMS.has(kind);
}

/**
 * The systems of the inventory that may hold data about a person: those in use beside Enishi itself that hold data of people or
 * documents. One is left out only where all that it is known to have held of the person is disposed of. To ask once too often
 * costs an answer "nothing held"; not to ask leaves data where nobody looks.
 */
export function systemsHolding(
  systems: readonly Listed[],
  entries: readonly Entry[],
): readonly SystemToAsk[] {
  return systems.flatMap(({ systemId, name, systemKind, categories, documents, staffId, retiredId }) => {
    if (systemKind === 'enishi' || retiredId !== undefined) return [];
    const own = entries.filter((entry) => entry.systemId === systemId);
    const open = own.filter(({ disposedId }) => disposedId === undefined);
    const disposed = categories.length === 0 && own.length > 0 && open.length === 0;
    const holds = categories.length > 0 || documents.length > 0 || open.length > 0;
    if (!holds || disposed) return [];
    const held = [...new Set(open.map(({ document }) => document))];
    return [{ systemId, system: name, ownerId: staffId, documents: held }];
  });
}

/** Those of them that the request has no task for; one opened by hand counts by the system's name. */
export function unasked(
  { systems }: SystemsAsked,
  { tasks }: Pick<RequestState, 'tasks'>,
): SystemsAsked['systems'] {
  return systems.filter(
    ({ systemId, system }) =>
      !tasks.some((task) =>
        task.systemId === undefined ? task.system === system : task.systemId === systemId,
      ),
  );
}

/** A task for each system that has none. */
export function tasksFor(
  asking: SystemsAsked,
  state: RequestState,
  decidedAt: Instant,
): readonly NewEvent<'RequestTaskOpened'>[] {
  const { requestId, kind, dueAt: alarm } = state.received!.data;
  const dueAt = taskDueAt(decidedAt, alarm, asking.set);
  return unasked(asking, state).map(({ taskId, systemId, system, ownerId, documents }) => ({
    type: 'RequestTaskOpened',
    data: { requestId, taskId, systemId, system, ownerId, dueAt, task: taskText(kind, documents) },
  }));
}

/** By when a keeper is to answer: some days from now, yet before the alarm of the request while that is still to come. */
export function taskDueAt(now: Instant, alarm: Instant, set: readonly LawSetting[]): Instant {
  const today = tokyoDay(now);
  const due = dayEnd(addDays(today, lawNumber('request-task', today, set)));
  return alarm > now && alarm < due ? alarm : due;
}

/** What is asked of the keeper, in both languages; it is kept sealed. */
function taskText(kind: DataOf<'RequestReceived'>['kind'], documents: readonly DocumentCode[]): string {
  const { ja, en } = REQUEST_KIND_NAMES[kind];
  const rows = documents.map((code) => documentRow(code).document);
  const [held, heldEn] =
    rows.length === 0
      ? ['本人のデータの有無を確認', 'see whether data about the person are held']
      : [rows.map((row) => row.ja).join('、'), rows.map((row) => row.en).join(', ')];
  return `${ja}: ${held}\n${en}: ${heldEn}`;
}
