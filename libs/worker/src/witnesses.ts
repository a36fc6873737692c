import {
  cosignaturesOf,
  Malformed,
  readNote,
  readNoteKey,
  writeNoteKey,
  type NoteKey,
} from '@enishi/transparency';
import type { Pool } from 'pg';
import { isOutsideAddress, postText } from './outside-request';
import { checkpointFrom } from './proofs';
import { NotAccepted, type Receiver } from './receivers';
import { noteTools, sha256, type SignedCheckpoint } from './tree-tables';

/** Somebody outside who cosigns checkpoints that go on from what it saw before (C2SP tlog-witness). */
export interface Witness {
  readonly key: NoteKey;
  /** Where `add-checkpoint` is asked for, without a slash at the end. */
  readonly url: string;
}

/**
 * Witnesses as settings name them: key and address with a blank between, several by comma.
 * @returns undefined where the text is not so, or names a witness twice
 */
export function readWitnesses(
  text: string,
  allowed: { readonly loopback: boolean },
): readonly Witness[] | undefined {
  const witnesses = text.split(',').map((one) => {
    const [line = '', url = '', ...rest] = one.trim().split(/\s+/);
    const key = witnessKey(line);
    const isWitness = key && rest.length === 0 && isOutsideAddress(url, allowed) && !url.includes('?');
    return isWitness ? { key, url: url.replace(/\/+$/, '') } : undefined;
  });
  const found = witnesses.filter((witness) => witness !== undefined);
  const names = new Set(found.map(({ key }) => key.name));
  return found.length === witnesses.length && names.size === found.length ? found : undefined;
}

function witnessKey(line: string): NoteKey | undefined {
  try {
    return readNoteKey(line, sha256, 'cosignature');
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** Asks a witness for its cosignature, and keeps it. */
export function witnessReceiver(pool: Pool, { key, url }: Witness): Receiver {
  const ask = async (checkpoint: SignedCheckpoint, known: number, signal: AbortSignal) =>
    postText(`${url}/add-checkpoint`, await checkpointFrom(pool, known, checkpoint), signal);
  return {
    kind: 'witness',
    name: key.name,
    everySeconds: 0,
    async hand(checkpoint, known, signal) {
      let answer = await ask(checkpoint, known, signal);
      if (answer.status === 409) {
        // It saw another one last than we know of: it says which, and is asked once more from there.
        const seen = seenIn(answer.type, answer.body);
        if (seen === undefined || seen === known) throw new NotAccepted('conflict');
        if (seen > checkpoint.size) throw new NotAccepted('ahead');
        answer = await ask(checkpoint, seen, signal);
      }
      // 422: what we call a proof does not lead from what it saw to what we show (C2SP tlog-witness).
      if (answer.status === 409 || answer.status === 422) throw new NotAccepted('conflict');
      if (answer.status !== 200) throw new NotAccepted(`answered-${answer.status}`);
      await keepCosignature(pool, checkpoint, key, answer.body.toString('utf8'));
    },
  };
}

function seenIn(type: string, body: Buffer): number | undefined {
  const text = body.toString('utf8');
  const isSize = type === 'text/x.tlog.size' && /^(0|[1-9]\d{0,15})\n$/.test(text);
  return isSize ? Number(text) : undefined;
}

/** By how many seconds a witness's clock may be before ours. */
const EARLY_SECONDS = 300;

/** Lines of keys that are not the witness's are passed over, as the protocol asks. @throws NotAccepted */
async function keepCosignature(
  pool: Pool,
  { size, note }: SignedCheckpoint,
  key: NoteKey,
  answer: string,
): Promise<void> {
  const { text } = readNote(note);
  for (const line of answer.split('\n').filter((one) => one !== '')) {
    const found = readCosignature(`${text}\n${line}\n`, key);
    if (found === undefined) throw new NotAccepted('signature-wrong');
    const [cosignature] = found;
    if (cosignature === undefined) continue;
    if (cosignature.at > Date.now() / 1000 + EARLY_SECONDS) throw new NotAccepted('time-wrong');
    await pool.query(
      `INSERT INTO app.cosignatures (size, witness, line, signed_at) VALUES ($1, $2, $3, to_timestamp($4))
       ON CONFLICT DO NOTHING`,
      [size, writeNoteKey(key, sha256, 'cosignature'), `${line}\n`, cosignature.at],
    );
    return;
  }
  throw new NotAccepted('signature-missing');
}

function readCosignature(note: string, key: NoteKey): ReturnType<typeof cosignaturesOf> {
  try {
    return cosignaturesOf(readNote(note), [key], noteTools);
  } catch (error) {
    if (error instanceof Malformed) throw new NotAccepted('answer-malformed');
    throw error;
  }
}
