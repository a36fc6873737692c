import { createHash } from 'node:crypto';
import type { JsonObject } from '@enishi/domain';
import type { EventStore, Position, ReadAllOptions, RecordedEvent } from '@enishi/event-store';
import { canonical, LedgerTree } from '@enishi/transparency';
import { damaged } from './errors';
import { parseLine, readPart, writePart, type Part } from './parts';

/** An event in a backup: as stored, with the place it had, which kept answers name. */
interface Line {
  readonly data: JsonObject;
  readonly id: string;
  readonly metadata: JsonObject;
  readonly position: string;
  readonly recordedAt: string;
  readonly revision: number;
  readonly stream: string;
  readonly type: string;
}

export const LEDGER_PART = 'ledger.ndjson';
const PAGE = 1000;
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** An empty tree of this ledger's leaves. */
export const treeOf = (ledgerId: string): LedgerTree => new LedgerTree(ledgerId, sha256);

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Writes all events up to and including `head`, with the root of their tree. */
export async function dumpLedger(
  store: Pick<EventStore, 'readAll'>,
  head: Position,
  folder: string,
  ledgerId: string,
  onProgress: (events: number) => void,
): Promise<{ readonly part: Part; readonly leaves: number; readonly root: string }> {
  const tree = treeOf(ledgerId);
  const part = await writePart(folder, LEDGER_PART, async (writer) => {
    for (let after: Position | undefined; after === undefined || after < head;) {
      const page = await store.readAll({ limit: PAGE, ...(after !== undefined && { after }) });
      if (page.length === 0) break;
      after = page[page.length - 1]!.position;
      for (const record of page) {
        // What was appended since the backup began belongs to the next one: its keys may be younger.
        if (record.position > head) break;
        tree.add(record);
        await writer.write(lineOf(record));
      }
      onProgress(Number(tree.size));
    }
  });
  return { part, leaves: Number(tree.size), root: hex(tree.root) };
}

function lineOf({
  dataText,
  id,
  metadataText,
  position,
  recordedAt,
  revision,
  stream,
  type,
}: RecordedEvent): string {
  const rest = JSON.stringify({ position: String(position), recordedAt, revision, stream, type });
  return `{"data":${dataText},"id":${JSON.stringify(id)},"metadata":${metadataText},${rest.slice(1)}`;
}

/** The events of a backup's ledger, many at a time. */
export async function* eventsOf(folder: string, part: Part): AsyncGenerator<readonly RecordedEvent[]> {
  for await (const lines of readPart(folder, part)) yield lines.map((line) => recordOf(line, part));
}

function recordOf(line: string, part: Part): RecordedEvent {
  const { position, ...event } = parseLine<Line>(line, part);
  if (!/^\d+$/.test(position)) throw damaged('an event has no place');
  return {
    ...event,
    position: BigInt(position),
    dataText: canonical(event.data),
    metadataText: canonical(event.metadata),
  };
}

/** A backup's ledger where an event store is read from its beginning to its end. */
export class BackupLedger implements Pick<EventStore, 'readAll'> {
  private events: AsyncGenerator<readonly RecordedEvent[]> | undefined;
  private rest: readonly RecordedEvent[] = [];
  private last: Position | undefined;

  constructor(
    private readonly folder: string,
    private readonly part: Part,
  ) {}

  async readAll({ after, limit = PAGE }: ReadAllOptions = {}): Promise<readonly RecordedEvent[]> {
    // Asked from the beginning again: read from the beginning again.
    if (after === undefined || this.events === undefined) {
      await this.events?.return(undefined);
      this.events = eventsOf(this.folder, this.part);
      this.rest = [];
    } else if (after !== this.last) throw new Error('a backup is read in order');
    if (this.rest.length === 0) this.rest = (await this.events.next()).value ?? [];
    const page = this.rest.slice(0, limit);
    this.rest = this.rest.slice(limit);
    this.last = page.at(-1)?.position ?? after;
    return page;
  }
}
