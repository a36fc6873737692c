import { setTimeout as sleep } from 'node:timers/promises';
import {
  CHECKPOINT_STREAM,
  decidingInstant,
  metadataOf,
  systemContext,
  type Ledger,
} from '@enishi/application/ledger';
import type { NewEvent } from '@enishi/domain';
import { RevisionConflict, type RecordedEvent } from '@enishi/event-store';
import { codeOf, isTransient } from '@enishi/projections/engine';
import { readCheckpoint } from '@enishi/transparency';
import type { Pool } from 'pg';
import { growTree, TreeMismatch } from './grow-tree';
import type { RunnerLog } from './runner-log';
import { RunnerSession } from './runner-session';
import { checkpointCommandId, signHead } from './sign-head';
import { ledgerKeys, type LedgerKey } from './signing-keys';
import { newestHead, unpublishedCheckpoints, type SignedCheckpoint } from './tree-tables';

/**
 * What has been done of a checkpoint, in this order; each stands by itself. `published` and, where the key changed,
 * `destroyed` (the old one) end it.
 */
export type SealStep = 'grown' | 'signed' | 'appended' | 'published' | 'destroyed';

export interface SealerOptions {
  readonly ledger: Ledger;
  readonly pool: Pool;
  /** A checkpoint is signed when something has waited so long for it, and the last one is as old. */
  readonly intervalSeconds: number;
  /** Told of each step that is done. What it throws stops the sealer there, as a crash would. */
  readonly onStep?: (step: SealStep) => void;
}

/**
 * Carries on whatever a sealer before left half-done; then, where one is due, makes a checkpoint: the tree is extended,
 * its head signed, the event appended, the checkpoint shown. A ledger in which nothing happened since the last one but
 * that checkpoint itself gets none. A key that waits makes one due at once: it and the key before sign it, and when it
 * was shown, the one before is destroyed.
 *
 * @returns whether a checkpoint was published
 * @throws TreeMismatch
 */
export async function sealIfDue(options: SealerOptions): Promise<boolean> {
  const { ledger, pool, onStep = () => undefined } = options;
  const left = await unpublishedCheckpoints(pool);
  for (const checkpoint of left) await publish(options, checkpoint);
  const keys = await ledgerKeys(ledger, pool);
  await destroyReplaced(options, keys);
  const waits = keys.some(({ state }) => state === 'waiting');
  const target = await dueTarget(options, waits);
  if (target === undefined) return left.length > 0;
  const head = (await growTree(pool, target))!;
  onStep('grown');
  await signHead(ledger, pool, head);
  onStep('signed');
  for (const checkpoint of await unpublishedCheckpoints(pool)) await publish(options, checkpoint);
  return true;
}

/** Behind the checkpoint that changed the key, nobody can sign under the one before any more. */
async function destroyReplaced(
  { ledger, onStep = () => undefined }: SealerOptions,
  keys: readonly LedgerKey[],
): Promise<void> {
  for (const { number, state, destroyedAt } of keys) {
    if (state !== 'replaced' || destroyedAt !== undefined) continue;
    await ledger.vault.signing.destroy(number);
    onStep('destroyed');
  }
}

/**
 * How many leaves the next checkpoint covers; undefined while none is due, or while the leaves are being written anew
 * and the tree has more of them.
 * @param atOnce it is due as soon as it would cover a leaf more than the last one
 */
async function dueTarget(
  { pool, intervalSeconds }: SealerOptions,
  atOnce: boolean,
): Promise<number | undefined> {
  const made = await pool.query<{ made: boolean }>(`SELECT to_regclass('leaves.leaf') IS NOT NULL AS made`);
  if (!made.rows[0]!.made) return undefined;
  const { rows } = await pool.query<{ leaves: string; due: boolean | null }>(
    `WITH last AS (SELECT size, signed_at FROM app.checkpoints ORDER BY size DESC LIMIT 1),
       before AS (SELECT clock_timestamp() - make_interval(secs => $1) AS instant),
       uncovered AS (
         SELECT recorded_at FROM leaves.leaf l
          WHERE number > coalesce((SELECT size FROM last), 0)
            AND NOT EXISTS (SELECT FROM app.checkpoints c WHERE c.event_id = l.event_id)
          ORDER BY number LIMIT 1),
       leaves AS (SELECT coalesce(max(number), 0) AS number FROM leaves.leaf)
     SELECT leaves.number AS leaves,
       CASE WHEN $2 THEN leaves.number > coalesce((SELECT size FROM last), 0)
       ELSE (SELECT recorded_at <= instant FROM uncovered, before)
         AND coalesce((SELECT signed_at <= instant FROM last, before), true) END AS due FROM leaves`,
    [intervalSeconds, atOnce],
  );
  const leaves = Number(rows[0]!.leaves);
  const grown = (await newestHead(pool))?.size ?? 0;
  return rows[0]!.due === true && leaves >= grown ? leaves : undefined;
}

/** Appends the checkpoint's event where it is not there yet, and shows the checkpoint. */
async function publish(options: SealerOptions, checkpoint: SignedCheckpoint): Promise<void> {
  const { pool, ledger, onStep = () => undefined } = options;
  while (!(await append(ledger, checkpoint)));
  onStep('appended');
  await pool.query('INSERT INTO app.published_checkpoints (size) VALUES ($1) ON CONFLICT DO NOTHING', [
    checkpoint.size,
  ]);
  onStep('published');
}

/**
 * Only the stream's last event is read, since the stream grows for as long as the ledger lives: sizes only grow, so
 * that it tells whether this checkpoint is in it.
 *
 * @returns whether its event stands in the stream; false where another was appended meanwhile
 * @throws TreeMismatch where the ledger holds another checkpoint of the same size
 */
async function append(ledger: Ledger, checkpoint: SignedCheckpoint): Promise<boolean> {
  const { size, eventId: id } = checkpoint;
  const { store, vault, clock } = ledger;
  const [last] = await store.readStream(CHECKPOINT_STREAM, { direction: 'backwards', limit: 1 });
  if (last && last.id !== id && last.data['size'] === size) throw new TreeMismatch(size);
  if (last && Number(last.data['size']) >= size) return true;
  const event = statementOf(checkpoint);
  const lease = vault.lease();
  try {
    const [data] = await lease.seal([{ stream: CHECKPOINT_STREAM, id, event }]);
    const context = systemContext('sealer', checkpointCommandId(vault.ledgerId, checkpoint));
    const decidedAt = decidingInstant(clock.now(), last ? [{ decidedAt: decidedAtOf(last) }] : []);
    const metadata = metadataOf(event, decidedAt, context);
    const expected = last?.revision ?? ('no-stream' as const);
    await store.append({
      ...{ stream: CHECKPOINT_STREAM, expected },
      events: [{ id, type: event.type, data: data!, metadata }],
    });
    return true;
  } catch (error) {
    if (error instanceof RevisionConflict) return false;
    throw error;
  } finally {
    lease.release();
  }
}

/** What the ledger says of a checkpoint. */
function statementOf({ size, root, note }: SignedCheckpoint): NewEvent {
  const { nextKey } = readCheckpoint(note).checkpoint;
  const data = { size, root: Buffer.from(root).toString('hex') };
  return nextKey === undefined
    ? { type: 'CheckpointSigned', data }
    : { type: 'SigningKeyChanged', data: { ...data, key: nextKey } };
}

const decidedAtOf = ({ metadata }: RecordedEvent): string => String(metadata['decidedAt']);

const POLL_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Seals until the signal, in whichever process holds the lock. Outages are waited for.
 * @throws TreeMismatch, and faults that no waiting cures
 */
export async function runSealer(
  options: SealerOptions & { readonly signal: AbortSignal; readonly logger?: RunnerLog },
): Promise<void> {
  const { pool, signal, logger } = options;
  const session = new RunnerSession(pool);
  let faults = 0;
  try {
    while (!signal.aborted) {
      try {
        const held = await session.hold('sealer', 'serving', signal, POLL_MS);
        try {
          while (!signal.aborted && held && !held.lost.aborted) {
            await sealIfDue(options);
            faults = 0;
            await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
          }
        } finally {
          await held?.release();
        }
      } catch (error) {
        if (signal.aborted) return;
        if (!isTransient(error) && !isOvertaken(error)) throw error;
        const pause = Math.min(POLL_MS * 2 ** faults++, LONGEST_PAUSE_MS);
        logger?.warn({ code: codeOf(error), pause }, 'sealer retries');
        await sleep(pause, undefined, { signal }).catch(() => undefined);
      }
    }
  } finally {
    await session.close();
  }
}

/** Another process extended the tree: this one was no longer the sealer, and changed nothing. */
function isOvertaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}
