import { setTimeout as sleep } from 'node:timers/promises';
import type { Import, ImportProblem, Ledger } from '../answers';
import { EXIT, type ExitCode } from '../exit-codes';
import { Failure } from '../failure';
import type { Api } from '../http/api';
import type { Session } from '../session';
import { allProblems, problemLine } from './import-problems';
import { importText } from './import-text';

const POLL_MS = 250;
/** As a shell counts a program that Ctrl-C ended. */
const INTERRUPTED = 130;
/** Problems printed without `--all-problems`. */
export const SHOWN_PROBLEMS = 50;

/**
 * Runs an import or its dry run to the end, with progress. Ctrl-C ends the command and not the import.
 *
 * @throws Failure where the server refuses it, or cannot be reached any more
 */
export async function runToEnd(session: Session, api: Api, staged: Import, dryRun: boolean): Promise<Import> {
  const path = `/v1/imports/${staged.importId}`;
  const label = dryRun ? { ja: '確認', en: 'Checking' } : { ja: '取り込み', en: 'Importing' };
  const progress = session.progress(label);
  const interrupted = (): void => {
    progress.end();
    session.io.stderr.write(`${goesOnText(session, staged.importId)}\n`);
    process.exit(INTERRUPTED);
  };
  process.once('SIGINT', interrupted);
  try {
    let state = await started(api, path, dryRun ? 'dry-run' : 'run');
    while (state.state === 'checking' || state.state === 'running') {
      progress.share(partDone(state), state.counts.rows, 'rows');
      await sleep(POLL_MS);
      state = await api.get<Import>(path);
    }
    if (!dryRun) await rememberHead(api);
    return state;
  } catch (error) {
    if (error instanceof Failure && error.exitCode === EXIT.failed) throw goesOn(error, staged.importId);
    throw error;
  } finally {
    process.off('SIGINT', interrupted);
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

/** Read while it is checked; written while it is imported, which reading runs ahead of. Never all before the end. */
function partDone({ state, counts, bytes }: Import): number {
  const read = bytes === 0 ? 0 : Math.min(1, counts.bytesRead / bytes);
  const { leavers, registered, corrected, employmentsAdded, unchanged, blocked = 0 } = counts;
  const written = Math.min(leavers, registered + corrected + employmentsAdded + unchanged + blocked);
  return Math.min(0.99, state === 'running' && leavers > 0 ? read * (written / leavers) : read);
}

function goesOnText(session: Session, importId: string): string {
  return session.t(
    `取り込みはサーバーで続いています: enishi import show ${importId}（止めるには enishi import cancel ${importId}）`,
    `The import goes on in the server: enishi import show ${importId} (to stop it: enishi import cancel ${importId})`,
  );
}

/** Gives an import up with its file, as far as that still matters: another problem is being told already. */
export async function dropped(api: Api, importId: string): Promise<void> {
  await api.command('DELETE', `/v1/imports/${importId}`).catch(() => undefined);
}

/** An import ends after its answer: so that the next query shows it, the head of the ledger is waited for. */
async function rememberHead(api: Api): Promise<void> {
  const { head } = await api.get<Ledger>('/v1/ledger');
  if (head !== null) await api.memory.passed(head);
}

/** How much is said of what an import came to. */
export interface ReportOptions {
  readonly allProblems?: boolean;
  readonly strict?: boolean;
}

/** Says what it came to, with its problems. */
export async function report(
  session: Session,
  api: Api,
  options: ReportOptions,
  ended: Import,
  more: object = {},
): Promise<ExitCode> {
  const { importId, counts, state } = ended;
  const most = options.allProblems === true ? Infinity : SHOWN_PROBLEMS;
  const problems: ImportProblem[] = [];
  for await (const page of allProblems(api, importId, undefined)) {
    problems.push(...page.slice(0, most - problems.length));
    if (problems.length >= most) break;
  }
  await session.show({ ...ended, problems, ...more }, () => importText(session, ended));
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
