import { createHash, createPublicKey, verify } from 'node:crypto';
import {
  cosignaturesOf,
  keysBehind,
  Malformed,
  notesIn,
  readCheckpoint,
  readNote,
  readNoteKey,
  readTlogProof,
  sameHash,
  signedUnder,
  verifyConsistency,
  verifyInclusion,
  verifyRange,
  type Checkpoint,
  type KeyInForce,
  type NoteKey,
} from '@enishi/transparency';
import { EXIT } from './exit-codes';
import { badInput, Failure } from './failure';
import type { Api } from './http/api';
import type { Bilingual } from './language';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

const tools = {
  hash: sha256,
  verify: (key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key).toString('base64url') };
    return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature);
  },
};

/** What a proof file proves. */
export interface Proven {
  readonly checkpoint: Checkpoint;
  /** The checkpoint, word for word. */
  readonly note: string;
  /** Of the leaf, from 0. */
  readonly index: number;
  /** Hex. */
  readonly leaf: string;
  /** The event as the leaf has it: sealed fields stay sealed. Absent where only the hash was given. */
  readonly event?: Readonly<Record<string, unknown>>;
}

/** A small text of the server. */
export async function textAt(
  api: Api,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await api.open(path, query)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** The key that was handed over as one line. @throws Failure */
export function keyOf(line: string): NoteKey {
  return formed(() => readNoteKey(line.trim(), sha256));
}

/**
 * The key that was handed over as one line, and those that it leads to.
 * @param changes the checkpoints that changed the key, one behind the other
 * @throws Failure
 */
export function keysFrom(line: string, changes: string): readonly KeyInForce[] {
  return formed(() => keysBehind(keyOf(line), notesIn(changes), tools));
}

/** That a witness saw this checkpoint go on from all that it saw before. */
export interface Witnessed {
  readonly witness: string;
  /** By the witness's clock. */
  readonly at: string;
}

/** Keys of witnesses that were handed over as lines. @throws Failure */
export function witnessKeysOf(lines: readonly string[]): readonly NoteKey[] {
  return formed(() => lines.map((line) => readNoteKey(line.trim(), sha256, 'cosignature')));
}

/**
 * Every one of these witnesses must have cosigned the checkpoint.
 * @param lines their keys
 * @throws Failure
 */
export function witnessed(note: string, lines: readonly string[]): readonly Witnessed[] {
  return formed(() => {
    const witnesses = witnessKeysOf(lines);
    const found = cosignaturesOf(readNote(note), witnesses, tools);
    if (found === undefined) {
      const en = 'A cosignature is wrong: it was changed or forged.';
      throw untrue('cosignature-wrong', { ja: '立会人の署名が正しくありません。改変か偽造です。', en });
    }
    if (witnesses.some((one) => !found.some(({ witness }) => witness === one))) {
      const en = 'The checkpoint is not cosigned by this witness.';
      throw untrue('cosignature-missing', { ja: 'この立会人の署名がありません。', en });
    }
    return found.map(({ witness, at }) => ({
      witness: witness.name,
      at: new Date(at * 1000).toISOString(),
    }));
  });
}

const FAULTS: Readonly<Record<'unsigned' | 'wrong' | 'replaced', Failure>> = {
  wrong: untrue('signature-wrong', {
    ja: '署名が正しくありません。改変か偽造です。',
    en: 'The signature is wrong: the checkpoint was changed or forged.',
  }),
  unsigned: untrue(
    'signature-missing',
    { ja: 'この鍵の署名がありません。', en: 'The checkpoint is not signed by this key.' },
    {
      ja: '鍵が交換されているときは、`enishi checkpoint changes` の出力を --changes で渡してください。',
      en: 'If the key was changed since, give --changes what `enishi checkpoint changes` prints.',
    },
  ),
  replaced: untrue('key-replaced', {
    ja: 'この鍵は交換済みで、この件数のチェックポイントには署名できません。偽造の疑いがあります。',
    en: 'This key had been replaced before the ledger had so many events: the checkpoint may be forged.',
  }),
};

/**
 * A checkpoint that one of these keys signed while it was in force.
 * @throws Failure where it is none, is another ledger's, or its signature is missing or wrong
 */
export function signedCheckpoint(text: string, keys: readonly KeyInForce[]): Checkpoint {
  return formed(() => {
    const signed = signedUnder(keys, text, tools);
    if ('fault' in signed) throw FAULTS[signed.fault];
    return readCheckpoint(text).checkpoint;
  });
}

/** How many leaves a checkpoint covers; its signatures are not looked at. @throws Failure where it is none */
export function checkpointSize(text: string): number {
  return formed(() => readCheckpoint(text)).checkpoint.size;
}

/**
 * Checks a proof file with nothing but keys.
 * @param leaf the hash that its leaf must have, hex; without it, that of the text in the file
 * @throws Failure naming what does not hold
 */
export function checkProof(text: string, keys: readonly KeyInForce[], leaf: string | undefined): Proven {
  const proof = formed(() => readTlogProof(text));
  const checkpoint = signedCheckpoint(proof.checkpoint, keys);
  const own = proof.extra && sha256(Buffer.concat([Buffer.from([0]), proof.extra]));
  const hash = leaf === undefined ? own : Buffer.from(leaf, 'hex');
  if (!hash) {
    const en = 'The file holds no text of the event; give the hash of its leaf with --leaf.';
    throw badInput('leaf-missing', 'ファイルに本文がありません。--leaf を指定してください。', en);
  }
  if (own && !sameHash(own, hash)) {
    const en = 'The text in the file is not that of this leaf.';
    throw untrue('leaf-differs', { ja: 'ファイルの本文は、このリーフのものではありません。', en });
  }
  if (!verifyInclusion({ index: proof.index, hash }, proof.path, checkpoint, sha256)) {
    const en = 'The event is not in the tree that was signed.';
    throw untrue('leaf-not-in-tree', { ja: '署名された木に、このイベントはありません。', en });
  }
  const event = proof.extra && eventIn(proof.extra);
  const found = {
    checkpoint,
    note: proof.checkpoint,
    index: proof.index,
    leaf: Buffer.from(hash).toString('hex'),
  };
  return { ...found, ...(event && { event }) };
}

/** What a file about a run of leaves proves. */
export interface ProvenRun {
  readonly checkpoint: Checkpoint;
  /** The checkpoint, word for word. */
  readonly note: string;
  /** The first leaf, counted from 0. */
  readonly from: number;
  /** Hex, one behind the other. */
  readonly leaves: readonly string[];
}

/**
 * Checks a file about a run of leaves with nothing but keys.
 * @param leaf the hash of a leaf that must be among them, hex
 * @throws Failure naming what does not hold
 */
export function checkRun(text: string, keys: readonly KeyInForce[], leaf: string | undefined): ProvenRun {
  const { from, leaves, proof, checkpoint: note } = runIn(text);
  const checkpoint = signedCheckpoint(note, keys);
  const hashes = leaves.map((hash) => Buffer.from(hash, 'base64'));
  const beside = proof.map((hash) => Buffer.from(hash, 'base64'));
  if (!verifyRange(from, hashes, beside, checkpoint, sha256)) {
    const en = 'The leaves are not in the tree that was signed, at these places.';
    throw untrue('leaf-not-in-tree', { ja: '署名された木の、この位置のリーフではありません。', en });
  }
  const run = { checkpoint, note, from, leaves: hashes.map((hash) => hash.toString('hex')) };
  if (leaf === undefined || run.leaves.includes(leaf)) return run;
  const en = 'The leaf is not one of this run.';
  throw untrue('leaf-not-in-run', { ja: 'この範囲に、そのリーフはありません。', en });
}

interface Run {
  readonly from: number;
  readonly leaves: readonly string[];
  readonly proof: readonly string[];
  readonly checkpoint: string;
}

function runIn(text: string): Run {
  try {
    const run = JSON.parse(text) as Partial<Run>;
    const areTexts = [run.leaves, run.proof].every(
      (texts) => Array.isArray(texts) && texts.every((one) => typeof one === 'string'),
    );
    if (areTexts && typeof run.from === 'number' && typeof run.checkpoint === 'string') return run as Run;
  } catch {
    // Not even JSON.
  }
  throw new Failure(EXIT.refused, 'proof-malformed', FORMS['proof-malformed']);
}

/** @throws Failure where the older tree is not the beginning of the newer one */
export function checkConsistency(older: Checkpoint, newer: Checkpoint, proof: readonly string[]): void {
  const nodes = proof.map((node) => Buffer.from(node, 'base64'));
  if (verifyConsistency(older, newer, nodes, sha256)) return;
  throw untrue('rewritten', {
    ja: '手元のチェックポイントと食い違います。台帳が書き換えられた疑いがあります。',
    en: 'The ledger does not go on from the checkpoint you kept: it was rewritten, or this is another ledger.',
  });
}

function eventIn(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

function untrue(code: string, what: Bilingual, remedy?: Bilingual): Failure {
  return new Failure(EXIT.failed, code, what, remedy);
}

const FORMS: Readonly<Record<Malformed['code'], Bilingual>> = {
  'note-malformed': { ja: '署名付きノートではありません。', en: 'This is not a signed note.' },
  'checkpoint-malformed': { ja: 'チェックポイントではありません。', en: 'This is not a checkpoint.' },
  'key-malformed': {
    ja: '公開鍵の形ではありません（NAME+ID+KEY）。',
    en: 'This is not a public key, as NAME+ID+KEY.',
  },
  'proof-malformed': { ja: '証明ファイルではありません。', en: 'This is not a proof file.' },
};

function formed<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) throw new Failure(EXIT.refused, error.code, FORMS[error.code]);
    throw error;
  }
}
