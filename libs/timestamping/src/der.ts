/** A stamp is not what it should be. `code` is stable; the message holds nothing of the stamp. */
export class StampFault extends Error {
  override readonly name = 'StampFault';

  constructor(readonly code: StampFaultCode) {
    super(code);
  }
}

/**
 * What can be wrong with a stamp. `unsupported`: signed in a way that is not known here, so that nothing can be said of
 * it. `refused`: the authority gave none.
 */
export type StampFaultCode = 'malformed' | 'refused' | 'forged' | 'unsupported' | 'untrusted' | 'expired';

/** One value in DER (ITU-T X.690): its tag, what is in it, and all of its bytes. */
export interface Der {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly whole: Uint8Array;
}

/** Tags of X.690; those of structures have the bit 0x20. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  /** `[0]` to `[3]` around other values. */
  context: [0xa0, 0xa1, 0xa2, 0xa3],
} as const;

/** @throws StampFault where the bytes are not exactly one value in DER */
export function readDer(bytes: Uint8Array): Der {
  const [first, ...rest] = valuesIn(bytes);
  if (first === undefined || rest.length > 0) throw new StampFault('malformed');
  return first;
}

/**
 * What stands within a structure, in order.
 * @param tag that it must have
 * @throws StampFault
 */
export function partsOf({ tag, content }: Der, expected: number = TAG.sequence): readonly Der[] {
  if (tag !== expected) throw new StampFault('malformed');
  return valuesIn(content);
}

/** @throws StampFault where there is none, or it has another tag */
export function must(value: Der | undefined, tag: number): Der {
  if (value?.tag !== tag) throw new StampFault('malformed');
  return value;
}

function valuesIn(bytes: Uint8Array): readonly Der[] {
  const values: Der[] = [];
  for (let at = 0; at < bytes.length; at += values.at(-1)!.whole.length) values.push(valueAt(bytes, at));
  return values;
}

/** Lengths have one form only in DER, so that no byte of a signed value can be written in two ways. */
function valueAt(bytes: Uint8Array, at: number): Der {
  const tag = bytes[at]!;
  const first = bytes[at + 1];
  if ((tag & 0x1f) === 0x1f || first === undefined) throw new StampFault('malformed');
  const lengthBytes = first < 0x80 ? 0 : first - 0x80;
  const digits = bytes.subarray(at + 2, at + 2 + lengthBytes);
  const length = lengthBytes === 0 ? first : digits.reduce((sum, digit) => sum * 256 + digit, 0);
  const isShortest = lengthBytes === 0 || (lengthBytes <= 4 && length >= 0x80 && digits[0] !== 0);
  const start = at + 2 + lengthBytes;
  if (!isShortest || start + length > bytes.length) throw new StampFault('malformed');
  return { tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length) };
}

/** A value in DER. */
export function writeDer(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const digits: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) digits.unshift(left % 256);
  const header = length < 0x80 ? [tag, length] : [tag, 0x80 + digits.length, ...digits];
  return Uint8Array.from([...header, ...parts.flatMap((part) => [...part])]);
}

/** An object identifier in dotted form. @throws StampFault */
export function oidOf(value: Der | undefined): string {
  const { content } = must(value, TAG.oid);
  if (content.length === 0 || content.at(-1)! >= 0x80) throw new StampFault('malformed');
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const top = Math.min(Math.floor(arcs[0]! / 40), 2);
  return [top, arcs[0]! - top * 40, ...arcs.slice(1)].join('.');
}

/** A small whole number. @throws StampFault where it is negative or above 2^32 */
export function countOf(value: Der | undefined): number {
  const { content } = must(value, TAG.integer);
  if (content.length === 0 || content.length > 5 || content[0]! >= 0x80) throw new StampFault('malformed');
  return content.reduce((sum, digit) => sum * 256 + digit, 0);
}

const FORMS: Readonly<Record<number, RegExp>> = {
  [TAG.utcTime]: /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/,
  [TAG.generalizedTime]: /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d*[1-9]))?Z$/,
};

/** An instant, in milliseconds since 1970 (RFC 5280 section 4.1.2.5, RFC 3161 section 2.4.2). @throws StampFault */
export function instantOf(value: Der | undefined): number {
  const text = String.fromCharCode(...(value?.content ?? []));
  const [, year, month, day, hour, minute, second, fraction = ''] = FORMS[value?.tag ?? 0]?.exec(text) ?? [];
  if (year === undefined) throw new StampFault('malformed');
  const century = year.length === 4 ? '' : Number(year) >= 50 ? '19' : '20';
  const iso = `${century}${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`;
  const instant = Date.parse(iso);
  if (Number.isNaN(instant)) throw new StampFault('malformed');
  return instant;
}

/** Bytes of a string of bits that ends with a whole byte. @throws StampFault */
export function bitsOf(value: Der | undefined): Uint8Array {
  const { content } = must(value, TAG.bits);
  if (content[0] !== 0) throw new StampFault('malformed');
  return content.subarray(1);
}

/** Whether two runs of bytes are the same. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
