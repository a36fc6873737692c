/** What a leaf is made of: one event as stored, with its data and metadata as canonical text. */
export interface LeafInput {
  readonly ledger: string;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly dataText: string;
  readonly metadataText: string;
  /** Milliseconds, `Z`. */
  readonly recordedAt: string;
}

/**
 * The bytes of an event's leaf, as text: canonical JSON (RFC 8785) of `{v, ledger, stream, revision, id,
 * type, data, metadata, recordedAt}` with `v` 1 and the revision as a string. No engine position is in it,
 * so the tree survives a change of engine. `$recordedAt` must already be out of `metadataText`.
 */
export function leafText(leaf: LeafInput): string {
  // Members in the order RFC 8785 sorts them; data and metadata are canonical already, so they nest as they are.
  return `{"data":${leaf.dataText},"id":${JSON.stringify(leaf.id)},"ledger":${JSON.stringify(leaf.ledger)},"metadata":${leaf.metadataText},"recordedAt":"${leaf.recordedAt}","revision":"${leaf.revision}","stream":${JSON.stringify(leaf.stream)},"type":${JSON.stringify(leaf.type)},"v":1}`;
}

/**
 * SHA-256 of bytes, passed in so that the tree's functions run in Node and in a browser. The bytes are overwritten
 * afterwards: it must not keep them.
 */
export type Hash = (bytes: Uint8Array) => Uint8Array;

const encoder = new TextEncoder();

/**
 * The leaf hash of RFC 9162 section 2.1.1: `hash(0x00 || bytes)`.
 */
export function leafHash(leaf: LeafInput, hash: Hash): Uint8Array {
  return hash(encoder.encode(`\0${leafText(leaf)}`));
}
