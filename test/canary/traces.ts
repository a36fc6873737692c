import iconv from 'iconv-lite';

/** A word that must not be found, and the bytes it may hide in. */
export interface Trace {
  readonly word: string;
  readonly form: string;
  readonly bytes: Buffer;
}

/** Every form in which a word leaks: as it is, escaped, encoded. */
export function tracesOf(word: string): readonly Trace[] {
  const utf8 = Buffer.from(word);
  const units = [...Array(word.length).keys()].map((at) => word.charCodeAt(at).toString(16).padStart(4, '0'));
  const escaped = units.map((unit) => `\\u${unit}`).join('');
  const cp932 = iconv.encode(word, 'cp932');
  const forms: (readonly [string, string | Buffer])[] = [
    ['UTF-8', utf8],
    ['JSON, escaped', escaped],
    ['JSON, escaped, upper case', units.map((unit) => `\\u${unit.toUpperCase()}`).join('')],
    ['JSON in JSON', escaped.replaceAll('\\', '\\\\')],
    ['hex', utf8.toString('hex')],
    ['percent', encodeURIComponent(word)],
    ['CP932', cp932],
    ['CP932, hex', cp932.toString('hex')],
    // Base64 depends on what stands before: three ways, without the characters that neighbours share.
    ...[0, 1, 2].map((before) => [`base64 +${before}`, inBase64(utf8, before)] as const),
  ];
  return forms.map(([form, bytes]) => ({ word, form, bytes: Buffer.from(bytes) }));
}

function inBase64(word: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), word])
    .toString('base64')
    .replace(/=+$/, '');
  return text.slice(before === 0 ? 0 : before + 1, -1);
}

/** What of the words is in the haystack, as `word (form)`. */
export function found(haystack: Buffer | string, traces: readonly Trace[]): readonly string[] {
  const bytes = Buffer.from(haystack);
  // base64url, as cursors and tokens are written, is looked at as base64.
  const plain = Buffer.from(bytes.toString('latin1').replaceAll('-', '+').replaceAll('_', '/'), 'latin1');
  return traces
    .filter((trace) => bytes.includes(trace.bytes) || plain.includes(trace.bytes))
    .map(({ word, form }) => `${word} (${form})`);
}
