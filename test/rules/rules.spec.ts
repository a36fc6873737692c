import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { configureGlobal } from 'fast-check';
import { REASON_MESSAGES } from '../../libs/domain/src/reason-messages';
import { REFUSAL_MESSAGES } from '../../libs/domain/src/refusal-messages';
import { readNamed, titlesIn, writeNamed, type Named } from './named';
import { openRules, type NamedTest, type RulesRoom } from './room';
import { lawLines } from './law-rows';
import { rowsOf } from './rows';

const ROOT = path.resolve(__dirname, '../..');
const PAGE = path.join(ROOT, 'docs/law-tests.md');
const MARK = '<!-- made from the rules -->\n';
const DOMAIN = 'libs/domain/src';
const sourcesIn = (folder: string) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.posix.join(folder, name))
    .toSorted();
const FILES = [...sourcesIn(DOMAIN), 'test/domain/consent-records.spec.ts'];
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

// What a property is tried with is the same each time.
configureGlobal({ seed: 1, numRuns: 20 });

let room: RulesRoom;
/** Tests by the rules that they come to while all of them hold. */
const coming = new Map<string, NamedTest[]>();
const failing: string[] = [];
/** By rule, as docs/law-tests.md names it. */
let named: ReadonlyMap<string, Named['test']>;

beforeAll(async () => {
  room = openRules(FILES);
  for (const test of room.tests) {
    const { hit, failed } = await room.run(test);
    if (failed) failing.push(`${test.file} ${test.title}`);
    for (const id of hit) coming.set(id, [...(coming.get(id) ?? []), test]);
  }
  if (process.env['ENISHI_WRITE_LAW']) await write();
  named = new Map(readNamed(readFileSync(PAGE, 'utf8')).map(({ rule, test }) => [rule, test]));
});

/** Whether a test fails when a rule is taken out, or a row of a table is changed. */
async function failsWithout(rule: string, { file, title }: Named['test']): Promise<boolean> {
  const test = room.tests.find((one) => one.file === file && one.title === title);
  if (test === undefined) return false;
  const row = rowsOf(room).get(rule);
  if (row === undefined) return (await room.run(test, rule)).failed;
  const back = row.change();
  const { failed } = await room.run(test);
  back();
  return failed;
}

async function write(): Promise<void> {
  const page = readFileSync(PAGE, 'utf8');
  const known = new Map(readNamed(page).map(({ rule, test }) => [rule, test]));
  const lines: Named[] = [];
  for (const rule of [...room.rules.map(({ id }) => id), ...rowsOf(room).keys()]) {
    const test = await first(rule, known.get(rule));
    if (test !== undefined) lines.push({ rule, test });
  }
  writeFileSync(PAGE, page.slice(0, page.indexOf(MARK) + MARK.length) + writeNamed(lines));
}

/** A test that fails without the rule: the one that is named already, one beside the rule, or any. */
async function first(rule: string, known: Named['test'] | undefined): Promise<Named['test'] | undefined> {
  const beside = rule.split(' ')[0]!.replace(/\.ts$/, '.spec.ts');
  const row = rowsOf(room).get(rule);
  const tests =
    row === undefined ? (coming.get(rule) ?? []) : room.tests.filter(({ file }) => file === row.test);
  const own = tests.filter(({ file }) => file === beside);
  const others = tests.filter(({ file }) => file !== beside);
  for (const test of [...(known ? [known] : []), ...own, ...others]) {
    if (await failsWithout(rule, test)) return { file: test.file, title: test.title };
  }
  return undefined;
}

it('every test holds while every rule does', () => {
  expect(failing).toEqual([]);
});

it('each rule and each row of a table has its line in docs/law-tests.md, and each line its rule', () => {
  const rules = [...room.rules.map(({ id }) => id), ...rowsOf(room).keys()];
  expect([...named.keys()].toSorted()).toEqual(rules.toSorted());
});

it('without a rule, the test that is named for it fails', async () => {
  const unnoticed: string[] = [];
  for (const [rule, test] of named) {
    if (!(await failsWithout(rule, test))) unnoticed.push(rule);
  }
  expect(unnoticed).toEqual([]);
});

it('every code that has a text is said somewhere', () => {
  const texts = /messages\.ts$|reasons\.ts$|\.spec\.ts$/;
  const files = [...FILES, ...sourcesIn('libs/application/src'), ...sourcesIn('apps/server/src')];
  const sources = files
    .filter((file) => !texts.test(file))
    .map(read)
    .join('\n');
  const codes = Object.keys({ ...REFUSAL_MESSAGES, ...REASON_MESSAGES });
  expect(codes.filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
});

/** Whether a spec notices when the rules with a code are gone; of a spec at the door, whether it expects the code. */
async function notices(file: string, code: string): Promise<boolean> {
  if (!file.startsWith(DOMAIN)) return saysCode(file, code);
  const ids = room.rules.filter(({ codes }) => codes.includes(code)).map(({ id }) => id);
  // Its code comes from a table.
  if (ids.length === 0) return saysCode(file, code);
  for (const id of ids) {
    for (const test of coming.get(id) ?? []) {
      if (test.file === file && (await failsWithout(id, test))) return true;
    }
  }
  return false;
}

function saysCode(file: string, code: string): boolean {
  return [...titlesIn(file).values()].some((text) => new RegExp(`'${code}'|\\b${code}:`).test(text));
}

it('what a row of docs/law.md answers with is expected by a spec that it names', async () => {
  const wanting: string[] = [];
  const lines = lawLines();
  expect(lines.length).toBeGreaterThan(60);
  for (const { rule, codes, specs } of lines) {
    if (specs.length === 0 || specs.some((spec) => titlesIn(spec).size === 0)) wanting.push(rule);
    for (const code of codes) {
      const found = await Promise.all(specs.map((spec) => notices(spec, code)));
      if (!found.includes(true)) wanting.push(`${code}: ${rule}`);
    }
  }
  expect(wanting).toEqual([]);
});
