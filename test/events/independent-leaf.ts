import { createHash } from 'node:crypto';

/**
 * The leaf hash once more, from the texts of RFC 8785 (JSON Canonicalization Scheme) and RFC 6962 section 2.1
 * alone, sharing no code with the product: what both agree on is what the standards say.
 */
export function independentLeafHash(leaf: object): string {
  return createHash('sha256').update(Buffer.of(0)).update(independentText(leaf), 'utf8').digest('hex');
}

/** RFC 8785 section 3.2, for what events hold: objects, arrays, strings, integers, true, false, null. */
export function independentText(value: unknown): string {
  const out: string[] = [];
  const todo: unknown[] = [value];
  const literal = (text: string) => ({ literal: text });
  while (todo.length > 0) {
    const next = todo.pop();
    if (isLiteral(next)) out.push(next.literal);
    else if (typeof next === 'string') out.push(quoted(next));
    else if (next === null || typeof next === 'boolean') out.push(String(next));
    else if (typeof next === 'number') out.push(integer(next));
    else if (Array.isArray(next)) {
      todo.push(literal(']'));
      for (let at = next.length - 1; at >= 0; at--) {
        todo.push(next[at]);
        if (at > 0) todo.push(literal(','));
      }
      todo.push(literal('['));
    } else {
      const object = next as Readonly<Record<string, unknown>>;
      const keys = Object.keys(object).filter((key) => object[key] !== undefined);
      keys.sort(byCodeUnits);
      todo.push(literal('}'));
      for (let at = keys.length - 1; at >= 0; at--) {
        todo.push(object[keys[at]!], literal(`${quoted(keys[at]!)}:`));
        if (at > 0) todo.push(literal(','));
      }
      todo.push(literal('{'));
    }
  }
  return out.join('');
}

function isLiteral(value: unknown): value is { readonly literal: string } {
  return typeof value === 'object' && value !== null && Object.keys(value).join() === 'literal';
}

/** Section 3.2.3: names sorted by their UTF-16 code units. */
function byCodeUnits(a: string, b: string): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const difference = a.charCodeAt(at) - b.charCodeAt(at);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

const SHORT: Readonly<Record<number, string>> = {
  8: '\\b',
  9: '\\t',
  10: '\\n',
  12: '\\f',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
};

/** Section 3.2.2.2: the short escapes, other controls as \u00xx in lower case, everything else as it is. */
function quoted(text: string): string {
  let inside = '';
  for (const character of text) {
    const code = character.codePointAt(0)!;
    inside += SHORT[code] ?? (code < 32 ? `\\u${code.toString(16).padStart(4, '0')}` : character);
  }
  return `"${inside}"`;
}

/** Section 3.2.2.3, of which the ledger allows integers only. */
function integer(value: number): string {
  if (!Number.isSafeInteger(value)) throw new Error('events hold integers within 2^53');
  return BigInt(value).toString();
}
