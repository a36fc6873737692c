import { join } from 'node:path';
import type { Category } from '@enishi/domain';
import type { ClientBase } from 'pg';
import { writeDurably } from './durable-file';
import { VaultError } from './errors';
import { appendLines, readLines } from './outside-list';
import type { Subject } from './port';

/** A key that was destroyed, as the list outside the databases keeps it. */
export interface Shred {
  /** The closing's number in the vault that destroyed it. */
  readonly number: number;
  readonly subject: Subject;
  readonly category: Category;
  readonly generation: number;
  /** When, by whom, why, and the event that decided it: what the tombstone says. */
  readonly at: string;
  readonly by: string;
  readonly why: string;
  readonly event: string;
}

/** The file of a ledger's list. */
export function shredFile(directory: string, ledgerId: string): string {
  return join(directory, `${ledgerId}.shreds.ndjson`);
}

/**
 * Every key the list names, in the order of the file.
 * @throws VaultError `shreds-damaged` where any other line is no entry.
 */
export async function readShreds(directory: string, ledgerId: string): Promise<readonly Shred[]> {
  const lines = await readLines(shredFile(directory, ledgerId));
  return lines.map((line, index) => {
    const shred = parse(line);
    if (shred) return shred;
    throw new VaultError('shreds-damaged', `line ${index + 1} of the list of destroyed keys is no entry`);
  });
}

/** Adds entries, durable when this resolves. One writer at a time. */
export async function appendShreds(
  directory: string,
  ledgerId: string,
  shreds: readonly Shred[],
): Promise<void> {
  await appendLines(shredFile(directory, ledgerId), shreds.map(toLine));
}

/** Writes into `directory` what both lists name; for bringing back, or keeping, a copy. */
export async function mergeShreds(
  directory: string,
  ledgerId: string,
  others: readonly Shred[],
): Promise<void> {
  const own = await readShreds(directory, ledgerId);
  const known = new Set(own.map(nameOf));
  const fresh = others.filter((shred) => !known.has(nameOf(shred)));
  if (fresh.length === 0) return;
  await writeDurably(shredFile(directory, ledgerId), [...own, ...fresh].map(toLine).join(''));
}

/** The greatest number in a list. Its entries need not stand in the order in which their keys were closed. */
export function lastShred(shreds: readonly Shred[]): number {
  return shreds.reduce((greatest, { number }) => Math.max(greatest, number), 0);
}

/** Which key it is. */
export function nameOf({
  subject,
  category,
  generation,
}: Pick<Shred, 'subject' | 'category' | 'generation'>): string {
  return `${subject} ${category} ${generation}`;
}

const SLICE = 5_000;

/** What the list says of keys and the vault does not: as the columns of `unnest`. */
const LISTED = `unnest($1::text[], $2::text[], $3::integer[], $4::bigint[], $5::timestamptz[], $6::text[], $7::text[], $8::text[])
  AS l (subject, category, generation, number, at, by, why, event)`;

const columns = (slice: readonly Shred[]): unknown[] => [
  slice.map(({ subject }) => subject),
  slice.map(({ category }) => category),
  slice.map(({ generation }) => generation),
  slice.map(({ number }) => number),
  slice.map(({ at }) => at),
  slice.map(({ by }) => by),
  slice.map(({ why }) => why),
  slice.map(({ event }) => event),
];

/** closing → destroyed for what the list names: whoever wrote it there had waited for every process. */
const FINISH = `
  UPDATE vault.keys k SET state = 'destroyed', wrapped = NULL, destroyed_at = l.at, destroyed_by = l.by,
    destroyed_why = l.why, plan_event_id = l.event
  FROM ${LISTED} WHERE (k.subject, k.category, k.generation) = (l.subject, l.category, l.generation)
    AND k.state = 'closing'`;

/**
 * Finishes what broke off between the list and the vault, and answers how many listed keys this vault still has, or
 * never had: it is older than the list. Their people were erased and must not come back.
 */
export async function undoneShreds(db: Pick<ClientBase, 'query'>, shreds: readonly Shred[]): Promise<number> {
  let undone = 0;
  for (let at = 0; at < shreds.length; at += SLICE) {
    const values = columns(shreds.slice(at, at + SLICE));
    await db.query(FINISH, values);
    const { rows } = await db.query<{ undone: number }>(
      `SELECT count(*)::integer AS undone FROM ${LISTED} LEFT JOIN vault.keys k USING (subject, category, generation)
       WHERE k.state IS DISTINCT FROM 'destroyed'`,
      values,
    );
    undone += rows[0]!.undone;
  }
  return undone;
}

/**
 * Destroys in this vault every key that the list names, before anything is served. A key that it never had gets its
 * tombstone too, so that nothing is sealed for that person. Runs in the caller's transaction.
 * @returns how many keys were destroyed now.
 */
export async function applyShreds(db: Pick<ClientBase, 'query'>, shreds: readonly Shred[]): Promise<number> {
  let applied = 0;
  for (let at = 0; at < shreds.length; at += SLICE) {
    const values = columns(shreds.slice(at, at + SLICE));
    await db.query(
      `UPDATE vault.keys k SET state = 'closing', closing_number = l.number, closed_at = l.at, closed_by = l.by,
         closed_why = l.why
       FROM ${LISTED} WHERE (k.subject, k.category, k.generation) = (l.subject, l.category, l.generation)
         AND k.state = 'live'`,
      values,
    );
    const destroyed = await db.query(FINISH, values);
    const buried = await db.query(
      `INSERT INTO vault.keys (subject, category, generation, state, created_at, closing_number, closed_at, closed_by,
         closed_why, destroyed_at, destroyed_by, destroyed_why, plan_event_id)
       SELECT subject, category, generation, 'destroyed', at, number, at, by, why, at, by, why, event FROM ${LISTED}
       ON CONFLICT DO NOTHING`,
      values,
    );
    applied += (destroyed.rowCount ?? 0) + (buried.rowCount ?? 0);
  }
  await db.query('UPDATE vault.closings SET last = $1 WHERE last < $1', [lastShred(shreds)]);
  return applied;
}

const toLine = ({ number, subject, category, generation, at, by, why, event }: Shred): string =>
  `${JSON.stringify({ number, subject, category, generation, at, by, why, event })}\n`;

function parse(line: string): Shred | undefined {
  try {
    const shred = JSON.parse(line) as Partial<Shred>;
    const { number, subject, category, generation, at, by, why, event } = shred;
    const texts = [subject, category, at, by, why, event].every((text) => typeof text === 'string');
    return texts && Number.isInteger(number) && Number.isInteger(generation) ? (shred as Shred) : undefined;
  } catch {
    return undefined;
  }
}
