import type { Instant, JsonObject } from '@enishi/domain';
import { canonical } from '@enishi/transparency';
import type { RecordedEvent } from './port';

/** The metadata key that a move between engines writes: when the event was recorded in the first one. */
export const RECORDED_AT = '$recordedAt';

/**
 * An event as the port gives it. Where the metadata says when it was first recorded, that is its recorded time, and
 * stands outside the metadata, so that its leaf is the same in every engine.
 *
 * @param recordedAt the store's own time
 */
export function recorded(
  envelope: Pick<RecordedEvent, 'stream' | 'revision' | 'position' | 'id' | 'type'>,
  data: JsonObject,
  metadata: JsonObject,
  recordedAt: Instant,
): RecordedEvent {
  const { [RECORDED_AT]: first, ...rest } = metadata;
  return {
    ...envelope,
    data,
    metadata: rest,
    dataText: canonical(data),
    metadataText: canonical(rest),
    recordedAt: typeof first === 'string' ? first : recordedAt,
  };
}
