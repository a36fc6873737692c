import { alumnusDecider, Refusal, type NewEvent, type TakeOverRow } from '@enishi/domain';
import { RevisionConflict, type Append } from '@enishi/event-store';
import type { LeaverRow } from '@enishi/intake';
import { KeyClosed } from '@enishi/vault';
import type { CommandContext } from '../context';
import { handle, metadataOf, type Ledger } from '../handle';
import { eventId, rowCommandId } from '../ids';
import { liftErasureMark } from '../erasure-marks';
import { alumnusStream } from '../streams';

/** A row of the file, with its number there: (batch, number) makes the command id. */
export interface RowToTakeOver {
  readonly number: number;
  readonly row: LeaverRow;
}

export interface TakenOver {
  registered: number;
  corrected: number;
  employmentsAdded: number;
  unchanged: number;
  /** Rows of people who were erased: an old file does not bring them back. */
  blocked: number;
  /** Rows that intake let pass and the rules refuse, with the code. */
  readonly refused: { readonly number: number; readonly code: string }[];
}

export function nothingTaken(): TakenOver {
  return { registered: 0, corrected: 0, employmentsAdded: 0, unchanged: 0, blocked: 0, refused: [] };
}

/** What all rows of an import share. */
export interface Batch {
  readonly batchId: string;
  /** With a row's number it makes the command id: the same file read the same way has the same ids. */
  readonly commandBase: string;
  /** The HR system the file comes from. */
  readonly source: string;
  readonly context: CommandContext;
}

/** Rows of known people handled at the same time: their reads and appends share round trips. */
const CONCURRENCY = 64;

/** What a batch waits for, so that batches may overlap. */
export interface Turn {
  /** Called when the batch's identities are reserved: the next batch may reserve. */
  readonly reserved: () => void;
  /** Resolves when every earlier batch is settled: only then are rows compared with what is known. */
  readonly earlier: Promise<unknown>;
}

/**
 * Takes rows over. People whose identity was just reserved are registered together: one round trip each for
 * identities, keys and events. Everybody else goes through {@link handle}, which compares with what is known.
 * Rows of one identity never share a bulk append.
 */
export async function takeOver(
  ledger: Ledger,
  rows: readonly RowToTakeOver[],
  batch: Batch,
  turn: Turn,
): Promise<TakenOver> {
  const taken = nothingTaken();
  const identities = await ledger.vault.identities.reserve(
    rows.map(({ row }) => ({ source: batch.source, number: row.employeeNumber })),
  );
  turn.reserved();
  const fresh: Item[] = [];
  const known: Item[] = [];
  const seen = new Set<string>();
  rows.forEach(({ number, row }, index) => {
    const identity = identities[index]!;
    if (identity.blocked) {
      taken.blocked += 1;
      return;
    }
    const { alumnusId } = identity;
    const item = { alumnusId, number, command: commandOf(alumnusId, row) };
    (identity.isNew && !seen.has(alumnusId) ? fresh : known).push(item);
    seen.add(alumnusId);
  });
  known.push(...(await registerTogether(ledger, fresh, batch, taken)));
  await turn.earlier;
  await compareEach(ledger, known, batch, taken);
  return taken;
}

interface Item {
  readonly alumnusId: string;
  readonly number: number;
  readonly command: TakeOverRow;
}

interface Decided extends Ids {
  readonly item: Item;
  readonly event: NewEvent;
}

/** Registers people nobody knows yet; answers those whose stream somebody else began meanwhile. */
async function registerTogether(
  ledger: Ledger,
  items: readonly Item[],
  batch: Batch,
  taken: TakenOver,
): Promise<Item[]> {
  if (items.length === 0) return [];
  const decidedAt = ledger.clock.now();
  const decided: Decided[] = [];
  // A row that the rules refuse as it stands is told by the slow way, with its code.
  const refused: Item[] = [];
  for (const item of items) {
    const decision = alumnusDecider.decide(item.command, alumnusDecider.initial, { decidedAt });
    const event = decision instanceof Refusal ? undefined : (decision[0] as NewEvent | undefined);
    if (event === undefined) refused.push(item);
    else decided.push({ item, event, ...idsOf(item, batch) });
  }
  const lease = ledger.vault.lease();
  try {
    const data = await lease.seal(
      decided.map(({ stream, id, event }) => ({ stream, id, event, isNewSubject: true })),
    );
    const appends = decided.map(({ stream, id, event, context }, index): Append => ({
      stream,
      expected: 'no-stream',
      events: [{ id, type: event.type, data: data[index]!, metadata: metadataOf(event, decidedAt, context) }],
    }));
    const results = await ledger.store.appendMany(appends);
    const late = decided
      .filter((_, index) => results[index] instanceof RevisionConflict)
      .map(({ item }) => item);
    taken.registered += decided.length - late.length;
    return [...late, ...refused];
  } finally {
    lease.release();
  }
}

interface Ids {
  readonly stream: string;
  /** Of the first event that the row brings. */
  readonly id: string;
  readonly context: CommandContext;
}

function idsOf({ alumnusId, number }: Item, { batchId, commandBase, context }: Batch): Ids {
  const commandId = rowCommandId(commandBase, number);
  const stream = alumnusStream(alumnusId);
  return { stream, id: eventId(commandId, stream, 0), context: { ...context, commandId, batchId } };
}

/** Compares rows with what is known, some at a time; rows of one person one after the other. */
async function compareEach(
  ledger: Ledger,
  items: readonly Item[],
  batch: Batch,
  taken: TakenOver,
): Promise<void> {
  const queues = new Map<string, Item[]>();
  for (const item of items) queues.set(item.alumnusId, [...(queues.get(item.alumnusId) ?? []), item]);
  const waiting = [...queues.values()];
  const work = async (): Promise<void> => {
    for (let queue = waiting.pop(); queue !== undefined; queue = waiting.pop()) {
      for (const item of queue) await compare(ledger, item, batch, taken);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
}

async function compare(ledger: Ledger, item: Item, batch: Batch, taken: TakenOver): Promise<void> {
  const { stream, context } = idsOf(item, batch);
  const { requestTag: _, ifMatch: __, ...rest } = context;
  const outcome = await handle(ledger, alumnusDecider, stream, item.command, rest).catch(unlessErased);
  if (outcome === undefined) {
    taken.blocked += 1;
    return;
  }
  if (outcome.kind === 'refused') {
    if (outcome.code === 'erased') taken.blocked += 1;
    else taken.refused.push({ number: item.number, code: outcome.code });
    return;
  }
  await liftErasureMark(ledger, item.alumnusId, outcome, rest);
  // What this import itself brought before it was interrupted counts as brought.
  if (outcome.eventIds.length === 0) taken.unchanged += 1;
  else await countChange(ledger, stream, outcome.revision, outcome.eventIds, taken);
}

/** What the row brings would be sealed under a key that is going, or gone: the person's erasure came first. */
function unlessErased(error: unknown): undefined {
  if (!(error instanceof KeyClosed)) throw error;
}

async function countChange(
  ledger: Ledger,
  stream: string,
  revision: number,
  eventIds: readonly string[],
  taken: TakenOver,
): Promise<void> {
  const events = await ledger.store.readStream(stream, { from: revision - eventIds.length + 1 });
  const types = new Set(events.filter((event) => eventIds.includes(event.id)).map((event) => event.type));
  if (types.has('AlumnusRegistered')) taken.registered += 1;
  else if (types.has('EmploymentAdded')) taken.employmentsAdded += 1;
  else taken.corrected += 1;
}

/** What a row states, as the domain's command. Absent stays absent: a field that is not mapped is left alone. */
export function commandOf(alumnusId: string, row: LeaverRow): TakeOverRow {
  const kana = compact({ family: row.familyNameKana, given: row.givenNameKana });
  return {
    kind: 'TakeOverRow',
    alumnusId,
    person: {
      name: compact({ family: row.familyName, given: row.givenName }) as { family: string; given?: string },
      ...compact({
        kana: Object.keys(kana).length > 0 ? kana : undefined,
        formerNames: row.formerFamilyName === undefined ? undefined : [row.formerFamilyName],
        employeeNumber: row.employeeNumber,
        birthDate: row.birthDate,
        email: row.email,
        phone: row.phone,
        postalAddress: row.postalAddress,
        lineId: row.lineId,
        leavingReason: row.leavingReason,
        leavingDetail: row.leavingDetail,
      }),
    },
    employment: {
      joinedOn: row.joinedOn,
      leftOn: row.leftOn,
      ...compact({
        department: row.department,
        job: row.job,
        kind: row.employmentKind,
        leavingKind: row.leavingKind,
      }),
    },
  };
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function compact<T extends object>(value: T): Present<T> {
  const present: Present<T> = {};
  // A loop, not entries and back: it runs four times for each row.
  for (const name in value) if (value[name] !== undefined) present[name] = value[name] as never;
  return present;
}
