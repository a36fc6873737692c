import { canonical, fromBase64 } from '@enishi/transparency';

type Fields = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A whole number from 0 on. */
export const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

/** Whether an object has no other member than these; it need not have all. */
export function hasOnly(value: Fields, names: readonly string[]): boolean {
  return Object.keys(value).every((name) => names.includes(name));
}

/** A JSON object in its one canonical form (RFC 8785). @returns undefined where the text is none */
export function canonicalObject(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && canonical(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Hashes of 32 bytes in base64. @returns undefined where one is none */
export function hashesOf(value: unknown): readonly Uint8Array[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const hashes = value.map((one) => (typeof one === 'string' ? fromBase64(one) : undefined));
  return hashes.every((hash) => hash?.length === 32) ? (hashes as readonly Uint8Array[]) : undefined;
}
