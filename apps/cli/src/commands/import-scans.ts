import { badInput, Failure } from '../failure';
import type { Api } from '../http/api';
import { plain } from '../output/plain';
import type { Session } from '../session';
import { wordsOf, type Evidence, type ScanFile } from './import-evidence';

const PAGE = 500;
const AT_ONCE = 4;
const SENT_WITHIN_MS = 5 * 60_000;

/** What became of the scans of an import. Names are those of this machine; the server keeps none. */
export interface ScansReport {
  readonly sent: number;
  /** Those that no row names. */
  readonly unused: readonly string[];
  /** The others, with how many rows name each and the lines of the first of them. */
  readonly matched: readonly {
    readonly name: string;
    readonly rows: number;
    readonly lines: readonly number[];
  }[];
  readonly skipped: readonly { readonly name: string; readonly code: string }[];
}

interface ScanPage {
  readonly items: readonly {
    readonly number: number;
    readonly rows: number | null;
    readonly lines: readonly number[] | null;
  }[];
  readonly next?: number;
}

/** Sends scans, each under its number in the list. @throws Failure */
export async function sendScans(
  session: Session,
  api: Api,
  importId: string,
  { scans }: Evidence,
): Promise<void> {
  const progress = session.progress({ ja: '証跡ファイルを送信', en: 'Sending scans' });
  let next = 0;
  let sent = 0;
  const work = async (): Promise<void> => {
    while (next < scans.length) {
      const at = next++;
      await sendOne(session, api, `/v1/imports/${importId}/scans/${at + 1}`, scans[at]!);
      progress.update((sent += 1), scans.length, 'files');
    }
  };
  try {
    const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
    const failed = ended.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  } finally {
    progress.end();
  }
}

async function sendOne(session: Session, api: Api, path: string, { name, open }: ScanFile): Promise<void> {
  const headers = { 'enishi-file-name': encodeURIComponent(name) };
  try {
    await api.upload(path, open, SENT_WITHIN_MS, headers, 'PUT');
  } catch (error) {
    // An error holds no name: which file it was is told to whoever sits there.
    if (error instanceof Failure) await session.note(`${session.palette.bad('✗')} ${plain(name)}`);
    throw error;
  }
}

/** What became of them, once the file was read to its end. */
export async function scansReport(
  api: Api,
  importId: string,
  { scans, skipped }: Evidence,
): Promise<ScansReport> {
  const unused: string[] = [];
  const matched: { name: string; rows: number; lines: readonly number[] }[] = [];
  let after: number | undefined;
  do {
    const page: ScanPage = await api.get(`/v1/imports/${importId}/scans`, { after, limit: PAGE });
    for (const { number, rows, lines } of page.items) {
      const name = scans[number - 1]?.name ?? String(number);
      if (rows === null || rows === 0) unused.push(name);
      else matched.push({ name, rows, lines: lines ?? [] });
    }
    after = page.next;
  } while (after !== undefined);
  return { sent: scans.length, unused, matched, skipped };
}

/** Says which scans belong to no row, and which files are no scans. */
export async function noteScans(session: Session, { sent, unused, skipped }: ScansReport): Promise<void> {
  const used = sent - unused.length;
  await session.note(
    session.t(
      `証跡ファイル ${sent} 件のうち ${used} 件を行が示しています。`,
      `${used} of ${sent} scans are named by rows.`,
    ),
  );
  const { palette } = session;
  for (const name of unused) {
    const why = session.t('どの行にも対応しません。保存しません。', 'No row names it; it is not kept.');
    await session.note(`${palette.warn('!')} ${plain(name)}: ${why}`);
  }
  for (const { name, code } of skipped) {
    const words = session.say(wordsOf(code as Parameters<typeof wordsOf>[0]));
    await session.note(`${palette.warn('!')} ${plain(name)}: ${words}`);
  }
}

/** Scans were given, and no column names them. */
export function evidenceWithoutColumn(): Failure {
  return badInput(
    'evidence-column-missing',
    '--evidence を使うには、ファイル名の列を evidenceFile に対応付けてください（例: --map 同意書ファイル名=evidenceFile）。',
    'With --evidence a column must fill evidenceFile (for example --map scan=evidenceFile).',
  );
}
