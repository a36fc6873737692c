import { Malformed, readNoteKey, type NoteKey } from '@enishi/transparency';
import type { Pool } from 'pg';
import { keepCosignature } from './cosignatures';
import { isOutsideAddress, postText } from './outside-request';
import { checkpointFrom } from './proofs';
import { NotAccepted, type Receiver } from './receivers';
import { sha256, type SignedCheckpoint } from './tree-tables';

/** Somebody outside who cosigns checkpoints that go on from what it saw before (C2SP tlog-witness). */
export interface Witness {
  readonly key: NoteKey;
  /** Where `add-checkpoint` is asked for, without a slash at the end; absent where cosignatures are brought by hand. */
  readonly url?: string;
}

/**
 * Witnesses as settings name them: key and, where it can be asked, address with a blank between, several by comma.
 * @returns undefined where the text is not so, or names a witness twice
 */
export function readWitnesses(
  text: string,
  allowed: { readonly loopback: boolean },
): readonly Witness[] | undefined {
  const witnesses = text.split(',').map((one) => {
    const [line = '', url = '', ...rest] = one.trim().split(/\s+/);
    const key = witnessKey(line);
    if (key === undefined || rest.length > 0) return undefined;
    if (url === '') return { key };
    const isAddress = isOutsideAddress(url, allowed) && !url.includes('?');
    return isAddress ? { key, url: url.replace(/\/+$/, '') } : undefined;
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

/** Asks a witness that has an address for its cosignature, and keeps it. */
export function witnessReceiver(pool: Pool, { key, url }: Required<Witness>): Receiver {
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
