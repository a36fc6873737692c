import {
  Malformed,
  readCheckpoint,
  signersOf,
  toBase64,
  type Checkpoint,
  type NoteKey,
  type SignedNote,
} from '@enishi/transparency';
import { Broken, type Finding } from './finding';
import type { Machine } from './machine';

/** A checkpoint, and who of the ledger's keys signed it. */
export interface Signed {
  readonly checkpoint: Checkpoint;
  readonly note: SignedNote;
  readonly signers: readonly NoteKey[];
  /** Where it stands. */
  readonly place: Omit<Finding, 'code'>;
}

/** @throws Broken where a text is no checkpoint of this ledger, signed by one of its keys */
export function signed(
  text: string,
  place: Omit<Finding, 'code'>,
  { origin, keys }: { readonly origin: string; readonly keys: readonly NoteKey[] },
  machine: Machine,
): Signed {
  const { checkpoint, note } = formed(() => readCheckpoint(text), { code: 'checkpoint-malformed', ...place });
  if (checkpoint.origin !== origin) throw new Broken({ code: 'checkpoint-of-another-ledger', ...place });
  const names = note.signatures.map(({ name, keyId }) => `${name} ${toBase64(keyId)}`);
  if (new Set(names).size < names.length) throw new Broken({ code: 'checkpoint-malformed', ...place });
  const signers = signersOf(note, keys, machine);
  if (signers === undefined) throw new Broken({ code: 'checkpoint-forged', ...place });
  if (signers.length === 0) throw new Broken({ code: 'checkpoint-unsigned', ...place });
  // Others are passed over, as the format asks; but whoever leaves a key of the ledger out has a reason.
  if (note.signatures.filter(({ name }) => name === origin).length > signers.length)
    throw new Broken({ code: 'checkpoint-of-unknown-key', ...place });
  return { checkpoint, note, signers, place };
}

/** What is read, where it can be. @throws Broken with this finding, where it is of another form */
export function formed<T>(read: () => T, finding: Finding): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Malformed ? new Broken(finding) : error;
  }
}
