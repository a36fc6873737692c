import { setTimeout as sleep } from 'node:timers/promises';
import {
  CHECKPOINT_STREAM,
  createdId,
  decidingInstant,
  eventId,
  metadataOf,
  systemContext,
  type Ledger,
} from '@enishi/application';
import { RevisionConflict, type RecordedEvent } from '@enishi/event-store';
import { codeOf, isTransient } from '@enishi/projections/engine';
import {
  checkpointText,
  noteKeyId,
  writeNote,
  writeNoteKey,
  type NoteKey,
  type TreeHead,
} from '@enishi/transparency';
import type { Pool } from 'pg';
import { growTree, TreeMismatch } from './grow-tree';
import type { RunnerLog } from './runner-log';
import { RunnerSession } from './runner-session';
import { newestHead, sha256, unpublishedCheckpoints, type SignedCheckpoint } from './tree-tables';

/** What has been done of a checkpoint, in this order; each stands by itself. */
export type SealStep = 'grown' | 'signed' | 'appended';

export interface SealerOptions {
  readonly ledger: Ledger;
  readonly pool: Pool;
  /** A checkpoint is signed when something has waited so long for it, and the last one is as old. */
  readonly intervalSeconds: number;
  /** Told of each step that is done. What it throws stops the sealer there, as a crash would. */
  readonly onStep?: (step: SealStep) => void;
}

/** The name under which a ledger signs, which is its checkpoints' origin too: it lasts as long as the ledger. */
export function originOf(ledgerId: string): string {
  return `enishi/${ledgerId}`;
}

/** The public key that checkpoints of the ledger are signed with. */
export async function checkpointKey({ vault }: Pick<Ledger, 'vault'>): Promise<NoteKey> {
  const { publicKey } = await vault.signer();
  return { name: originOf(vault.ledgerId), publicKey };
}

/** That key as one line of text (a vkey of C2SP signed-note), to hand to whoever checks. */
export async function checkpointKeyLine(ledger: Pick<Ledger, 'vault'>): Promise<string> {
  return writeNoteKey(await checkpointKey(ledger), sha256);
}

/**
 * Carries on whatever a sealer before left half-done; then, where one is due, makes a checkpoint: the tree is extended,
 * its head signed, the event appended, the checkpoint shown. A ledger in which nothing happened since the last one but
 * that checkpoint itself gets none.
 *
 * @returns whether a checkpoint was published
 * @throws TreeMismatch
 */
export async function sealIfDue(options: SealerOptions): Promise<boolean> {
  const { pool, onStep = () => undefined } = options;
  const left = await unpublishedCheckpoints(pool);
  for (const checkpoint of left) await publish(options, checkpoint);
  const target = await dueTarget(options);
  if (target === undefined) return left.length > 0;
  const head = (await growTree(pool, target))!;
  onStep('grown');
  await sign(options, head);
  onStep('signed');
  for (const checkpoint of await unpublishedCheckpoints(pool)) await publish(options, checkpoint);
  return true;
}

/**
 * How many leaves the next checkpoint covers; undefined while none is due, or while the leaves are being written anew
 * and the tree has more of them.
 */
async function dueTarget({ pool, intervalSeconds }: SealerOptions): Promise<number | undefined> {
  const made = await pool.query<{ made: boolean }>(`SELECT to_regclass('leaves.leaf') IS NOT NULL AS made`);
  if (!made.rows[0]!.made) return undefined;
  const { rows } = await pool.query<{ leaves: string; due: boolean | null }>(
    `WITH last AS (SELECT size, signed_at FROM app.checkpoints ORDER BY size DESC LIMIT 1),
       before AS (SELECT clock_timestamp() - make_interval(secs => $1) AS instant),
       uncovered AS (
         SELECT recorded_at FROM leaves.leaf l
          WHERE number > coalesce((SELECT size FROM last), 0)
            AND NOT EXISTS (SELECT FROM app.checkpoints c WHERE c.event_id = l.event_id)
          ORDER BY number LIMIT 1)
     SELECT coalesce((SELECT max(number) FROM leaves.leaf), 0) AS leaves,
       (SELECT recorded_at <= instant FROM uncovered, before)
         AND coalesce((SELECT signed_at <= instant FROM last, before), true) AS due`,
    [intervalSeconds],
  );
  const leaves = Number(rows[0]!.leaves);
  const grown = (await newestHead(pool))?.size ?? 0;
  return rows[0]!.due === true && leaves >= grown ? leaves : undefined;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Signs a head and keeps the note. Ed25519 signs the same text the same way, so that doing it twice changes nothing. */
async function sign({ ledger: { vault }, pool }: SealerOptions, { size, root }: TreeHead): Promise<void> {
  const signer = await vault.signer();
  const key = { name: originOf(vault.ledgerId), publicKey: signer.publicKey };
  const text = checkpointText({ origin: key.name, size, root });
  const signature = signer.sign(new TextEncoder().encode(text));
  const note = writeNote({
    text,
    signatures: [{ name: key.name, keyId: noteKeyId(key, sha256), signature }],
  });
  await pool.query(
    'INSERT INTO app.checkpoints (size, note, event_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [size, note, eventId(commandIdOf(vault.ledgerId, { size, root }), CHECKPOINT_STREAM, 0)],
  );
}

function commandIdOf(ledgerId: string, { size, root }: TreeHead): string {
  return createdId(ledgerId, `checkpoint/${size}/${hex(root)}`);
}

/** Appends the checkpoint's event where it is not there yet, and shows the checkpoint. */
async function publish(options: SealerOptions, checkpoint: SignedCheckpoint): Promise<void> {
  const { pool, ledger, onStep = () => undefined } = options;
  while (!(await append(ledger, checkpoint)));
  onStep('appended');
  await pool.query('INSERT INTO app.published_checkpoints (size) VALUES ($1) ON CONFLICT DO NOTHING', [
    checkpoint.size,
  ]);
}

/**
 * Only the stream's last event is read, since the stream grows for as long as the ledger lives: sizes only grow, so
 * that it tells whether this checkpoint is in it.
 *
 * @returns whether its event stands in the stream; false where another was appended meanwhile
 * @throws TreeMismatch where the ledger holds another checkpoint of the same size
 */
async function append(ledger: Ledger, { size, root, eventId: id }: SignedCheckpoint): Promise<boolean> {
  const { store, vault, clock } = ledger;
  const [last] = await store.readStream(CHECKPOINT_STREAM, { direction: 'backwards', limit: 1 });
  if (last && last.id !== id && last.data['size'] === size) throw new TreeMismatch(size);
  if (last && Number(last.data['size']) >= size) return true;
  const event = { type: 'CheckpointSigned', data: { size, root: hex(root) } } as const;
  const lease = vault.lease();
  try {
    const [data] = await lease.seal([{ stream: CHECKPOINT_STREAM, id, event }]);
    const context = systemContext('sealer', commandIdOf(vault.ledgerId, { size, root }));
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
