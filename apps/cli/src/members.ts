/** A JSON object whose members are not known. */
export type Json = Readonly<Record<string, unknown>>;

/** Without members that are absent, and without objects that are empty. */
export function present(members: Json): Json {
  const filled = (value: unknown): boolean =>
    value !== undefined && (!isObject(value) || Object.keys(value).length > 0);
  return Object.fromEntries(Object.entries(members).filter(([, value]) => filled(value)));
}

/** `base` with `changes`, one level into its objects: a new English name leaves the Japanese one. */
export function merged(base: Json, changes: Json): Json {
  const members = Object.entries(changes).map(([key, value]) => {
    const before = base[key];
    return [key, isObject(value) && isObject(before) ? { ...before, ...value } : value] as const;
  });
  return { ...base, ...Object.fromEntries(members) };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
