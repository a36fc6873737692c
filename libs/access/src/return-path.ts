/**
 * Where to go after signing in: a path of this origin, or `/`. A parser decides, not a pattern: `//host`,
 * `/\host`, `/%09/host` and their like all count as what a browser makes of them.
 */
export function safeReturnPath(wanted: string | undefined): string {
  if (wanted === undefined || wanted.length > 2000 || !wanted.startsWith('/')) return '/';
  const base = 'http://origin.invalid';
  try {
    const url = new URL(wanted, base);
    if (url.origin !== base || url.pathname.startsWith('//') || url.pathname.startsWith('/auth/')) return '/';
    return url.pathname + url.search + url.hash;
  } catch {
    return '/';
  }
}
