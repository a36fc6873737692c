import { createdId, readCompanyState, type Ledger } from '@enishi/application/ledger';
import { checkpointMail } from '@enishi/domain';
import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { Written } from './letters';
import { Outbox, type QueuedLetter } from './outbox';
import { checkpointFrom } from './proofs';
import type { Receiver } from './receivers';
import { publishedCheckpoint } from './tree-tables';

/** Behind the newest letters of a keeper nobody looks for an older one. */
const LOOKED_AT = 500;

/**
 * Has checkpoints mailed to somebody who keeps them. Accepted is what is in the outbox; what becomes of it there, the outbox
 * tells. The address stands in no row: a letter's id is made of it.
 */
export function mailedKeeper(pool: Pool, address: string, everySeconds: number): Receiver {
  return {
    kind: 'keeper',
    name: nameOf(address),
    everySeconds,
    async hand({ eventId }) {
      const id = letterIdOf(eventId, address);
      await new Outbox(pool).put({ id, notice: 'checkpoint', aboutId: eventId });
    },
  };
}

/** Of a mail address its domain, and what tells it from another there. */
function nameOf(address: string): string {
  const tag = createHash('sha256').update(address).digest('hex').slice(0, 8);
  return `mailto:${address.slice(address.lastIndexOf('@') + 1)}#${tag}`;
}

const letterIdOf = (eventId: string, address: string): string => createdId(eventId, `kept by ${address}`);

/**
 * Writes a checkpoint for a keeper: with the way there from the last one that was sent to him. One that a newer one waits
 * behind is dropped, and so is one for somebody who is no keeper any more.
 *
 * @param keepers mail addresses, as the settings name them now
 */
export async function writeKeeperMail(
  {
    ledger,
    pool,
    keepers,
  }: {
    readonly ledger: Pick<Ledger, 'store' | 'vault'>;
    readonly pool: Pool;
    readonly keepers: readonly string[];
  },
  { id, aboutId }: Pick<QueuedLetter, 'id' | 'aboutId'>,
  messageId: string,
): Promise<Written> {
  const to = keepers.find((address) => letterIdOf(aboutId, address) === id);
  if (to === undefined) return { dropped: 'no-longer-a-keeper' };
  const letters = await lettersTo(pool, to);
  const own = letters.find((letter) => letter.id === id);
  const checkpoint = own && (await publishedCheckpoint(pool, own.size));
  if (!checkpoint) return { dropped: 'checkpoint-gone' };
  if (letters.some(({ state, size }) => state === 'waiting' && size > checkpoint.size))
    return { dropped: 'newer-waits' };
  const before = letters.find(({ state, size }) => state === 'sent' && size <= checkpoint.size);
  const posted = await checkpointFrom(pool, before?.size ?? 0, checkpoint);
  const { party } = await readCompanyState(ledger);
  const about = { size: checkpoint.size, ...(party && { company: party.name }) };
  return { letter: { ...checkpointMail(posted, about), to, messageId } };
}

/** The letters of a keeper, of the largest checkpoint first. */
async function lettersTo(
  pool: Pool,
  address: string,
): Promise<readonly { readonly id: string; readonly state: string; readonly size: number }[]> {
  const { rows } = await pool.query<{ id: string; state: string; size: string; event_id: string }>(
    `SELECT o.id, o.state, c.size, c.event_id FROM app.outbox o JOIN app.checkpoints c ON c.event_id = o.about_id::text
      WHERE o.notice = 'checkpoint' ORDER BY c.size DESC LIMIT $1`,
    [LOOKED_AT],
  );
  return rows
    .filter((row) => row.id === letterIdOf(row.event_id, address))
    .map(({ id, state, size }) => ({ id, state, size: Number(size) }));
}
