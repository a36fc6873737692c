import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { canonical } from '@enishi/transparency';
import type { Vault } from '@enishi/vault';
import { plain } from './plain';
import { ProblemError } from './problem';

const NONCE = 12;
const TAG = 16;
const keys = new WeakMap<Vault, Buffer>();

/** One key for the cursors of a ledger, the same on every server. */
function keyOf(vault: Vault): Buffer {
  const known = keys.get(vault);
  if (known !== undefined) return known;
  const key = Buffer.from(
    hkdfSync('sha256', Buffer.from(vault.tag('cursor'), 'hex'), '', 'enishi cursor', 32),
  );
  keys.set(vault, key);
  return key;
}

/**
 * The list that a question gives: a cursor goes on with the question that it was answered to, and with no other.
 * @param question without what may change from page to page
 */
export function listOf(name: string, question: object): string {
  return `${name} ${canonical(plain(question))}`;
}

/**
 * A page's cursor for a client: sealed, because the sort key in it is a person's name.
 * @param list which list it belongs to; another list refuses it
 */
export function sealCursor(vault: Vault, list: string, value: object): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', keyOf(vault), nonce).setAAD(Buffer.from(list));
  const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url');
}

/** @throws ProblemError 400 for anything that {@link sealCursor} did not make for this list */
export function openCursor<T extends object>(vault: Vault, list: string, cursor: string): T {
  try {
    const bytes = Buffer.from(cursor, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', keyOf(vault), bytes.subarray(0, NONCE)).setAAD(
      Buffer.from(list),
    );
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG));
    const body = Buffer.concat([
      decipher.update(bytes.subarray(NONCE, bytes.length - TAG)),
      decipher.final(),
    ]);
    return JSON.parse(body.toString('utf8')) as T;
  } catch {
    throw new ProblemError(400, 'cursor-not-valid', 'The cursor is not one of this list');
  }
}
