import { createHash, createPublicKey, verify } from 'node:crypto';
import {
  Malformed,
  readCheckpoint,
  readNoteKey,
  readTlogProof,
  sameHash,
  signersOf,
  verifyConsistency,
  verifyInclusion,
  type Checkpoint,
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
 * A checkpoint that this key signed.
 * @throws Failure where it is none, is another ledger's, or its signature is missing or wrong
 */
export function signedCheckpoint(text: string, key: NoteKey): Checkpoint {
  const { checkpoint, note } = formed(() => readCheckpoint(text));
  const signers = signersOf(note, [key], tools);
  if (signers === undefined) {
    const en = 'The signature is wrong: the checkpoint was changed or forged.';
    throw untrue('signature-wrong', { ja: '署名が正しくありません。改変か偽造です。', en });
  }
  if (signers.length === 0 || checkpoint.origin !== key.name) {
    const en = 'The checkpoint is not signed by this key.';
    throw untrue('signature-missing', { ja: 'この鍵の署名がありません。', en });
  }
  return checkpoint;
}

/** How many leaves a checkpoint covers; its signatures are not looked at. @throws Failure where it is none */
export function checkpointSize(text: string): number {
  return formed(() => readCheckpoint(text)).checkpoint.size;
}

/**
 * Checks a proof file with nothing but the key.
 * @param leaf the hash that its leaf must have, hex; without it, that of the text in the file
 * @throws Failure naming what does not hold
 */
export function checkProof(text: string, key: NoteKey, leaf: string | undefined): Proven {
  const proof = formed(() => readTlogProof(text));
  const checkpoint = signedCheckpoint(proof.checkpoint, key);
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
  const found = { checkpoint, index: proof.index, leaf: Buffer.from(hash).toString('hex') };
  return { ...found, ...(event && { event }) };
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

function untrue(code: string, what: Bilingual): Failure {
  return new Failure(EXIT.failed, code, what);
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
