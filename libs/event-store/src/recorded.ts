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

/**
 * An event as the port gives it, from its canonical texts. They are parsed when somebody asks for the values: most views
 * pass over most events, and a leaf is made of the texts.
 */
export function asStored(
  envelope: Pick<RecordedEvent, 'stream' | 'revision' | 'position' | 'id' | 'type'>,
  dataText: string,
  metadataText: string,
  recordedAt: Instant,
): RecordedEvent {
  let [data, metadata]: (JsonObject | undefined)[] = [];
  return {
    stream: envelope.stream,
    revision: envelope.revision,
    position: envelope.position,
    id: envelope.id,
    type: envelope.type,
    get data() {
      return (data ??= JSON.parse(dataText) as JsonObject);
    },
    get metadata() {
      return (metadata ??= JSON.parse(metadataText) as JsonObject);
    },
    dataText,
    metadataText,
    recordedAt,
  };
}

/** An event whose data nobody wanted: to ask for it is a mistake of the program. */
export function withoutData(
  envelope: Pick<RecordedEvent, 'stream' | 'revision' | 'position' | 'id' | 'type'>,
  recordedAt: Instant,
): RecordedEvent {
  return new NotRead(envelope, recordedAt);
}

class NotRead implements RecordedEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
  readonly id: string;
  readonly type: string;

  constructor(
    envelope: Pick<RecordedEvent, 'stream' | 'revision' | 'position' | 'id' | 'type'>,
    readonly recordedAt: Instant,
  ) {
    this.stream = envelope.stream;
    this.revision = envelope.revision;
    this.position = envelope.position;
    this.id = envelope.id;
    this.type = envelope.type;
  }

  get data(): never {
    return this.notRead();
  }
  get metadata(): never {
    return this.notRead();
  }
  get dataText(): never {
    return this.notRead();
  }
  get metadataText(): never {
    return this.notRead();
  }

  private notRead(): never {
    throw new Error(`the data of ${this.type} was not read: its type is not among those asked for`);
  }
}

function without({ [RECORDED_AT]: _first, ...metadata }: JsonObject): JsonObject {
  return metadata;
}
