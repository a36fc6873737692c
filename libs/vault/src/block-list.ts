import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { writeDurably } from './durable-file';
import { VaultError } from './errors';
import { appendLines, readLines } from './outside-list';

/** An identity that brings nobody back until a time, as the list outside the databases keeps it. */
export interface Block {
  /** HMAC of source and number under the ledger's secret, hex: says nothing without it. */
  readonly tag: string;
  readonly alumnusId: string;
  readonly until: string;
}

function blockFile(directory: string, ledgerId: string): string {
  return join(directory, `${ledgerId}.blocks.ndjson`);
}

/** @throws VaultError `shreds-damaged` where a line is no entry, `shreds-unreadable` */
export async function readBlocks(directory: string, ledgerId: string): Promise<readonly Block[]> {
  return (await readLines(blockFile(directory, ledgerId))).map((line, index) => {
    const block = parse(line);
    if (block) return block;
    throw new VaultError('shreds-damaged', `line ${index + 1} of the list of blocked identities is no entry`);
  });
}

/** Adds entries, durable when this resolves. One writer at a time. */
export async function appendBlocks(
  directory: string,
  ledgerId: string,
  blocks: readonly Block[],
): Promise<void> {
  await appendLines(blockFile(directory, ledgerId), blocks.map(toLine));
}

/** Writes into `directory` what both lists name; for bringing back, or keeping, a copy. */
export async function mergeBlocks(
  directory: string,
  ledgerId: string,
  others: readonly Block[],
): Promise<void> {
  const own = await readBlocks(directory, ledgerId);
  const known = new Set(own.map(toLine));
  const fresh = others.filter((block) => !known.has(toLine(block)));
  if (fresh.length > 0)
    await writeDurably(blockFile(directory, ledgerId), [...own, ...fresh].map(toLine).join(''));
}

const SLICE = 5_000;

/** An identity whose block has run out may be somebody else's by now: it is left as it stands. */
const APPLY = `
  INSERT INTO vault.identities AS i (tag, alumnus_id, state, reserved_at, blocked_until)
  SELECT DISTINCT ON (tag) decode(tag, 'hex'), id, 'blocked', clock_timestamp(), until
  FROM unnest($1::text[], $2::uuid[], $3::timestamptz[]) AS b (tag, id, until)
  WHERE until > clock_timestamp() ORDER BY tag, until DESC
  ON CONFLICT (tag) DO UPDATE SET state = 'blocked', blocked_until = excluded.blocked_until
  WHERE i.alumnus_id = excluded.alumnus_id`;

/** Blocks in this vault, which is older than the list, what the list names. Runs in the caller's transaction. */
export async function applyBlocks(db: Pick<ClientBase, 'query'>, blocks: readonly Block[]): Promise<void> {
  for (let at = 0; at < blocks.length; at += SLICE) {
    const slice = blocks.slice(at, at + SLICE);
    await db.query(APPLY, [
      slice.map(({ tag }) => tag),
      slice.map(({ alumnusId }) => alumnusId),
      slice.map(({ until }) => until),
    ]);
  }
}

const toLine = ({ tag, alumnusId, until }: Block): string => `${JSON.stringify({ tag, alumnusId, until })}\n`;

function parse(line: string): Block | undefined {
  try {
    const block = JSON.parse(line) as Partial<Block>;
    const { tag, alumnusId, until } = block;
    return [tag, alumnusId, until].every((text) => typeof text === 'string') ? (block as Block) : undefined;
  } catch {
    return undefined;
  }
}
