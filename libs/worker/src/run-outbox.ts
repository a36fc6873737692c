import { setTimeout as sleep } from 'node:timers/promises';
import { createdId, noteLetter, systemContext, type Ledger } from '@enishi/application/ledger';
import type { UndeliveredGround } from '@enishi/domain';
import { codeOf } from '@enishi/projections/engine';
import type { Pool } from 'pg';
import { writeMail, type PrintLetter, type Written } from './letters';
import { noteDigest } from './notices/digest';
import type { Mailbox, NoticeRoom } from './notices/notice';
import { SendFault, type MailDoor } from './mail-door';
import { Outbox, type QueuedLetter } from './outbox';
import type { RunnerLog } from './runner-log';
import { RunnerSession } from './runner-session';

/** The lock under which letters have one sender. */
export const OUTBOX_LOCK = 'outbox';

export interface OutboxOptions {
  readonly ledger: Ledger;
  readonly pool: Pool;
  readonly door: MailDoor;
  /** The address people open. */
  readonly publicUrl: string;
  /** Mail addresses that checkpoints are kept at. */
  readonly keepers?: readonly string[];
  /** Prints the sheet that goes with a letter to somebody. */
  readonly print?: PrintLetter;
  /** All that waits for anybody: of what the daily mail tells. */
  readonly work?: NoticeRoom['work'];
  /** Where those of a role are written to. */
  readonly mailboxes?: ReadonlyMap<string, Mailbox>;
  readonly signal: AbortSignal;
  readonly logger?: RunnerLog;
  readonly pollMs?: number;
}

/**
 * Sends what waits, one letter after the other, until the signal; in one process at a time. That a letter is being sent is
 * written before, and what came of it after: one whose sender died in between is `unknown`, and not sent again by itself.
 * Nothing else waits for a mail server. Never throws.
 */
export async function runOutbox(options: OutboxOptions): Promise<void> {
  const { pool, signal, logger, pollMs = 1000 } = options;
  const session = new RunnerSession(pool);
  const outbox = new Outbox(pool);
  while (!signal.aborted) {
    try {
      const held = await session.hold(OUTBOX_LOCK, 'serving', signal, pollMs);
      if (held) {
        try {
          const until = AbortSignal.any([signal, held.lost]);
          await sendWhileHeld({ ...options, signal: until }, outbox, pollMs);
        } finally {
          await held.release();
        }
      }
    } catch (error) {
      if (!signal.aborted) logger?.warn({ code: codeOf(error) }, 'outbox retries');
    }
    await sleep(pollMs, undefined, { signal }).catch(() => undefined);
  }
  await session.close();
}

async function sendWhileHeld(options: OutboxOptions, outbox: Outbox, pollMs: number): Promise<void> {
  const { signal, logger } = options;
  const left = await outbox.interrupted();
  if (left > 0) logger?.warn({ alarm: 'letters-unknown', letters: left }, 'sending was interrupted');
  while (!signal.aborted) {
    const letter = await outbox.take();
    if (letter) await sendOne(options, outbox, letter);
    else await sleep(pollMs, undefined, { signal }).catch(() => undefined);
  }
}

async function sendOne(options: OutboxOptions, outbox: Outbox, queued: QueuedLetter): Promise<void> {
  const { door, signal, logger } = options;
  let written: Written;
  try {
    written = await writeMail(options, queued);
  } catch (error) {
    return later(options, outbox, queued, codeOf(error));
  }
  if ('dropped' in written) return outbox.settle(queued, 'dropped', written.dropped);
  if ('later' in written) return later(options, outbox, queued, written.later);
  try {
    await door.send(written.letter, signal);
  } catch (error) {
    const { outcome, code } = error instanceof SendFault ? error : new SendFault('unknown', codeOf(error));
    logger?.warn({ notice: queued.notice, outcome, code }, 'letter not sent');
    if (outcome === 'later') return later(options, outbox, queued, code);
    if (outcome === 'refused') await noteFailed(options, queued, 'refused');
    return outbox.settle(queued, outcome === 'refused' ? 'failed' : 'unknown', code);
  }
  if (queued.notice === 'letter') {
    const context = systemContext('outbox', createdId(queued.id, 'sent'));
    await noteLetter(options.ledger, queued.aboutId, { kind: 'NoteSent', means: 'email' }, context);
  }
  if (queued.notice === 'digest') await noteDigest(options.ledger, queued);
  await outbox.settle(queued, 'sent');
}

async function later(
  options: OutboxOptions,
  outbox: Outbox,
  queued: QueuedLetter,
  code: string,
): Promise<void> {
  if (!(await outbox.postpone(queued, code))) await noteFailed(options, queued, 'attempts');
}

/** That a letter to somebody has not gone out stands in the ledger, as its sending would. */
async function noteFailed(
  { ledger }: OutboxOptions,
  { id, notice, aboutId, attempts }: QueuedLetter,
  ground: UndeliveredGround,
): Promise<void> {
  if (notice !== 'letter') return;
  const context = systemContext('outbox', createdId(id, `failed ${attempts}`));
  await noteLetter(ledger, aboutId, { kind: 'NoteNotDelivered', ground }, context);
}
