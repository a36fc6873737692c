import type { Import } from '../answers';
import { EXIT, type ExitCode } from '../exit-codes';
import { badInput, Failure } from '../failure';
import type { Api } from '../http/api';
import { openSource, type Source } from '../input';
import { leaf } from '../leaf';
import { present } from '../members';
import { choice, option } from '../options';
import type { Session } from '../session';
import { dropped, report, runToEnd, SHOWN_PROBLEMS } from './import-run';
import { evidenceAt, type Evidence } from './import-evidence';
import { evidenceWithoutColumn, noteScans, scansReport, sendScans } from './import-scans';
import { columnTable, recognitionText } from './import-text';

const LARGEST_FILE = 512 * 1024 * 1024;
const UPLOAD_WITHIN_MS = 30 * 60_000;

export interface Options {
  readonly map?: readonly string[];
  readonly mapName?: string;
  readonly saveMap?: string;
  readonly source?: string;
  readonly sheet?: string;
  /** Of consents: a folder or zip of scans. */
  readonly evidence?: string;
  readonly freeText?: boolean;
  readonly dateOrder?: string;
  readonly dryRun?: boolean;
  readonly keep?: boolean;
  readonly strict?: boolean;
  readonly showMap?: boolean;
  readonly allProblems?: boolean;
}

/** `enishi import leavers` */
export const LEAVERS = leaf<Options>({
  usage: 'leavers <file>',
  summary: 'import a leavers’ file; the same file twice changes nothing',
  examples: [
    'import leavers leavers.csv',
    'import leavers leavers.csv --dry-run',
    'import leavers 退職者.xlsx --sheet 2025年度',
    'import leavers leavers.csv --map 氏名=fullName 備考=ignore --save-map smarthr',
    'import leavers - --map-name smarthr --strict < leavers.csv',
  ],
  notes:
    'CSV or an Excel workbook (.xlsx). Encoding (UTF-8, Shift_JIS), separator, header row and layout are recognised.\n' +
    'Of a workbook one sheet is read; formulas are taken as they were saved.\n' +
    'Only mapped columns enter; sensitive ones and My Number are refused. Problems are printed by line, column and\n' +
    'reason, never with the cell.\n' +
    'Ends with 0 when the good rows are in, with --strict with 6 when rows were refused.\n' +
    'Ctrl-C leaves the import going: `enishi import show`, `enishi import cancel`. A dry run leaves nothing behind;\n' +
    'with --keep `enishi import run` imports what was uploaded.',
  options: [
    option('--map <header=field...>', 'what columns fill; `ignore` leaves one out'),
    option('--map-name <name>', 'use the mapping saved under this name').conflicts('map'),
    option('--save-map <name>', 'save the mapping under this name'),
    option('--sheet <sheet>', 'sheet of a workbook, by name or by number from the left'),
    option('--source <name>', 'HR system the file comes from (default: hr)'),
    option('--free-text', 'take columns of free text too'),
    choice('--date-order <order>', 'order of day, month, year where it is not clear', ['ymd', 'mdy', 'dmy']),
    option('--dry-run', 'read everything, import nothing'),
    option('--keep', 'after a dry run, keep the upload for `enishi import run`'),
    option('--strict', 'end with 6 when rows were refused'),
    option('--show-map', 'show how the file would be read, and stop'),
    option('--all-problems', `print every problem, not only the first ${SHOWN_PROBLEMS}`),
  ],
  act: (session, options, [file = '']) => importFile(session, options, file, 'leavers'),
});

/** Sends a file in, reads it to its end and reports. */
export async function importFile(
  session: Session,
  options: Options,
  file: string,
  content: 'leavers' | 'consents',
): Promise<ExitCode> {
  const columns = columnsOf(options.map);
  const evidence = options.evidence === undefined ? undefined : await evidenceAt(options.evidence);
  try {
    return await importWith(session, options, { file, content, columns, evidence });
  } finally {
    await evidence?.close();
  }
}

interface ToImport {
  readonly file: string;
  readonly content: 'leavers' | 'consents';
  readonly columns: Record<string, string> | undefined;
  readonly evidence: Evidence | undefined;
}

async function importWith(
  session: Session,
  options: Options,
  { file, content, columns, evidence }: ToImport,
): Promise<ExitCode> {
  const source = await openSource(session.io, file, LARGEST_FILE);
  const api = await session.api();
  const sent = await upload(session, api, source, options.sheet, content);
  const staged = await mapped(api, options, columns, sent);
  if (!session.json)
    await session.note(`${recognitionText(session, staged)}\n${columnTable(session, staged)}`);
  if (options.showMap === true) return shown(session, api, staged);
  if (staged.mappingProblems.length > 0) return incomplete(session, api, staged);
  if (evidence !== undefined) await withScans(session, api, staged, evidence);
  const dryRun = options.dryRun === true;
  const ended = await carriedOut(session, api, staged, dryRun);
  const scans = evidence && (await scansReport(api, ended.importId, evidence));
  const code = await report(session, api, options, ended, scans && { scans });
  if (scans !== undefined && !session.json) await noteScans(session, scans);
  if (dryRun) await leftBehind(session, api, ended, options.keep === true);
  return code;
}

/** Sends the scans after the file that names them; what the server refuses leaves nothing behind. */
async function withScans(session: Session, api: Api, staged: Import, evidence: Evidence): Promise<void> {
  try {
    if (!staged.columns.some(({ field }) => field === 'evidenceFile')) throw evidenceWithoutColumn();
    await sendScans(session, api, staged.importId, evidence);
  } catch (error) {
    await dropped(api, staged.importId);
    throw error;
  }
}

/** `header=field` pairs. Headers may hold `=`; fields do not. */
export function columnsOf(pairs: readonly string[] | undefined): Record<string, string> | undefined {
  if (pairs === undefined) return undefined;
  const entries = pairs.map((pair) => {
    const at = pair.lastIndexOf('=');
    if (at <= 0 || at === pair.length - 1) {
      throw badInput(
        'map-not-valid',
        '--map は「列名=項目」の形で指定してください。',
        'Write --map as header=field.',
        {
          ja: '例: --map 氏名=fullName 備考=ignore',
          en: 'For example: --map 氏名=fullName 備考=ignore',
        },
      );
    }
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
  return Object.fromEntries(entries);
}

async function upload(
  session: Session,
  api: Api,
  { bytes, open }: Source,
  sheet: string | undefined,
  content: string,
): Promise<Import> {
  const progress = session.progress({ ja: '送信', en: 'Uploading' });
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    let sent = 0;
    for await (const chunk of open()) {
      yield chunk;
      sent += chunk.length;
      progress.update(sent, bytes, 'bytes');
    }
  };
  try {
    const headers = {
      ...(content !== 'leavers' && { 'enishi-content': content }),
      ...(sheet !== undefined && { 'enishi-sheet': encodeURIComponent(sheet) }),
    };
    return await api.upload<Import>('/v1/imports', counted, UPLOAD_WITHIN_MS, headers);
  } finally {
    progress.end();
  }
}

async function mapped(
  api: Api,
  { mapName, saveMap, source, freeText, dateOrder }: Options,
  columns: Record<string, string> | undefined,
  staged: Import,
): Promise<Import> {
  const body = present({ columns, saved: mapName, saveAs: saveMap, source, freeText, dateOrder });
  if (Object.keys(body).length === 0) return staged;
  try {
    return await api.command<Import>('PUT', `/v1/imports/${staged.importId}/mapping`, body);
  } catch (error) {
    // The file stays nowhere: it is sent again with another mapping.
    await dropped(api, staged.importId);
    throw error;
  }
}

/** With `--show-map` nothing stays behind on the server. */
async function shown(session: Session, api: Api, staged: Import): Promise<ExitCode> {
  await api.command('DELETE', `/v1/imports/${staged.importId}`);
  if (session.json) await session.show(staged, () => '');
  return staged.mappingProblems.length > 0 ? EXIT.refused : EXIT.ok;
}

/** A mapping that the server would refuse: the file is sent again with another, so that this one goes. */
async function incomplete(session: Session, api: Api, staged: Import): Promise<ExitCode> {
  await dropped(api, staged.importId);
  if (session.json) await session.show(staged, () => '');
  await session.note(
    session.t(
      '対応付けが足りないため、取り込みません。ファイルはサーバーに残していません。--map で指定してください。',
      'Not imported: the mapping is incomplete. No file stays on the server. Map the columns with --map.',
    ),
  );
  return EXIT.refused;
}

/** Carries it out; what the server refuses to start leaves no file behind. */
async function carriedOut(session: Session, api: Api, staged: Import, dryRun: boolean): Promise<Import> {
  try {
    return await runToEnd(session, api, staged, dryRun);
  } catch (error) {
    if (error instanceof Failure && error.exitCode === EXIT.refused) await dropped(api, staged.importId);
    throw error;
  }
}

/** After a dry run the upload goes, or is kept to be imported as it was read. */
async function leftBehind(session: Session, api: Api, ended: Import, keep: boolean): Promise<void> {
  if (!keep || ended.state !== 'checked') return dropped(api, ended.importId);
  await session.note(
    session.t(
      `預けたファイルを残しました: enishi import run ${ended.importId}`,
      `The upload is kept: enishi import run ${ended.importId}`,
    ),
  );
}
