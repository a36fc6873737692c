import canonicalize from 'canonicalize';

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

function checkNumbers(value: unknown): void {
  if (typeof value === 'number') {
    if (Number.isInteger(value) ? !Number.isSafeInteger(value) : !Number.isFinite(value))
      throw new NotCanonical('number');
  } else if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') {
    throw new NotCanonical('not-json');
  } else if (Array.isArray(value)) {
    value.forEach(checkNumbers);
  } else if (value !== null && typeof value === 'object') {
    for (const member of Object.values(value)) checkNumbers(member);
  }
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
  checkNumbers(value);
  const text = canonicalize(value);
  if (text === undefined) throw new NotCanonical('not-json');
  if (text.includes('\\ud') && LONE_SURROGATE.test(text)) throw new NotCanonical('lone-surrogate');
  if (text.includes('\\u0000') && NUL.test(text)) throw new NotCanonical('nul');
  return text;
}
