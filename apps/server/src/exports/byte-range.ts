/** Some bytes of a file. */
export interface Span {
  readonly from: number;
  readonly length: number;
}

/**
 * The bytes that a `Range` header asks for (RFC 9110, 14.1.2): one range; anything else means the whole file, as the
 * RFC lets a server choose.
 *
 * @param bytes of the file
 * @returns undefined for the whole file; `unsatisfiable` where the range begins behind its end
 * @example rangeOf('bytes=500-', 800) // { from: 500, length: 300 }
 */
export function rangeOf(header: string | undefined, bytes: number): Span | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') {
    const length = Math.min(Number(last), bytes);
    return length === 0 ? 'unsatisfiable' : { from: bytes - length, length };
  }
  const from = Number(first);
  const to = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (last !== '' && Number(last) < from) return undefined;
  return from >= bytes ? 'unsatisfiable' : { from, length: to - from + 1 };
}
