import { scopeOfEvent, type JsonObject } from '@enishi/domain';

/** An event as its leaf has it, which is all that a bundle knows of it. */
export interface LeafEvent {
  /** Its place in the ledger, counted from 0. */
  readonly leaf: number;
  readonly ledger: string;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  /** Clear fields, and sealed groups as `sealed`. */
  readonly data: JsonObject;
  readonly metadata: JsonObject;
  readonly recordedAt: string;
}

/** A sealed group, as much of it as stands in clear. */
export interface SealedFields {
  readonly category: string;
  /** Field → commitment, hex. */
  readonly commitments: Readonly<Record<string, string>>;
}

/** A text is not that of a leaf. `code` is stable; the message never holds the text. */
export class NotALeaf extends Error {
  readonly code = 'leaf-malformed';
  constructor() {
    super('not the text of a leaf: an event as canonical JSON');
    this.name = 'NotALeaf';
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads the text of a leaf (`leafText` of libs/transparency), a line of `events.jsonl`.
 * @param leaf its place, counted from 0
 * @throws NotALeaf
 * @example readLeafText(line, 17).type // 'ConsentGranted'
 */
export function readLeafText(text: string, leaf: number): LeafEvent {
  const read = parsed(text);
  if (!isObject(read)) throw new NotALeaf();
  const { ledger, stream, revision, id, type, data, metadata, recordedAt, v } = read;
  const texts = [ledger, stream, revision, id, type, recordedAt];
  if (!texts.every((one) => typeof one === 'string') || !isObject(data) || !isObject(metadata) || v !== 1)
    throw new NotALeaf();
  if (!/^(0|[1-9]\d*)$/.test(revision as string)) throw new NotALeaf();
  return { ...(read as unknown as LeafEvent), leaf, revision: Number(revision) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The sealed groups of an event. */
export function sealedOf({ data }: Pick<LeafEvent, 'data'>): readonly SealedFields[] {
  return (data['sealed'] ?? []) as unknown as readonly SealedFields[];
}

/** The person an event is about, if any. */
export function personOf(event: Pick<LeafEvent, 'data' | 'stream'>): string | undefined {
  const scope = scopeOfEvent(event);
  return scope.kind === 'alumnus' ? scope.id : undefined;
}

/** A clear field that is text. */
export function textOf(fields: JsonObject, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
}

/** Who acted, when, by which command: what every line says of its event. */
export interface Envelope {
  readonly effectiveAt: string;
  readonly decidedAt: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly commandId: string;
  readonly batchId?: string;
}

/** The envelope of an event; without a stated effective time it takes effect when it was decided. */
export function envelopeOf({ metadata, recordedAt }: LeafEvent): Envelope {
  const decidedAt = textOf(metadata, 'decidedAt') ?? '';
  const batchId = textOf(metadata, 'batchId');
  return {
    effectiveAt: textOf(metadata, 'effectiveAt') ?? decidedAt,
    decidedAt,
    recordedAt,
    actor: textOf(metadata, 'actor') ?? '',
    commandId: textOf(metadata, 'commandId') ?? '',
    ...(batchId !== undefined && { batchId }),
  };
}
