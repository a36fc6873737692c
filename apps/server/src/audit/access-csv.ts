import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import type { AccessLogEntry } from '@enishi/access';

/** An entry with what operators call its accounts. */
export type NamedEntry = AccessLogEntry & { readonly actorName?: string; readonly aboutName?: string };

/** Columns of the export; Excel in Japan opens it, so both languages stand in the header. */
const COLUMNS: readonly (readonly [string, (entry: NamedEntry, personId: string) => string])[] = [
  ['日時 time', ({ at }) => at],
  ['記録ID entry', ({ id }) => id],
  ['利用者 account name', ({ actorName }) => actorName ?? ''],
  ['実行者 actor', ({ actor }) => actor],
  ['利用者ID account', ({ accountId }) => accountId ?? ''],
  ['経路 route', ({ route }) => route],
  ['内容 view', ({ view }) => view],
  ['項目 fields', ({ fields }) => fields.join(' ')],
  ['本人ID alumnus', (_, personId) => personId],
  ['対象の利用者 about account', ({ aboutId }) => aboutId ?? ''],
  ['対象の利用者名 about', ({ aboutName }) => aboutName ?? ''],
  ['理由 reason', ({ reason }) => reason ?? ''],
  ['要求ID request', ({ correlationId }) => correlationId],
];

const OPTIONS = { record_delimiter: '\r\n', escape_formulas: true } as const;

/**
 * RFC 4180 lines, header first: one for each person of an entry, so that a spreadsheet can filter by person; an entry
 * about nobody has one. A field that would be taken for a formula is escaped (ASVS 1.2.10).
 */
export async function* accessCsvLines(pages: AsyncIterable<readonly NamedEntry[]>): AsyncGenerator<string> {
  yield stringify([COLUMNS.map(([header]) => header)], OPTIONS);
  for await (const page of pages) yield stringify(page.flatMap(rowsOf), OPTIONS);
}

function rowsOf(entry: NamedEntry): readonly string[][] {
  const people = entry.personIds.length === 0 ? [''] : entry.personIds;
  return people.map((personId) => COLUMNS.map(([, value]) => value(entry, personId)));
}

/** Characters that CP932 has under another code point of Unicode. */
const TWINS: Readonly<Record<string, string>> = { '〜': '～', '−': '－', '‖': '∥', '—': '―' };

/** What stands for a character that CP932 does not have: the printers' sign for a missing letter. */
const MISSING = '〓';

/** Text as CP932 can hold it: reasons and names of accounts are free text. */
export async function* inCp932(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield holds(line) ? line : Array.from(line, held).join('');
}

function held(character: string): string {
  const twin = TWINS[character] ?? character;
  return holds(twin) ? twin : MISSING;
}

function holds(text: string): boolean {
  return iconv.decode(iconv.encode(text, 'cp932'), 'cp932') === text;
}
