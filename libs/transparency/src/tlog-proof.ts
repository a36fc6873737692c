import { fromBase64, toBase64 } from './base64';
import { Malformed } from './note';

/** What an outsider needs beside the leaf and the log's public key. */
export interface TlogProof {
  /** Of the leaf, from 0. */
  readonly index: number;
  /** Roots of the sibling subtrees, from the leaf up. */
  readonly path: readonly Uint8Array[];
  /** The signed checkpoint, word for word. */
  readonly checkpoint: string;
  /** What the proof says nothing about; here, the leaf's own text. */
  readonly extra?: Uint8Array;
}

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';

/** The text file of a proof of inclusion (C2SP tlog-proof); to be named `*.tlog-proof`. */
export function writeTlogProof({ index, path, checkpoint, extra }: TlogProof): string {
  const lines = [
    FIRST_LINE,
    ...(extra ? [`extra ${toBase64(extra)}`] : []),
    `index ${index}`,
    ...path.map(toBase64),
  ];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/**
 * What {@link writeTlogProof} wrote. Nothing in it is checked yet.
 * @throws Malformed
 */
export function readTlogProof(text: string): TlogProof {
  const end = text.indexOf('\n\n');
  const [first, ...lines] = text.slice(0, Math.max(end, 0)).split('\n');
  const extra = lines[0]?.startsWith('extra ') ? fromBase64(lines.shift()!.slice(6)) : null;
  const [, digits] = /^index (0|[1-9]\d*)$/.exec(lines.shift() ?? '') ?? [];
  const path = lines.map(fromBase64);
  const index = Number(digits);
  const isWhole = path.every((node) => node?.length === 32) && extra !== undefined;
  if (first !== FIRST_LINE || !Number.isSafeInteger(index) || !isWhole)
    throw new Malformed('proof-malformed', `not a proof of the form ${FIRST_LINE}`);
  return {
    index,
    path: path as readonly Uint8Array[],
    checkpoint: text.slice(end + 2),
    ...(extra && { extra }),
  };
}
