import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  checkTimestamp,
  readPem,
  readTimestamp,
  StampFault,
  writeRequest,
  type Certificate,
  type StampMachine,
} from '@enishi/timestamping';
import { readNote } from '@enishi/transparency';
import type { Pool } from 'pg';
import { post, shownAddress } from './outside-request';
import { NotAccepted, type Receiver } from './receivers';
import { publishedCheckpoint, sha256, type SignedCheckpoint } from './tree-tables';

/** An authority that stamps checkpoints with the time. */
export interface TimestampAuthority {
  /** Where it answers (RFC 3161 section 3.4). */
  readonly url: string;
  /** A file of certificates that its own must lead to; left out, whoever answers is believed here. */
  readonly certificates?: string;
  /** A checkpoint is stamped at most once in so many seconds. */
  readonly everySeconds: number;
}

/** By how many seconds an authority's clock may differ from ours. */
const DIFFERENCE_SECONDS = 300;
const NONCE_BYTES = 8;

/** Has the text of checkpoints stamped by an authority (RFC 3161), and keeps its answers. */
export function timestampReceiver(
  pool: Pool,
  { url, certificates, everySeconds }: TimestampAuthority,
  machine: StampMachine,
): Receiver {
  return {
    kind: 'timestamp',
    name: shownAddress(url),
    everySeconds,
    async hand({ size, note }, _known, signal) {
      const trusted = certificates === undefined ? undefined : await certificatesIn(certificates);
      const imprint = sha256(Buffer.from(readNote(note).text));
      const nonce = newNonce();
      const request = writeRequest(imprint, nonce);
      const answer = await post(url, request, 'application/timestamp-query', signal);
      if (answer.status !== 200) throw new NotAccepted(`answered-${answer.status}`);
      const { at, authority } = await checked(answer.body, { imprint, nonce }, trusted, machine);
      if (Math.abs(at - Date.now()) > DIFFERENCE_SECONDS * 1000) throw new NotAccepted('time-wrong');
      await pool.query(
        `INSERT INTO app.checkpoint_timestamps (size, authority, answer, stamped_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING`,
        [size, authority, answer.body, new Date(at)],
      );
    },
  };
}

/** A positive number whose form in DER is exactly these bytes. */
function newNonce(): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  nonce[0] = (nonce[0]! & 0x3f) | 0x40;
  return nonce;
}

/** Read each time, so that certificates can be replaced while the server runs. @throws NotAccepted */
async function certificatesIn(file: string): Promise<readonly Certificate[]> {
  try {
    return readPem(await readFile(file, 'utf8'));
  } catch {
    // No file, no right to read it, or no certificates in it.
    throw new NotAccepted('certificates-unreadable');
  }
}

/** @throws NotAccepted with the code of what is wrong */
async function checked(
  answer: Uint8Array,
  asked: { readonly imprint: Uint8Array; readonly nonce: Uint8Array },
  trusted: readonly Certificate[] | undefined,
  machine: StampMachine,
): ReturnType<typeof checkTimestamp> {
  try {
    const stamp = readTimestamp(answer);
    if (Buffer.compare(stamp.imprint, asked.imprint) !== 0) throw new NotAccepted('timestamp-of-another');
    const isAnswer = stamp.nonce !== undefined && Buffer.compare(stamp.nonce, asked.nonce) === 0;
    if (!isAnswer) throw new NotAccepted('timestamp-nonce-wrong');
    return await checkTimestamp(stamp, trusted, machine);
  } catch (error) {
    throw error instanceof StampFault ? new NotAccepted(`timestamp-${error.code}`) : error;
  }
}

/** A checkpoint that an authority stamped. */
export interface StampedCheckpoint extends SignedCheckpoint {
  /** By the authority's clock. */
  readonly stampedAt: Date;
  /** The name in the certificate that signed. */
  readonly authority: string;
  /** As it was answered (TimeStampResp, DER). */
  readonly answer: Uint8Array;
}

/**
 * The newest checkpoint that an authority stamped; what was stamped is its text, up to the empty line and without it.
 * @param most leaves that it may have
 */
export async function newestStamped(
  pool: Pool,
  most = Number.MAX_SAFE_INTEGER,
): Promise<StampedCheckpoint | undefined> {
  const { rows } = await pool.query<{ size: string; authority: string; answer: Buffer; stamped_at: Date }>(
    `SELECT size, authority, answer, stamped_at FROM app.checkpoint_timestamps
      WHERE size <= $1 ORDER BY size DESC LIMIT 1`,
    [most],
  );
  const [row] = rows;
  const checkpoint = row && (await publishedCheckpoint(pool, Number(row.size)));
  if (!checkpoint) return undefined;
  return { ...checkpoint, stampedAt: row.stamped_at, authority: row.authority, answer: row.answer };
}
