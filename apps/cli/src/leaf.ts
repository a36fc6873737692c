import { Command, Option } from 'commander';
import type { ExitCode } from './exit-codes';
import { badInput } from './failure';
import { EXAMPLES, notesText } from './help/help';
import type { Language } from './language';
import { isRequired } from './options';
import type { Session } from './session';

/** What a command's work may end with; nothing means done. */
export type Ending = ExitCode | undefined | void;

/** One command, as data. @typeParam O its options by name, as read */
export interface Leaf<O> {
  /** Name and arguments: `show <alumnus>`. */
  readonly usage: string;
  readonly summary: string;
  /** At least one, without `enishi`. */
  readonly examples: readonly string[];
  /** Further lines for its help. */
  readonly notes?: string;
  readonly options?: readonly Option[];
  /** What its group does when no command is named. */
  readonly isDefault?: boolean;
  readonly act: (session: Session, options: O, args: readonly string[]) => Promise<Ending>;
}

/** A command whose options are no longer known by type. */
export type AnyLeaf = Leaf<never>;

/** Several commands under one name. */
export interface Group {
  readonly name: string;
  readonly summary: string;
  readonly leaves: readonly AnyLeaf[];
}

/** Checks a command's options against what its work reads. */
export function leaf<O>(spec: Leaf<O>): AnyLeaf {
  return spec;
}

/** Options that every command understands, before its name and after it. */
export function globalOptions(): Option[] {
  return [
    new Option('--json', 'machine output: one JSON document, or one JSON line for each row of a list'),
    new Option('--lang <language>', 'language of messages (default: of your locale)').choices(['ja', 'en']),
    new Option('--no-color', 'no colours (NO_COLOR does the same)'),
    new Option('--url <url>', 'the server (default: ENISHI_URL, or the development server of --home)'),
    new Option(
      '--home <folder>',
      'folder with the token of a development server (default: ENISHI_HOME or .enishi)',
    ),
    new Option('--idempotency-key <key>', 'repeat an earlier command safely under its key').hideHelp(false),
  ];
}

/** Builds the command that commander runs. @param language of its help */
export function commandOf(
  spec: AnyLeaf,
  run: (spec: AnyLeaf, command: Command, args: readonly string[]) => Promise<void>,
  language: Language,
): Command {
  const [name = '', ...args] = spec.usage.split(' ');
  const command = new Command(name).summary(spec.summary).description(spec.summary);
  if (args.length > 0) command.arguments(args.join(' '));
  for (const option of spec.options ?? []) command.addOption(option);
  for (const option of globalOptions()) command.addOption(option.hideHelp());
  const notes = spec.notes === undefined ? '' : `\n${notesText(spec.notes, language)}\n`;
  const examples = spec.examples.map((example) => `  $ enishi ${example}\n`).join('');
  command.addHelpText('after', `${notes}\n${EXAMPLES[language]}\n${examples}`);
  const needed = (spec.options ?? []).filter(isRequired);
  return command.action(async () => {
    const missing = needed.find((option) => command.getOptionValue(option.attributeName()) === undefined);
    if (missing !== undefined) throw optionMissing(missing.flags);
    await run(spec, command, command.args);
  });
}

function optionMissing(flags: string): Error {
  return badInput('option-missing', `オプション ${flags} が必要です。`, `Option ${flags} is required.`, {
    ja: '--help で使い方が出ます。',
    en: 'See --help.',
  });
}
