import { readAllXml } from './xml';

/** How a number in a cell is shown, as far as it matters: as a day or time, or by a pattern of digits. */
export type NumberFormat = 'date' | ((value: number) => string | undefined);

/** Built-in formats of days and times; 27 to 36 and 50 to 58 are those of Japanese Excel (ECMA-376 18.8.30). */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/**
 * The formats of a workbook's cells, by the cell's style number; undefined for plain ones.
 *
 * @param styles the part `styles.xml`
 */
export async function readFormats(
  styles: AsyncIterable<Uint8Array>,
): Promise<readonly (NumberFormat | undefined)[]> {
  const codes = new Map<number, string>();
  const formats: (NumberFormat | undefined)[] = [];
  let inCells = false;
  await readAllXml(styles, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) {
        const id = Number(attributes['numFmtId'] ?? 0);
        const code = codes.get(id);
        formats.push(code === undefined ? (isBuiltInDate(id) ? 'date' : undefined) : formatOf(code));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return formats;
}

/**
 * What a format code of a workbook means.
 *
 * @returns `date` where it shows a day or time; a function where it shows the digits of a whole number by a
 * pattern, such as `000000` or `000-0000-0000`; undefined for everything else
 */
export function formatOf(code: string): NumberFormat | undefined {
  const [first = ''] = code.split(';');
  const bare = first
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .replace(/general|G\/標準|標準|E[+-]/gi, '');
  if (/[ydeghsa]|m/i.test(bare)) return 'date';
  return digitPattern(first);
}

/** One sign of a pattern: a place for a digit, or text to be shown as it is. */
const SIGN = /"([^"]*)"|\\(.)|([0-])/gy;

function digitPattern(code: string): ((value: number) => string | undefined) | undefined {
  const signs: (string | undefined)[] = [];
  SIGN.lastIndex = 0;
  for (let end = 0; end < code.length; end = SIGN.lastIndex) {
    const sign = SIGN.exec(code);
    if (sign === null) return undefined;
    signs.push(sign[3] === '0' ? undefined : (sign[1] ?? sign[2] ?? sign[3] ?? ''));
  }
  const places = signs.filter((sign) => sign === undefined).length;
  // One zero alone is a plain whole number.
  if (places === 0 || signs.length === 1) return undefined;
  return (value) => {
    if (!Number.isSafeInteger(value) || value < 0) return undefined;
    const digits = String(value).padStart(places, '0');
    // Digits beyond the places stand in front of the first of them.
    let next = digits.length - places;
    let shown = '';
    let begun = false;
    for (const sign of signs) {
      if (sign !== undefined) shown += sign;
      else {
        shown += begun ? (digits[next] ?? '') : digits.slice(0, next + 1);
        begun = true;
        next += 1;
      }
    }
    return shown;
  };
}
