import type { JsonObject } from './json';

/**
 * Brings the data of one version to the next. Pure. Sealed fields may be absent, because their key may have
 * been destroyed or their category was not opened: an upcaster must not need them.
 */
export type Upcaster = (data: JsonObject) => JsonObject;

/** Event type → version → the step from that version to the next. */
export type UpcasterTable = Readonly<Record<string, Readonly<Record<number, Upcaster>>>>;

/** Stored shapes → current shapes. A frozen fixture per version stands in `test/fixtures/events`. */
export const UPCASTERS: UpcasterTable = {
  // Version 2 may say what a comparison of the views came to. Before it none were compared, which is to say nothing.
  SelfCheckRecorded: { 1: (data) => data },
};

/**
 * Climbs the ladder from the stored version of an event's data to the current one, a step per version.
 * @param from version in the event's metadata. @param to version in the disclosure table.
 * @throws Error where a step is missing, or the event was written by a newer program.
 */
export function upcast(
  type: string,
  from: number,
  to: number,
  data: JsonObject,
  table: UpcasterTable = UPCASTERS,
): JsonObject {
  if (from > to)
    throw new Error(`${type} version ${from} was written by a newer program, this one knows ${to}`);
  for (let version = from; version < to; version++) {
    const step = table[type]?.[version];
    if (!step) throw new Error(`${type}: no upcaster from version ${version}`);
    data = step(data);
  }
  return data;
}
