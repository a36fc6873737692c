import type { QueryArrayConfig } from 'pg';
import type { Instant } from '@enishi/domain';
import { type Appended, RevisionConflict } from './port';
import type { PreparedAppend } from './prepared-append';

// Object identifiers of PostgreSQL's built-in types.
const INT4 = 23;
const INT8 = 20;
const TEXT = 25;
const UUID = 2950;

/** Parses nothing: every column arrives as PostgreSQL's text. */
export const asText = { getTypeParser: () => (text: string) => text };

/** What `ledger.append` answers: ordinal, last revision, last position, recorded time; all text. */
export type GroupAnswer = readonly (readonly [string, string | null, string | null, string | null])[];

/**
 * The one statement that appends a group. Arrays travel in PostgreSQL's binary form: no quoting here, no
 * unquoting there, and each text is written into the message once.
 */
export function groupStatement(group: readonly PreparedAppend[]): QueryArrayConfig {
  const events = group.flatMap((append) => append.events);
  return {
    name: 'ledger-append',
    text: 'SELECT ordinal, last_revision, last_position, last_recorded_at FROM ledger.append($1::text[], $2::bigint[], $3::integer[], $4::uuid[], $5::text[], $6::text[], $7::text[])',
    values: [
      texts(
        group,
        (a) => a.stream,
        (a) => a.streamBytes,
      ),
      fixed(INT8, 8, group, (buffer, at, a) =>
        buffer.writeBigInt64BE(BigInt(a.expected === 'no-stream' ? 0 : a.expected + 1), at),
      ),
      fixed(INT4, 4, group, (buffer, at, a) => buffer.writeInt32BE(a.events.length, at)),
      fixed(UUID, 16, events, (buffer, at, e) => buffer.write(e.id.replaceAll('-', ''), at, 'hex')),
      texts(
        events,
        (e) => e.type,
        (e) => e.typeBytes,
      ),
      texts(
        events,
        (e) => e.dataText,
        (e) => e.dataBytes,
      ),
      texts(
        events,
        (e) => e.metadataText,
        (e) => e.metadataBytes,
      ),
    ],
    rowMode: 'array',
    types: asText,
  };
}

/** Each append's outcome, in the order of the group. */
export function settleGroup(
  group: readonly PreparedAppend[],
  answer: GroupAnswer,
): readonly (Appended | RevisionConflict)[] {
  const [, , before, time] = answer[0]!;
  const recordedAt = instant(time!);
  let position = BigInt(before!);
  let row = 1;
  return group.map((append, index) => {
    const revision = lastRevision(append);
    const exception = answer[row];
    if (exception === undefined || Number(exception[0]) !== index + 1) {
      position += BigInt(append.events.length);
      return { revision, position, recordedAt, repeated: false };
    }
    row += 1;
    const [, actual, repeatedAt, repeatedTime] = exception;
    if (repeatedAt !== null) {
      return { revision, position: BigInt(repeatedAt), recordedAt: instant(repeatedTime!), repeated: true };
    }
    return new RevisionConflict(
      append.stream,
      append.expected,
      actual === '-1' ? 'no-stream' : Number(actual),
    );
  });
}

/**
 * PostgreSQL's text of a `timestamptz` in a UTC, ISO session (`2026-11-21 06:04:05.12+00`) as an instant.
 * A session that was set otherwise is parsed by Date.
 */
export function instant(text: string): Instant {
  if (text.length < 22 || !text.endsWith('+00') || text[10] !== ' ') return new Date(text).toISOString();
  const milliseconds = text.length === 22 ? '000' : text.slice(20, -3).padEnd(3, '0');
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${milliseconds}Z`;
}

function lastRevision(append: PreparedAppend): number {
  return append.events.length + (append.expected === 'no-stream' ? -1 : append.expected);
}

/** A one-dimensional array without NULLs in binary form: 20 bytes of head, then length and bytes of each. */
function arrayBuffer(type: number, elements: number, bytes: number): Buffer {
  const buffer = Buffer.allocUnsafe(20 + 4 * elements + bytes);
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(0, 4);
  buffer.writeInt32BE(type, 8);
  buffer.writeInt32BE(elements, 12);
  buffer.writeInt32BE(1, 16);
  return buffer;
}

function texts<T>(items: readonly T[], text: (item: T) => string, length: (item: T) => number): Buffer {
  let bytes = 0;
  for (const item of items) bytes += length(item);
  const buffer = arrayBuffer(TEXT, items.length, bytes);
  let at = 20;
  for (const item of items) {
    const size = length(item);
    at = buffer.writeInt32BE(size, at);
    at += buffer.write(text(item), at, size, 'utf8');
  }
  return buffer;
}

function fixed<T>(
  type: number,
  size: number,
  items: readonly T[],
  write: (buffer: Buffer, at: number, item: T) => void,
): Buffer {
  const buffer = arrayBuffer(type, items.length, size * items.length);
  let at = 20;
  for (const item of items) {
    at = buffer.writeInt32BE(size, at);
    write(buffer, at, item);
    at += size;
  }
  return buffer;
}
