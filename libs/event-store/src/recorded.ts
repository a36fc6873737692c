import type { Instant, JsonObject } from '@enishi/domain';
import { canonical } from '@enishi/transparency';
import type { RecordedEvent } from './port';

/** The metadata key that a move between engines writes: when the event was recorded in the first one. */
export const RECORDED_AT = '$recordedAt';

/**
 * An event as the port gives it. Where the metadata says when it was first recorded, that is its recorded time, and
 * stands outside the metadata, so that its leaf is the same in every engine. The canonical texts are written when
 * somebody asks for them: most readers only want the values.
 *
 * @param recordedAt the store's own time
 */
export function recorded(
  envelope: Pick<RecordedEvent, 'stream' | 'revision' | 'position' | 'id' | 'type'>,
  data: JsonObject,
  stored: JsonObject,
  recordedAt: Instant,
): RecordedEvent {
  const first = stored[RECORDED_AT];
  const metadata = first === undefined ? stored : without(stored);
  let [dataText, metadataText]: (string | undefined)[] = [];
  return {
    stream: envelope.stream,
    revision: envelope.revision,
    position: envelope.position,
    id: envelope.id,
    type: envelope.type,
    data,
    metadata,
    get dataText() {
      return (dataText ??= canonical(data));
    },
    get metadataText() {
      return (metadataText ??= canonical(metadata));
    },
    recordedAt: typeof first === 'string' ? first : recordedAt,
  };
}

function without({ [RECORDED_AT]: _first, ...metadata }: JsonObject): JsonObject {
  return metadata;
}
