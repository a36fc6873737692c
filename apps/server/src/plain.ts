/** A DTO's members without its class and without what is `undefined`, all the way down. */
export function plain<T>(dto: T): Plain<T> {
  return strip(dto) as Plain<T>;
}

/** With members that may be absent no longer allowed to be `undefined`. */
export type Plain<T> = T extends readonly (infer E)[]
  ? Plain<E>[]
  : T extends object
    ? { [K in keyof T]: Plain<Exclude<T[K], undefined>> }
    : T;

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => (member === undefined ? [] : [[key, strip(member)]])),
  );
}
