import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GROUPS, LEAVES } from '../../apps/cli/src/commands';
import { columnsOf } from '../../apps/cli/src/commands/import-leavers';
import { exitCodeOf } from '../../apps/cli/src/exit-codes';
import { commandText, optionText } from '../../apps/cli/src/help/help';
import { languageOf } from '../../apps/cli/src/language';
import { globalOptions } from '../../apps/cli/src/leaf';
import { enishi } from './server';

const folder = mkdtempSync(join(tmpdir(), 'enishi-cli-'));
const env = { ENISHI_HOME: join(folder, 'nowhere'), XDG_STATE_HOME: folder };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const all = [
  ...LEAVES.map((spec) => ({ path: [spec.usage.split(' ')[0] ?? ''], spec })),
  ...GROUPS.flatMap(({ name, leaves }) =>
    leaves.map((spec) => ({ path: [name, spec.usage.split(' ')[0] ?? ''], spec })),
  ),
];

describe('help', () => {
  it.each(all.map(({ path, spec }) => [path.join(' '), path, spec] as const))(
    '%s has help with its options and an example of itself',
    async (_, path, spec) => {
      const { code, out, err } = await enishi([...path, '--help'], env);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain('Examples:\n');
      for (const example of spec.examples) {
        expect(out).toContain(`  $ enishi ${example}\n`);
        expect(path.join(' ').startsWith(example.split(' ')[0] ?? '?')).toBe(true);
      }
      expect(out).toContain('--json');
    },
  );

  it('is in Japanese where that is asked for or the locale says so, every command and option of it', async () => {
    const untranslated = [
      ...[...GROUPS, ...LEAVES, ...GROUPS.flatMap(({ leaves }) => leaves)].flatMap(({ summary }) =>
        commandText(summary, 'ja') === summary ? [summary] : [],
      ),
      ...[...globalOptions(), ...all.flatMap(({ spec }) => spec.options ?? [])].flatMap(({ description }) =>
        /[ぁ-んァ-ヶ一-龠]/.test(optionText(description, 'ja').replace('［必須］', '')) ? [] : [description],
      ),
    ];
    expect(untranslated).toEqual([]);
    const { out } = await enishi(['--lang', 'ja', '--help'], env);
    for (const text of ['使い方:', 'コマンド:', '終了コード', '利用目的とその版'])
      expect(out).toContain(text);
    const roster = await enishi(['roster', 'list', '--help'], { ...env, LANG: 'ja_JP.UTF-8' });
    expect(roster.out).toContain('利用目的のコードまたは ID［必須］');
    expect(roster.out).toContain('退職区分 (personal-reason,');
    expect(roster.out).toContain('`--text -` は検索する文字を標準入力から読みます。');
    expect(roster.out).toContain('例:\n  $ enishi roster');
  });

  it('the program says its exit codes and how it finds the server', async () => {
    const { code, out } = await enishi([], env);
    expect(code).toBe(0);
    for (const text of ['Exit codes:', '  6  ', 'ENISHI_URL', 'ENISHI_TOKEN', 'roster'])
      expect(out).toContain(text);
  });
});

describe('a wrong command line ends with 2, says what is wrong, and repeats no value', () => {
  const canary = '架空太郎';
  const cases: readonly (readonly [argv: readonly string[], says: RegExp])[] = [
    [['roster', '--purpos', 'x'], /Unknown option --purpos.*--purpose/s],
    [['roster', `--name=${canary}`], /Unknown option --name\./],
    [['rooster'], /Unknown command.*roster/s],
    [['alumnus', canary], /Unknown command/],
    [['consent'], /command is missing/],
    [['roster', '--channel', 'email'], /--purpose <purpose> is required/],
    [
      ['roster', '--purpose', 'x', '--channel', canary],
      /value of --channel <channel> is not valid.*email, phone/,
    ],
    [['alumnus', 'show'], /<alumnus> is missing/],
    [['status', canary], /too many arguments/],
    [['alumnus', 'register', '--birth-date', canary], /--birth-date <day> is not valid. Write 2026-03-31/],
    [['sample', '--rows', '0'], /whole number from 1/],
    [
      ['roster', '--purpose', 'x', '--channel', 'email', '--excluded', '--approachable'],
      /cannot be used together/,
    ],
    [['alumnus', 'register', '--family'], /--family <name> needs a value/],
    [['alumnus', 'show', canary, '--url', 'http://127.0.0.1:9'], /token/],
  ];
  it.each(cases)('%j', async (argv, says) => {
    const { code, out, err } = await enishi(argv, env);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(says);
    expect(err).not.toContain(canary);
  });

  it('in Japanese too', async () => {
    const { code, err } = await enishi(['roster', '--lang', 'ja', '--channel', 'email'], env);
    expect(code).toBe(2);
    expect(err).toContain('オプション --purpose <purpose> が必要です。');
  });

  it('as JSON with --json', async () => {
    const { err } = await enishi(['rooster', '--json'], env);
    expect(JSON.parse(err)).toMatchObject({ code: 'commander.unknownCommand', exitCode: 2 });
  });

  it('a file that is no JSON is named by line and column, without its text', async () => {
    const file = join(folder, 'bad.json');
    writeFileSync(file, `{\n  "name": "${canary}",\n  "kana": ]\n}`);
    const { code, err } = await enishi(['company', 'set', '--file', file], env);
    expect(code).toBe(2);
    expect(err).toMatch(/not valid JSON/);
    expect(err).not.toContain(canary);
  });
});

describe('pure parts', () => {
  it('statuses become exit codes', () => {
    const codes = [400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429, 500, 503].map(exitCodeOf);
    expect(codes).toEqual([2, 3, 3, 4, 5, 5, 2, 2, 2, 5, 1, 1, 1]);
  });

  it('language: as asked, else the locale, else English', () => {
    expect(languageOf('ja', { LANG: 'en_US.UTF-8' })).toBe('ja');
    expect(languageOf(undefined, { LANG: 'ja_JP.UTF-8' })).toBe('ja');
    expect(languageOf(undefined, { LANG: 'ja_JP.UTF-8', LC_ALL: 'C' })).toBe('en');
    expect(languageOf(undefined, {})).toBe('en');
  });

  it('--map takes header=field, and headers may hold an equals sign', () => {
    expect(columnsOf(['氏名=fullName', 'a=b=ignore'])).toEqual({ 氏名: 'fullName', 'a=b': 'ignore' });
    expect(() => columnsOf(['fullName'])).toThrow('map-not-valid');
    expect(() => columnsOf(['=x'])).toThrow('map-not-valid');
  });
});

describe('sample', () => {
  it('needs no server; the same seed gives the same file, whether written or printed', async () => {
    const file = join(folder, 'leavers.csv');
    const printed = await enishi(['sample', '--rows', '30', '--seed', '4'], env);
    const written = await enishi(['sample', '--rows', '30', '--seed', '4', '--out', file], env);
    expect([printed.code, written.code]).toEqual([0, 0]);
    expect(readFileSync(file, 'utf8')).toBe(printed.out);
    expect(printed.out.trimEnd().split('\r\n')).toHaveLength(31);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('replaces a file only with --force, and then whole', async () => {
    const file = join(folder, 'kept.csv');
    writeFileSync(file, 'mine');
    const refused = await enishi(['sample', '--rows', '3', '--out', file], env);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('--force');
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect((await enishi(['sample', '--rows', '3', '--out', file, '--force'], env)).code).toBe(0);
    expect(readFileSync(file, 'utf8')).not.toBe('mine');
  });

  it('a folder that is not there is said in one sentence', async () => {
    const { code, err } = await enishi(['sample', '--rows', '3', '--out', join(folder, 'no', 'x.csv')], env);
    expect(code).toBe(2);
    expect(err).toContain('cannot be written');
    expect(err).not.toContain(folder);
  });
});
