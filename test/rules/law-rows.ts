import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A rule of docs/law.md that somebody wrote down: the codes it answers with, and the specs that show it. */
export interface LawLine {
  readonly rule: string;
  readonly codes: readonly string[];
  readonly specs: readonly string[];
}

const CELLS = ['Law', 'Rule', 'Code place', 'Refusal, reason', 'Test'];

/** The rows of the tables that have these columns. */
export function lawLines(): readonly LawLine[] {
  const page = readFileSync(path.resolve(__dirname, '../../docs/law.md'), 'utf8');
  let reading = false;
  return page.split('\n').flatMap((line) => {
    const cells = line.startsWith('|')
      ? line
          .slice(1, -1)
          .split('|')
          .map((cell) => cell.trim())
      : [];
    if (cells.length === 0) reading = false;
    const [, rule = '', , answers = '', tests = ''] = cells;
    if (cells.join() === CELLS.join()) reading = true;
    else if (reading && !/^-+$/.test(cells[0]!)) {
      const codes = [...answers.matchAll(/`([a-z]+(?:-[a-z]+)*)`/g)].map(([, code]) => code!);
      const specs = [...tests.matchAll(/\]\(\.\.\/([^)]+\.spec\.ts)\)/g)].map(([, spec]) => spec!);
      return [{ rule, codes, specs }];
    }
    return [];
  });
}
