import { Help, type Command, type Option } from 'commander';
import { EXIT_CODE_HELP } from '../exit-codes';
import type { Bilingual, Language } from '../language';
import { COMMANDS_JA } from './commands-ja';
import { NOTES_JA } from './notes-ja';
import { OPTIONS_JA } from './options-ja';

const REQUIRED = ' [required]';

const TITLES_JA: Readonly<Record<string, string>> = {
  'Usage:': '使い方:',
  'Options:': 'オプション:',
  'Global Options:': '共通のオプション:',
  'Commands:': 'コマンド:',
  'Arguments:': '引数:',
};

/** The heading of examples. */
export const EXAMPLES: Bilingual = { ja: '例:', en: 'Examples:' };

/** How the server is found, and what a command ends with. */
export const ENDNOTES: Bilingual = {
  ja: `接続:
  このコンピューターの開発サーバーは、ENISHI_HOME（既定 .enishi）のトークンファイルから見つかります。
  ほかのサーバーには ENISHI_URL と ENISHI_TOKEN を設定してください。

終了コード:
  0  完了
  1  予期しない誤り、またはサーバーに接続できない
  2  入力の誤り、または規則による拒否（項目・行・理由を表示）
  3  サインインしていない、または許可がない
  4  見つからない
  5  競合: ほかで変更された、処理中、または消去済み
  6  一部だけ完了（import --strict で取り込めない行があった）`,
  en: `Connection:
  A server in development on this machine is found by the token file in ENISHI_HOME (default .enishi).
  Elsewhere set ENISHI_URL and ENISHI_TOKEN.

${EXIT_CODE_HELP}`,
};

/** What a group or command does, in a language; the English where there is no other. */
export function commandText(english: string, language: Language): string {
  return language === 'ja' ? (COMMANDS_JA[english] ?? english) : english;
}

/** What else a command's help says, line by line; a line that has no Japanese stays English. */
export function notesText(english: string, language: Language): string {
  if (language === 'en') return english;
  return english
    .split('\n')
    .map((line) => NOTES_JA[line] ?? line)
    .filter((line) => line !== '')
    .join('\n');
}

/** What an option means. The mark of a required one and a list of codes at the end are kept. */
export function optionText(english: string, language: Language): string {
  if (language === 'en') return english;
  const required = english.endsWith(REQUIRED);
  const text = required ? english.slice(0, -REQUIRED.length) : english;
  const [, words = text, codes = ''] = /^(.*?)( \([\w-]+(?:, [\w-]+)+\))?$/.exec(text) ?? [];
  const japanese = OPTIONS_JA[text] ?? (OPTIONS_JA[words] === undefined ? text : OPTIONS_JA[words] + codes);
  return required ? `${japanese}［必須］` : japanese;
}

/** Commander's help in a language. */
export function helpIn(language: Language): Partial<Help> {
  const english = new Help();
  return {
    showGlobalOptions: true,
    styleTitle: (title: string) => (language === 'ja' ? (TITLES_JA[title] ?? title) : title),
    commandDescription: (command: Command) => commandText(command.description(), language),
    subcommandDescription: (command: Command) =>
      commandText(english.subcommandDescription(command), language),
    optionDescription: (option: Option) => {
      const description = optionText(option.description, language);
      return english.optionDescription(Object.assign(Object.create(option) as Option, { description }));
    },
  };
}
