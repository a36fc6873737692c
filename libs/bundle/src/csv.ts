/** A heading in both languages, since Excel in Japan opens it, and what stands under it. */
export type Column<Line> = readonly [string, (line: Line) => string | number | undefined];

/** What a spreadsheet would take for the beginning of a formula (ASVS 5.0, 1.2.10), in full width too. */
const FORMULA = /^[=+\-@\t\r\0＝＋－＠]/;

/**
 * Lines as CSV (RFC 4180): CR LF behind each, quoted only where a field has a comma, a quotation mark or a line break,
 * and `'` before what a spreadsheet would take for a formula. The heading comes first, behind a byte order mark.
 */
export function csvOf<Line>(columns: readonly Column<Line>[], lines: Iterable<Line>): string {
  let text = csvHeading(columns);
  for (const line of lines) text += csvLine(columns, line);
  return text;
}

/** The beginning of a CSV file: byte order mark and headings. */
export function csvHeading<Line>(columns: readonly Column<Line>[]): string {
  return `\ufeff${joined(columns.map(([heading]) => heading))}`;
}

/** One line of a CSV file. */
export function csvLine<Line>(columns: readonly Column<Line>[], line: Line): string {
  return joined(columns.map(([, valueOf]) => fieldOf(valueOf(line))));
}

function fieldOf(value: string | number | undefined): string {
  if (typeof value !== 'string') return value === undefined ? '' : String(value);
  return FORMULA.test(value) ? `'${value}` : value;
}

function joined(fields: readonly string[]): string {
  const quoted = fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field));
  return `${quoted.join(',')}\r\n`;
}
