import { readFileSync, existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { withSwitches, type Rule } from './switches';

const ROOT = path.resolve(__dirname, '../..');
const DOMAIN = 'libs/domain/src/';

/** A named test of a spec: its cases run one after the other. */
export interface NamedTest {
  readonly file: string;
  /** As the spec states it, with what it is described under; placeholders of `it.each` are not filled. */
  readonly title: string;
  readonly cases: readonly (() => unknown)[];
}

/** The domain and its specs, loaded once, with a switch for each rule. */
export interface RulesRoom {
  readonly rules: readonly Rule[];
  readonly tests: readonly NamedTest[];
  /** A module of ours, as the specs in here have it. @param file from the root of the repository */
  readonly load: (file: string) => Record<string, unknown>;
  /** Rules that a test has come to, with this one rule taken out; whether it failed is told beside. */
  readonly run: (test: NamedTest, without?: string) => Promise<{ hit: ReadonlySet<string>; failed: boolean }>;
}

/**
 * Loads specs without Jest's own registry, so that each can be run again and again within a moment.
 * @param files sources and specs, from the root of the repository
 */
export function openRules(files: readonly string[]): RulesRoom {
  const rules: Rule[] = [];
  const tests: NamedTest[] = [];
  let hit = new Set<string>();
  let without: string | undefined;
  const rule = (id: string) => {
    hit.add(id);
    return id !== without;
  };
  const loaded = new Map<string, { exports: Record<string, unknown> }>();

  const load = (file: string): Record<string, unknown> => {
    const known = loaded.get(file);
    if (known !== undefined) return known.exports;
    const module = { exports: {} as Record<string, unknown> };
    loaded.set(file, module);
    const own = withSwitches(file, readFileSync(path.join(ROOT, file), 'utf8'));
    if (file.startsWith(DOMAIN) && !file.endsWith('.spec.ts')) rules.push(...own.rules);
    const around = { ...collecting(file, tests), __rule: rule };
    const names = ['module', 'exports', 'require', '__dirname', ...Object.keys(around)];
    // In a block, so that a module may have names like these of its own.
    const body = new Function(...names, `'use strict';{${own.code}\n}`) as (...args: unknown[]) => void;
    const dirname = path.dirname(path.join(ROOT, file));
    body(module, module.exports, requiring(file, load), dirname, ...Object.values(around));
    return module.exports;
  };
  files.forEach(load);

  return {
    rules: rules.toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)),
    tests,
    load,
    async run(test, out) {
      hit = new Set();
      without = out;
      let failed = false;
      try {
        for (const one of test.cases) await one();
      } catch {
        failed = true;
      }
      without = undefined;
      return { hit, failed };
    },
  };
}

function requiring(file: string, load: (file: string) => unknown): (name: string) => unknown {
  const own = createRequire(path.join(ROOT, file));
  return (name) => {
    const ours = /^@enishi\/([a-z-]+)$/.exec(name)?.[1];
    const base = ours === undefined ? path.join(path.dirname(file), name) : `libs/${ours}/src/index`;
    if (!name.startsWith('.') && ours === undefined) return own(name);
    const found = [`${base}.ts`, path.join(base, 'index.ts'), base].find(
      (one) => existsSync(path.join(ROOT, one)) && statSync(path.join(ROOT, one)).isFile(),
    );
    if (found === undefined) throw new Error(`${file} needs ${name}`);
    return found.endsWith('.ts') ? load(found) : own(name);
  };
}

/** What a spec calls, in so far as the specs of the domain do. */
function collecting(file: string, tests: NamedTest[]): Record<string, unknown> {
  const above: string[] = [];
  const test = (title: string, body: () => unknown): void => {
    const whole = [...above, title].join(' › ');
    const known = tests.findIndex((one) => one.file === file && one.title === whole);
    if (known < 0) tests.push({ file, title: whole, cases: [body] });
    else tests[known] = { ...tests[known]!, cases: [...tests[known]!.cases, body] };
  };
  const describing = (title: string, body: () => unknown): void => {
    above.push(title);
    body();
    above.pop();
  };
  const each =
    (use: typeof test) =>
    (rows: readonly unknown[]) =>
    (title: string, body: (...args: readonly unknown[]) => unknown) =>
      rows.forEach((row) =>
        use(title, () => body(...(Array.isArray(row) ? (row as readonly unknown[]) : [row]))),
      );
  const it = Object.assign(test, { each: each(test) });
  const describe = Object.assign(describing, { each: each(describing) });
  const nothing = () => undefined;
  return { it, test: it, describe, expect, beforeAll: nothing, afterAll: nothing, afterEach: nothing };
}
