/** A value that has no canonical form in the ledger. The message never holds the value. */
export class NotCanonical extends Error {
  constructor(readonly reason: 'lone-surrogate' | 'nul' | 'number' | 'not-json') {
    super(`value has no canonical form: ${reason}`);
    this.name = 'NotCanonical';
  }
}

// JSON.stringify writes a lone surrogate as \udXXX and NUL as \u0000; an even run of backslashes before it is text.
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;
const NUL = /(?<!\\)(?:\\\\)*\\u0000/;

/**
 * The text by RFC 8785. Written here, and not left to a package, because it runs for every field and every event:
 * one pass that checks and writes is several times faster. Its spec holds it against the package `canonicalize`.
 */
function write(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (Number.isInteger(value) ? !Number.isSafeInteger(value) : !Number.isFinite(value))
        throw new NotCanonical('number');
      return JSON.stringify(value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? writeList(value) : writeObject(value as Record<string, unknown>);
    default:
      throw new NotCanonical('not-json');
  }
}

function writeList(items: readonly unknown[]): string {
  let text = '';
  // By index, so that a hole counts as `undefined`, which JSON writes as null.
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at];
    text += `${at === 0 ? '' : ','}${item === undefined ? 'null' : write(item)}`;
  }
  return `[${text}]`;
}

function writeObject(object: Readonly<Record<string, unknown>>): string {
  if (typeof object['toJSON'] === 'function') return write((object as { toJSON(): unknown }).toJSON());
  let text = '';
  // `sort` without an argument compares UTF-16 code units, as the RFC asks.
  for (const name of Object.keys(object).sort()) {
    const member = object[name];
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${write(member)}`;
  }
  return `{${text}}`;
}

/**
 * Whether `JSON.stringify` writes exactly what {@link write} writes: every object is a plain one whose names already
 * stand in order, and nothing in it is to be refused. Then one native call does it all, and leaves no pieces behind.
 */
function isInOrder(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
    case 'object':
      if (value === null) return true;
      return Array.isArray(value)
        ? value.every((item) => item === undefined || isInOrder(item))
        : isObjectInOrder(value as Record<string, unknown>);
    default:
      return false;
  }
}

function isObjectInOrder(object: Readonly<Record<string, unknown>>): boolean {
  if (Object.getPrototypeOf(object) !== Object.prototype || object['toJSON'] !== undefined) return false;
  let last = '';
  for (const name in object) {
    // `<` compares UTF-16 code units, as the RFC asks.
    if (name < last) return false;
    const member = object[name];
    if (member !== undefined && !isInOrder(member)) return false;
    last = name;
  }
  return true;
}

/**
 * The canonical JSON text of a value (RFC 8785, JCS), the only form the ledger stores and hashes.
 * Narrower than the RFC: integers stay within ±(2^53 − 1) and strings hold no NUL, so that both event
 * stores give the same bytes back. Members that are `undefined` are left out.
 *
 * @throws NotCanonical for lone surrogates, NUL, unsafe or non-finite numbers, non-JSON values.
 * @example canonical({ b: 1, a: 'é' }) // '{"a":"é","b":1}'
 */
export function canonical(value: unknown): string {
  const text = isInOrder(value) ? JSON.stringify(value) : write(value);
  if (text.includes('\\ud') && LONE_SURROGATE.test(text)) throw new NotCanonical('lone-surrogate');
  if (text.includes('\\u0000') && NUL.test(text)) throw new NotCanonical('nul');
  return text;
}
