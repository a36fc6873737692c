import type { Import, ImportProblem } from '../answers';
import { leaf, type Group } from '../leaf';
import { choice, count, option } from '../options';
import { when } from '../output/when';
import { APPROVE, CONSENTS } from './import-consents';
import { LEAVERS } from './import-leavers';
import { importOf } from './import-of';
import { report, runToEnd, type ReportOptions } from './import-run';
import { UNDO } from './import-undo';
import { columnTable, importText, recognitionText, stateOf } from './import-text';
import { allProblems, problemLine } from './import-problems';
import { write } from '../io';

const list = leaf<object>({
  usage: 'list',
  summary: 'the latest imports',
  examples: ['import list'],
  isDefault: true,
  async act(session) {
    const { imports } = await (await session.api()).get<{ imports: Import[] }>('/v1/imports');
    const columns = [
      { heading: 'ID' },
      { heading: session.t('元のシステム', 'HR system') },
      { heading: session.t('状態', 'State') },
      { heading: session.t('行', 'Rows'), align: 'right' as const },
      { heading: session.t('登録', 'Registered'), align: 'right' as const },
      { heading: session.t('不可', 'Refused'), align: 'right' as const },
      { heading: session.t('作成', 'Made') },
    ];
    const cells = ({ importId, state, counts, options, createdAt }: Import): unknown[] => [
      importId,
      options.source,
      stateOf(session, state),
      counts.rows.toLocaleString('en'),
      counts.registered.toLocaleString('en'),
      counts.refused.toLocaleString('en'),
      when(createdAt),
    ];
    await session.list(imports, columns, cells, {
      ja: '取り込みはまだありません。',
      en: 'There are no imports yet.',
    });
  },
});

const show = leaf<object>({
  usage: 'show <import>',
  summary: 'one import: how the file is read, its mapping, its counts',
  examples: ['import show 9c1e3f2a'],
  async act(session, _options, [name = '']) {
    const found = await importOf(await session.api(), name);
    await session.show(found, () =>
      [recognitionText(session, found), columnTable(session, found), importText(session, found)].join('\n'),
    );
  },
});

const problems = leaf<{ severity?: 'error' | 'warning' }>({
  usage: 'problems <import>',
  summary: 'every problem, by line, column and reason',
  examples: ['import problems 9c1e3f2a --severity error', 'import problems 9c1e3f2a --json'],
  options: [choice('--severity <severity>', 'only these', ['error', 'warning'])],
  async act(session, { severity }, [name = '']) {
    const api = await session.api();
    const { importId } = await importOf(api, name);
    const print = (problem: ImportProblem): string =>
      session.json ? `${JSON.stringify(problem)}\n` : `${problemLine(session, problem)}\n`;
    for await (const page of allProblems(api, importId, severity)) {
      await write(session.io.stdout, page.map(print).join(''));
    }
  },
});

const run = leaf<ReportOptions>({
  usage: 'run <import>',
  summary: 'import the file of an earlier dry run that was kept',
  examples: ['import run 9c1e3f2a'],
  options: [
    option('--strict', 'end with 6 when rows were refused'),
    option('--all-problems', 'print every problem, not only the first 50'),
  ],
  async act(session, options, [name = '']) {
    const api = await session.api();
    const kept = await importOf(api, name);
    return report(session, api, options, await runToEnd(session, api, kept, false));
  },
});

const cancel = leaf<object>({
  usage: 'cancel <import>',
  summary: 'stop an import where it is and drop its file; what was imported stays',
  examples: ['import cancel 9c1e3f2a'],
  async act(session, _options, [name = '']) {
    const api = await session.api();
    const { importId } = await importOf(api, name);
    const answer = await api.command<Import>('DELETE', `/v1/imports/${importId}`);
    await session.show(answer, () => importText(session, answer));
  },
});

interface SavedMapping {
  readonly name: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly savedAt: string;
}

const mappings = leaf<{ limit?: number }>({
  usage: 'mappings',
  summary: 'mappings saved by name',
  examples: ['import mappings'],
  options: [count('--limit <number>', 'at most', 1, 1000)],
  async act(session, { limit }) {
    const { mappings: saved } = await (
      await session.api()
    ).get<{ mappings: SavedMapping[] }>('/v1/import-mappings');
    const columns = [
      { heading: session.t('名前', 'Name') },
      { heading: session.t('列', 'Columns'), align: 'right' as const },
      { heading: session.t('保存', 'Saved') },
    ];
    const used = ({ columns: mapped }: SavedMapping): number =>
      Object.values(mapped).filter((field) => field !== 'ignore').length;
    const cells = (row: SavedMapping): unknown[] => [row.name, String(used(row)), when(row.savedAt)];
    await session.list(saved.slice(0, limit), columns, cells, {
      ja: '保存された割り当てはありません。',
      en: 'No mapping is saved.',
    });
  },
});

/** `enishi import …` */
export const IMPORT: Group = {
  name: 'import',
  summary: 'files of leavers and consents: import, dry run, problems, undo',
  leaves: [LEAVERS, CONSENTS, run, list, show, problems, cancel, APPROVE, UNDO, mappings],
};
