import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.resolve(__dirname, '../..');

/** A rule, and the test that fails without it, as a line of docs/law-tests.md says it. */
export interface Named {
  /** As the room has it: file, function and codes; of a row of a table its name and code. */
  readonly rule: string;
  readonly test: { readonly file: string; readonly title: string };
}

const LINE = /^- `([^`]+)`(?: in `(\w+)`( \d+)?)?: “(.+)” in \[[^\]]+\]\(\.\.\/(.+)\)$/;

/** The lines of the page, under the file or table that each stands in. */
export function readNamed(page: string): readonly Named[] {
  let under = '';
  return page.split('\n').flatMap((line) => {
    if (line.startsWith('## ')) under = line.slice(3);
    const found = LINE.exec(line);
    if (found === null) return [];
    const [, code, by, number = '', title, file] = found;
    const rule = by === undefined ? `${under} ${code}` : `${under} ${by} ${code}${number}`;
    return [{ rule, test: { file: file!, title: title! } }];
  });
}

/** The lines, made anew. @param named in the order of the page */
export function writeNamed(named: readonly Named[]): string {
  let under = '';
  const lines = named.map(({ rule, test }) => {
    const parts = /^(\S+) (?:(\w+) )?([\w|-]+)( \d+)?$/.exec(rule);
    if (parts === null) throw new Error(`no rule is called ${rule}`);
    const [, where, by, code, number = ''] = parts;
    const head = where === under ? '' : `\n## ${where}\n\n`;
    under = where!;
    const link = `[${path.basename(test.file)}](../${test.file})`;
    const place = by === undefined ? '' : ` in \`${by}\`${number}`;
    return `${head}- \`${code}\`${place}: “${test.title}” in ${link}\n`;
  });
  return lines.join('');
}

/** Titles of the tests of a spec, each with its source. Where titles are made by a program they are not found. */
export function titlesIn(file: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (!existsSync(path.join(ROOT, file))) return found;
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const visit = (node: ts.Node, above: readonly string[]): void => {
    const title = titleOf(node);
    if (title !== undefined) found.set([...above, title].join(' › '), node.getText());
    ts.forEachChild(node, (child) => visit(child, title === undefined ? above : [...above, title]));
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true), []);
  return found;
}

function titleOf(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node) || !/^(it|test|describe)\b/.test(node.expression.getText()))
    return undefined;
  const [title] = node.arguments;
  return title !== undefined && ts.isStringLiteralLike(title) ? title.text : undefined;
}
