import {
  cosignaturesOf,
  Malformed,
  readCheckpoint,
  readNote,
  writeNoteKey,
  type NoteKey,
} from '@enishi/transparency';
import type { Pool } from 'pg';
import { NotAccepted } from './receivers';
import { noteTools, publishedCheckpoint, sha256, type SignedCheckpoint } from './tree-tables';

/** By how many seconds a witness's clock may be before ours. */
const EARLY_SECONDS = 300;

/**
 * Keeps what a witness signed under a checkpoint. Lines of keys that are not the witness's are passed over, as the
 * protocol asks.
 *
 * @param lines signature lines of a note
 * @returns the time in it, in seconds since 1970
 * @throws NotAccepted `signature-wrong`, `signature-missing`, `time-wrong`, `answer-malformed`
 */
export async function keepCosignature(
  pool: Pool,
  { size, note }: Pick<SignedCheckpoint, 'size' | 'note'>,
  key: NoteKey,
  lines: string,
): Promise<number> {
  const { text } = readNote(note);
  for (const line of lines.split('\n').filter((one) => one !== '')) {
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
    return cosignature.at;
  }
  throw new NotAccepted('signature-missing');
}

/** Leaves of the newest checkpoint that each witness cosigned. @param most that it may have */
export async function cosignedSizes(pool: Pool, most: number): Promise<readonly number[]> {
  const { rows } = await pool.query<{ size: string }>(
    'SELECT max(size) AS size FROM app.cosignatures WHERE size <= $1 GROUP BY witness',
    [most],
  );
  return rows.map(({ size }) => Number(size));
}

function readCosignature(note: string, key: NoteKey): ReturnType<typeof cosignaturesOf> {
  try {
    return cosignaturesOf(readNote(note), [key], noteTools);
  } catch (error) {
    if (error instanceof Malformed) throw new NotAccepted('answer-malformed');
    throw error;
  }
}

/** Who cosigned a checkpoint, and when by his clock. */
export interface Brought {
  /** Leaves of the checkpoint. */
  readonly size: number;
  readonly cosigned: readonly { readonly witness: string; readonly at: Date }[];
}

/**
 * Takes in cosignatures that somebody carried here: a checkpoint that was published, word for word, with lines of
 * witnesses below. They join its note; what is there already stays.
 *
 * @param witnesses whose lines are taken; those of others are passed over
 * @throws NotAccepted `note-malformed`, `checkpoint-unknown`, and as {@link keepCosignature}
 */
export async function bringCosignatures(
  pool: Pool,
  text: string,
  witnesses: readonly NoteKey[],
): Promise<Brought> {
  const { size, signedText } = read(text);
  const published = await publishedCheckpoint(pool, size);
  if (!published || readNote(published.note).text !== signedText) throw new NotAccepted('checkpoint-unknown');
  const lines = text.slice(signedText.length + 1);
  const cosigned: Brought['cosigned'][number][] = [];
  for (const key of witnesses) {
    const at = await keepCosignature(pool, published, key, lines).catch((error: unknown) => {
      if (error instanceof NotAccepted && error.code === 'signature-missing') return undefined;
      throw error;
    });
    if (at === undefined) continue;
    cosigned.push({ witness: key.name, at: new Date(at * 1000) });
    await noteAccepted(pool, key.name, size);
  }
  if (cosigned.length === 0) throw new NotAccepted('signature-missing');
  return { size, cosigned };
}

function read(text: string): { readonly size: number; readonly signedText: string } {
  try {
    const { checkpoint, note } = readCheckpoint(text);
    return { size: checkpoint.size, signedText: note.text };
  } catch (error) {
    if (error instanceof Malformed) throw new NotAccepted('note-malformed');
    throw error;
  }
}

/** An older one than the last says nothing new of how far the witness is. */
async function noteAccepted(pool: Pool, name: string, size: number): Promise<void> {
  await pool.query(
    `INSERT INTO app.checkpoint_receivers AS r (kind, name, size, accepted_at)
     VALUES ('witness', $1, $2, clock_timestamp())
     ON CONFLICT (kind, name) DO UPDATE
       SET size = excluded.size, accepted_at = excluded.accepted_at, failures = 0, problem = NULL
       WHERE r.size < excluded.size`,
    [name, size],
  );
}
