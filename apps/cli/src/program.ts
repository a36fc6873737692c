import { Command } from 'commander';
import { ENDNOTES, EXAMPLES, helpIn } from './help/help';
import type { Language } from './language';
import { commandOf, globalOptions, type AnyLeaf, type Group } from './leaf';

/** As package.json states it; a test keeps the two equal. */
export const VERSION = '0.1.0';

const FIRST_STEPS = `  $ enishi company set --template demo
  $ enishi sample --rows 400 > leavers.csv
  $ enishi import leavers leavers.csv
  $ enishi purpose create --template rehire --publish
  $ enishi roster --purpose rehire --channel email --approachable`;

/** Runs one command: what commander read, handed over. */
export type Runner = (spec: AnyLeaf, command: Command, args: readonly string[]) => Promise<void>;

/**
 * The whole command line. Everything that commander would print or exit with is left to the caller: its own
 * messages repeat what was typed, which may be about a person.
 *
 * @param leaves commands of their own, beside those in groups
 * @param language of the help
 */
export function programOf(
  groups: readonly Group[],
  leaves: readonly AnyLeaf[],
  run: Runner,
  print: (text: string) => void,
  language: Language,
): Command {
  const program = new Command('enishi')
    .description('Enishi 縁, the consent ledger for alumni')
    .version(VERSION, '--version', 'the version of this command')
    .enablePositionalOptions()
    .addHelpText('after', `\n${ENDNOTES[language]}\n\n${EXAMPLES[language]}\n${FIRST_STEPS}`);
  for (const option of globalOptions()) program.addOption(option);
  const built = [
    ...groups.map((group) => ({ name: group.name, command: groupOf(group, run, language) })),
    ...leaves.map((spec) => ({ name: spec.usage, command: commandOf(spec, run, language) })),
  ];
  for (const { command } of built.sort((a, b) => a.name.localeCompare(b.name))) program.addCommand(command);
  visit(program, (command) => {
    command
      .exitOverride()
      .configureHelp(helpIn(language))
      .configureOutput({ writeOut: print, writeErr: () => undefined, outputError: () => undefined })
      .helpCommand(command === program);
  });
  return program;
}

function groupOf({ name, summary, leaves }: Group, run: Runner, language: Language): Command {
  const group = new Command(name).summary(summary).description(summary).enablePositionalOptions();
  for (const option of globalOptions()) group.addOption(option.hideHelp());
  for (const spec of leaves)
    group.addCommand(commandOf(spec, run, language), { isDefault: spec.isDefault === true });
  const examples = leaves.map((spec) => `  $ enishi ${spec.examples[0] ?? ''}\n`).join('');
  return group.addHelpText('after', `\n${EXAMPLES[language]}\n${examples}`);
}

function visit(command: Command, each: (command: Command) => void): void {
  each(command);
  for (const child of command.commands) visit(child, each);
}
