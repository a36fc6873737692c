import { canonical, NotCanonical } from '@enishi/transparency';
import {
  type Append,
  AppendRefused,
  type EventToAppend,
  type ExpectedRevision,
  MAX_APPEND_BYTES,
} from './port';
import { RECORDED_AT } from './recorded';

/** An event checked and written as canonical text, with the UTF-8 lengths in bytes. */
export interface PreparedEvent {
  /** Lower case. */
  readonly id: string;
  readonly type: string;
  readonly typeBytes: number;
  readonly dataText: string;
  readonly dataBytes: number;
  readonly metadataText: string;
  readonly metadataBytes: number;
}

/** An append that the port accepts: nothing in it is left to refuse but its revision. */
export interface PreparedAppend {
  readonly stream: string;
  readonly streamBytes: number;
  readonly expected: ExpectedRevision;
  readonly events: readonly PreparedEvent[];
  /** All events' type, data and metadata, in bytes. */
  readonly bytes: number;
}

/** Longest stream name, in UTF-8 bytes; an index row of PostgreSQL holds no more than about 2,700. */
const MAX_STREAM_BYTES = 1024;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NOT_STORABLE = /[\0\p{Surrogate}]/u;

/**
 * Checks an append against the limits both engines share, and writes its events as canonical text, once.
 * @param restoring the events come from another store, and say by `$recordedAt` when that one recorded them
 * @throws AppendRefused
 * @throws RangeError when the expected revision is not `no-stream` or an integer from 0.
 */
export function prepareAppend(append: Append, restoring = false): PreparedAppend {
  const { stream, expected } = append;
  const streamBytes = checkStream(stream);
  if (expected !== 'no-stream' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw new RangeError('expected revision is neither no-stream nor an integer from 0');
  }
  if (append.events.length === 0)
    throw new AppendRefused('append-empty', 'an append needs at least one event');

  const events = append.events.map((event) => prepareEvent(event, restoring));
  let bytes = 0;
  for (const event of events) bytes += event.typeBytes + event.dataBytes + event.metadataBytes;
  if (bytes > MAX_APPEND_BYTES) {
    throw new AppendRefused('append-too-large', `append has ${bytes} bytes, at most ${MAX_APPEND_BYTES} fit`);
  }
  if (events.length > 1 && new Set(events.map((event) => event.id)).size < events.length) {
    throw new AppendRefused('event-id-repeated', 'an event id stands twice in one append');
  }
  return { stream, streamBytes, expected, events, bytes };
}

function checkStream(stream: string): number {
  if (stream === '' || stream.startsWith('$')) {
    throw new AppendRefused('stream-reserved', 'stream names are not empty and do not begin with $');
  }
  if (NOT_STORABLE.test(stream)) {
    throw new AppendRefused('not-canonical', 'stream name holds NUL or a lone surrogate');
  }
  const bytes = Buffer.byteLength(stream);
  if (bytes > MAX_STREAM_BYTES) {
    throw new AppendRefused(
      'append-too-large',
      `stream name has ${bytes} bytes, at most ${MAX_STREAM_BYTES} fit`,
    );
  }
  return bytes;
}

function prepareEvent(event: EventToAppend, restoring: boolean): PreparedEvent {
  const id = event.id.toLowerCase();
  if (!UUID.test(id)) throw new AppendRefused('event-id-not-uuid', 'event id is not a uuid');
  if (event.type === '' || NOT_STORABLE.test(event.type)) {
    throw new AppendRefused('not-canonical', 'event type is empty, or holds NUL or a lone surrogate');
  }
  // Only migrate-store and restore may state when an event was recorded.
  if (!restoring && event.metadata[RECORDED_AT] !== undefined) {
    throw new AppendRefused('metadata-reserved', 'metadata key $recordedAt is reserved');
  }
  const dataText = canonicalObject(event.data, 'data');
  const metadataText = canonicalObject(event.metadata, 'metadata');
  return {
    id,
    type: event.type,
    typeBytes: Buffer.byteLength(event.type),
    dataText,
    dataBytes: Buffer.byteLength(dataText),
    metadataText,
    metadataBytes: Buffer.byteLength(metadataText),
  };
}

function canonicalObject(value: unknown, part: 'data' | 'metadata'): string {
  let text: string;
  try {
    text = canonical(value);
  } catch (error) {
    if (!(error instanceof NotCanonical)) throw error;
    throw new AppendRefused('not-canonical', `${part}: ${error.message}`);
  }
  if (!text.startsWith('{')) throw new AppendRefused('not-canonical', `${part} is not a JSON object`);
  return text;
}
