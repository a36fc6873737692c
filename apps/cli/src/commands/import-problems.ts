import type { ImportProblem } from '../answers';
import type { Api } from '../http/api';
import { plain } from '../output/plain';
import type { Session } from '../session';

const PAGE = 500;

/** Every problem of an import, page by page. */
export async function* allProblems(
  api: Api,
  importId: string,
  severity: 'error' | 'warning' | undefined,
): AsyncGenerator<readonly ImportProblem[]> {
  let after: number | undefined;
  do {
    const query = { after, limit: PAGE, severity };
    const page: { problems: ImportProblem[]; next?: number } = await api.get(
      `/v1/imports/${importId}/problems`,
      query,
    );
    yield page.problems;
    after = page.next;
  } while (after !== undefined);
}

/** `line 12, 退職年月日: There is no such day. Look up the right date.` Never the cell's value. */
export function problemLine(session: Session, problem: ImportProblem): string {
  const { palette } = session;
  const line = session.t(`${problem.line} 行目`, `line ${problem.line}`);
  const column = problem.column ?? problem.field;
  const where = column === undefined || column === null ? line : `${line}, ${plain(column)}`;
  const text = plain(problem.messages?.[session.language] ?? problem.code);
  const mark = problem.severity === 'error' ? palette.bad('✗') : palette.warn('!');
  return `${mark} ${where}: ${text}`;
}
