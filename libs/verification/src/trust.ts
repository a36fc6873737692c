import { FILES, signatureText, type Manifest } from '@enishi/bundle';
import type { Certificate } from '@enishi/timestamping';
import {
  readNote,
  readNoteKey,
  sameHash,
  signersOf,
  toBase64,
  verifyConsistency,
  type Checkpoint,
  type NoteKey,
  type SignedNote,
} from '@enishi/transparency';
import { checkStamp, checkWitnesses, type Attested } from './attested';
import type { Bundle } from './bundle';
import { Broken, type Findings } from './finding';
import type { FindingCode } from './finding-words';
import { canonicalObject, hashesOf, hasOnly } from './json-line';
import { checkKeyChanges } from './key-changes';
import type { Machine } from './machine';
import { formed, signed, type Signed } from './signed';

/** What whoever checks has from elsewhere. */
export interface Known {
  /** The ledger's public key, by a way that is trusted. */
  readonly key?: NoteKey;
  /** The text of a checkpoint that was kept. */
  readonly since?: string;
  /** Keys of witnesses, each of whom must have cosigned a checkpoint. */
  readonly witnesses?: readonly NoteKey[];
  /** Certificates of authorities, one of whom must have stamped a checkpoint with the time. */
  readonly authorities?: readonly Certificate[];
}

/** What the signatures of a bundle come to. */
export interface Trusted {
  readonly head: Checkpoint;
  /** The ledger's, the oldest first. */
  readonly keys: readonly NoteKey[];
  /** Names of others who signed the checkpoint; their signatures are not checked. */
  readonly others: readonly string[];
  readonly witnessed: readonly Attested[];
  readonly stamped?: Attested;
  /** Earlier checkpoints that lead to this one. */
  readonly earlier: number;
  /** How many leaves the kept checkpoint has, where the ledger goes on from it. */
  readonly since?: number;
}

/**
 * Checks signatures: of the manifest, of the checkpoint, of earlier checkpoints and how they lead to this one, of changes
 * of the key; and holds them against what is known from elsewhere.
 *
 * @param manifest as read, and its text
 * @throws Broken where there is no checkpoint to prove anything under
 */
export async function checkTrust(
  bundle: Bundle,
  { manifest, text }: { readonly manifest: Manifest; readonly text: string },
  { key, since, witnesses = [], authorities }: Known,
  machine: Machine,
  findings: Findings,
): Promise<Trusted> {
  const origin = `enishi/${manifest.ledger}`;
  const lines = await bundle.text(FILES.keys);
  const keys = keysIn(lines, origin, machine);
  await findings.within(async () => {
    checkSignature(await bundle.text(FILES.signature), text, keys, machine);
  });
  const current = signed(
    await bundle.text(FILES.checkpoint),
    { file: FILES.checkpoint },
    { origin, keys },
    machine,
  );
  const { size, root } = current.checkpoint;
  if (size !== manifest.checkpoint.size || toBase64(root) !== manifest.checkpoint.root)
    findings.add({ code: 'checkpoint-differs', file: FILES.checkpoint });
  const earlier = (await findings.within(() => history(bundle, current, keys, machine, findings))) ?? [];
  const known = [...earlier, current];
  const named = keys.map((one, at) => ({ key: one, line: lines.split('\n')[at]! }));
  checkKeyChanges(named, known, FILES.keys, findings);
  if (key !== undefined && !keys.some(({ publicKey }) => sameHash(publicKey, key.publicKey)))
    findings.add({ code: 'key-not-yours', file: FILES.keys });
  const found = since === undefined ? undefined : sinceIn(since, { origin, keys }, known, machine);
  if (found?.code !== undefined) findings.add({ code: found.code });
  const witnessed = checkWitnesses(known, witnesses, machine, findings);
  const stamped = authorities && (await checkStamp(bundle, known, authorities, machine, findings));
  return {
    head: current.checkpoint,
    keys,
    others: othersOf(current.note, [...keys, ...witnesses]),
    witnessed,
    ...(stamped && { stamped }),
    earlier: earlier.length,
    ...(found?.size !== undefined && { since: found.size }),
  };
}

function keysIn(text: string, origin: string, { hash }: Machine): readonly NoteKey[] {
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.length === 0 || new Set(lines).size < lines.length)
    throw new Broken({ code: 'keys-malformed', file: FILES.keys });
  return lines.map((line, at) => {
    const place = { file: FILES.keys, line: at + 1 };
    const key = formed(() => readNoteKey(line, hash), { code: 'keys-malformed', ...place });
    if (key.name !== origin) throw new Broken({ code: 'key-of-another-ledger', ...place });
    return key;
  });
}

function checkSignature(text: string, manifest: string, keys: readonly NoteKey[], machine: Machine): void {
  const place = { file: FILES.signature };
  const note = formed(() => readNote(text), { code: 'manifest-signature-malformed', ...place });
  const signers = signersOf(note, keys, machine);
  if (signers === undefined) throw new Broken({ code: 'manifest-forged', ...place });
  if (note.text !== signatureText(machine.hash(new TextEncoder().encode(manifest))))
    throw new Broken({ code: 'manifest-changed', file: FILES.manifest });
  if (!signers.includes(keys.at(-1)!)) throw new Broken({ code: 'manifest-unsigned', ...place });
}

async function history(
  bundle: Bundle,
  { checkpoint: head }: Signed,
  keys: readonly NoteKey[],
  machine: Machine,
  findings: Findings,
): Promise<readonly Signed[]> {
  const file = bundle.file(FILES.history);
  const earlier: Signed[] = [];
  for (let text = await file.next(); text !== undefined; text = await file.next()) {
    const place = { file: FILES.history, line: file.line };
    const line = canonicalObject(text);
    const path = hashesOf(line?.['path']);
    if (line === undefined || !hasOnly(line, ['note', 'path']) || typeof line['note'] !== 'string' || !path)
      throw new Broken({ code: 'history-malformed', ...place });
    const note = line['note'];
    const one = findings.withinNow(() => signed(note, place, { origin: head.origin, keys }, machine));
    if (one === undefined) continue;
    if (one.checkpoint.size <= (earlier.at(-1)?.checkpoint.size ?? -1))
      throw new Broken({ code: 'history-malformed', ...place });
    if (verifyConsistency(one.checkpoint, head, path, machine.hash)) earlier.push(one);
    else findings.add({ code: 'history-inconsistent', ...place });
  }
  return earlier;
}

/** Whether the ledger goes on from the checkpoint that was kept. */
function sinceIn(
  kept: string,
  ledger: { readonly origin: string; readonly keys: readonly NoteKey[] },
  known: readonly Signed[],
  machine: Machine,
): { readonly code?: FindingCode; readonly size?: number } {
  let older: Checkpoint;
  try {
    older = signed(kept, {}, ledger, machine).checkpoint;
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return { code: SINCE[error.finding.code] ?? 'since-malformed' };
  }
  if (older.size > known.at(-1)!.checkpoint.size) return { code: 'bundle-older' };
  const same = known.find(({ checkpoint }) => checkpoint.size === older.size);
  if (same === undefined) return { code: 'since-no-way' };
  return sameHash(same.checkpoint.root, older.root) ? { size: older.size } : { code: 'rewritten' };
}

const SINCE: Partial<Record<FindingCode, FindingCode>> = {
  'checkpoint-of-another-ledger': 'since-of-another-ledger',
  'checkpoint-forged': 'since-unsigned',
  'checkpoint-unsigned': 'since-unsigned',
  'checkpoint-of-unknown-key': 'since-unsigned',
};

function othersOf({ signatures }: SignedNote, keys: readonly NoteKey[]): readonly string[] {
  const names = signatures.map(({ name }) => name).filter((name) => keys.every((key) => key.name !== name));
  return [...new Set(names)];
}
