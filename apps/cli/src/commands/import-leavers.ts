import { setTimeout as sleep } from 'node:timers/promises';
import type { Import, ImportProblem, Ledger } from '../answers';
import { EXIT, type ExitCode } from '../exit-codes';
import { badInput, Failure } from '../failure';
import type { Api } from '../http/api';
import { openSource, type Source } from '../input';
import { leaf } from '../leaf';
import { present } from '../members';
import { choice, option } from '../options';
import type { Session } from '../session';
import { allProblems, problemLine } from './import-problems';
import { columnTable, importText, recognitionText } from './import-text';

const LARGEST_FILE = 512 * 1024 * 1024;
const UPLOAD_WITHIN_MS = 30 * 60_000;
const POLL_MS = 250;
const SHOWN_PROBLEMS = 50;

interface Options {
  readonly map?: readonly string[];
  readonly mapName?: string;
  readonly saveMap?: string;
  readonly source?: string;
  readonly sheet?: string;
  readonly freeText?: boolean;
  readonly dateOrder?: string;
  readonly dryRun?: boolean;
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
    ' Only mapped columns enter; sensitive ones\n' +
    'and My Number are refused. Problems are printed by line, column and reason, never with the cell.\n' +
    'Ends with 0 when the good rows are in, with --strict with 6 when rows were refused.\n' +
    'Ctrl-C leaves the import going: `enishi import show`, `enishi import cancel`.',
  options: [
    option('--map <header=field...>', 'what columns fill; `ignore` leaves one out'),
    option('--map-name <name>', 'use the mapping saved under this name').conflicts('map'),
    option('--save-map <name>', 'save the mapping under this name'),
    option('--sheet <sheet>', 'sheet of a workbook, by name or by number from the left'),
    option('--source <name>', 'HR system the file comes from (default: hr)'),
    option('--free-text', 'take columns of free text too'),
    choice('--date-order <order>', 'order of day, month, year where it is not clear', ['ymd', 'mdy', 'dmy']),
    option('--dry-run', 'read everything, import nothing'),
    option('--strict', 'end with 6 when rows were refused'),
    option('--show-map', 'show how the file would be read, and stop'),
    option('--all-problems', `print every problem, not only the first ${SHOWN_PROBLEMS}`),
  ],
  async act(session, options, [file = '']) {
    const columns = columnsOf(options.map);
    const source = await openSource(session.io, file, LARGEST_FILE);
    const api = await session.api();
    const staged = await mapped(api, options, columns, await upload(session, api, source, options.sheet));
    if (!session.json)
      await session.note(`${recognitionText(session, staged)}\n${columnTable(session, staged)}`);
    if (options.showMap === true) return shown(session, api, staged);
    return report(session, api, options, await runToEnd(session, api, staged, options.dryRun === true));
  },
});

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
    const headers = sheet === undefined ? {} : { 'enishi-sheet': encodeURIComponent(sheet) };
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
    await api.command('DELETE', `/v1/imports/${staged.importId}`).catch(() => undefined);
    throw error;
  }
}

/** With `--show-map` nothing stays behind on the server. */
async function shown(session: Session, api: Api, staged: Import): Promise<ExitCode> {
  await api.command('DELETE', `/v1/imports/${staged.importId}`);
  if (session.json) await session.show(staged, () => '');
  return staged.mappingProblems.length > 0 ? EXIT.refused : EXIT.ok;
}

async function runToEnd(session: Session, api: Api, staged: Import, dryRun: boolean): Promise<Import> {
  const path = `/v1/imports/${staged.importId}`;
  const label = dryRun ? { ja: '確認', en: 'Checking' } : { ja: '取り込み', en: 'Importing' };
  const progress = session.progress(label);
  try {
    let state = await started(api, path, dryRun ? 'dry-run' : 'run');
    while (state.state === 'checking' || state.state === 'running') {
      progress.update(state.counts.bytesRead, state.bytes, 'bytes');
      await sleep(POLL_MS);
      state = await api.get<Import>(path);
    }
    if (!dryRun) await rememberHead(api);
    return state;
  } catch (error) {
    if (error instanceof Failure && error.exitCode === EXIT.failed) throw goesOn(error, staged.importId);
    throw error;
  } finally {
    progress.end();
  }
}

/** Starts it. Where the first answer was lost and it was sent again, it runs already. */
async function started(api: Api, path: string, what: 'dry-run' | 'run'): Promise<Import> {
  try {
    return await api.command<Import>('POST', `${path}/${what}`);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'import-busy') throw error;
    const state = await api.get<Import>(path);
    if (state.state === 'cancelled') throw error;
    return state;
  }
}

/** The import does not end with the line to the server. */
function goesOn({ exitCode, code, what }: Failure, importId: string): Failure {
  return new Failure(exitCode, code, what, {
    ja: `取り込みは続いているかもしれません: enishi import show ${importId}。同じファイルをもう一度取り込んでも安全です。`,
    en: `It may go on: enishi import show ${importId}. Importing the same file again is safe.`,
  });
}

/** An import ends after its answer: so that the next query shows it, the head of the ledger is waited for. */
async function rememberHead(api: Api): Promise<void> {
  const { head } = await api.get<Ledger>('/v1/ledger');
  if (head !== null) await api.memory.passed(head);
}

async function report(session: Session, api: Api, options: Options, ended: Import): Promise<ExitCode> {
  const { importId, counts, state } = ended;
  const most = options.allProblems === true ? Infinity : SHOWN_PROBLEMS;
  const problems: ImportProblem[] = [];
  for await (const page of allProblems(api, importId, undefined)) {
    problems.push(...page.slice(0, most - problems.length));
    if (problems.length >= most) break;
  }
  await session.show({ ...ended, problems }, () => importText(session, ended));
  if (!session.json) {
    for (const problem of problems) await session.note(problemLine(session, problem));
    if (counts.refused + counts.warnings > problems.length) {
      await session.note(
        session.t(
          `ほかにもあります: enishi import problems ${importId}`,
          `More: enishi import problems ${importId}`,
        ),
      );
    }
  }
  if (state === 'interrupted') {
    await session.note(
      session.t(
        'もう一度取り込んでください。二重には登録されません。',
        'Import the file again: nothing enters twice.',
      ),
    );
  }
  if (state === 'failed') return EXIT.refused;
  if (state !== 'done' && state !== 'checked') return EXIT.failed;
  return options.strict === true && counts.refused > 0 ? EXIT.partly : EXIT.ok;
}
