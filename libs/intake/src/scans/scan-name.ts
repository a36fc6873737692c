/** Longest name in characters, folders left out. */
const LONGEST = 255;

/**
 * A scan's name as it is compared: the last part of a path, in NFKC, in lower case. So a name typed into a cell finds
 * the file whether macOS has taken its kana apart (NFD), Windows has written `.PDF`, or the folder stands before it.
 *
 * @returns undefined for what names no file
 */
export function scanKey(name: string): string | undefined {
  const last = name.split(/[/\\]/).at(-1)!.normalize('NFKC').trim().toLowerCase();
  if (last === '' || last === '.' || last === '..' || last.length > LONGEST) return undefined;
  return /\p{Cc}/u.test(last) ? undefined : last;
}

/** What systems leave in folders by themselves: no scan, and no word about it. */
export function isDebris(name: string): boolean {
  const parts = name.split(/[/\\]/);
  const last = parts.at(-1)!.toLowerCase();
  return (
    parts.some((part) => part === '__MACOSX') ||
    last.startsWith('.') ||
    last === 'thumbs.db' ||
    last === 'desktop.ini'
  );
}

/** Whether a name in an archive points outside of it, as no honest one does. */
export function leadsOutside(name: string): boolean {
  return /^[/\\]/.test(name) || /^[A-Za-z]:/.test(name) || name.split(/[/\\]/).includes('..');
}
