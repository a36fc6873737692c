import { Command } from 'commander';
import { EXIT_CODE_HELP } from './exit-codes';
import { commandOf, globalOptions, type AnyLeaf, type Group } from './leaf';

/** As package.json states it; a test keeps the two equal. */
export const VERSION = '0.1.0';

const EXAMPLES = `Examples:
  $ enishi company set --template demo
  $ enishi sample --rows 400 > leavers.csv
  $ enishi import leavers leavers.csv
  $ enishi purpose create --template rehire --publish
  $ enishi roster --purpose rehire --channel email --approachable`;

const CONNECTION = `Connection:
  A server in development on this machine is found by the token file in ENISHI_HOME (default .enishi).
  Elsewhere set ENISHI_URL and ENISHI_TOKEN.`;

/** Runs one command: what commander read, handed over. */
export type Runner = (spec: AnyLeaf, command: Command, args: readonly string[]) => Promise<void>;

/**
 * The whole command line. Everything that commander would print or exit with is left to the caller: its own
 * messages repeat what was typed, which may be about a person.
 *
 * @param leaves commands of their own, beside those in groups
 */
export function programOf(
  groups: readonly Group[],
  leaves: readonly AnyLeaf[],
  run: Runner,
  print: (text: string) => void,
): Command {
  const program = new Command('enishi')
    .description('Enishi 縁, the consent ledger for alumni')
    .version(VERSION, '--version', 'the version of this command')
    .enablePositionalOptions()
    .addHelpText('after', `\n${CONNECTION}\n\n${EXIT_CODE_HELP}\n\n${EXAMPLES}`);
  for (const option of globalOptions()) program.addOption(option);
  const built = [
    ...groups.map((group) => ({ name: group.name, command: groupOf(group, run) })),
    ...leaves.map((spec) => ({ name: spec.usage, command: commandOf(spec, run) })),
  ];
  for (const { command } of built.sort((a, b) => a.name.localeCompare(b.name))) program.addCommand(command);
  visit(program, (command) => {
    command
      .exitOverride()
      .configureHelp({ showGlobalOptions: true })
      .configureOutput({ writeOut: print, writeErr: () => undefined, outputError: () => undefined })
      .helpCommand(command === program);
  });
  return program;
}

function groupOf({ name, summary, leaves }: Group, run: Runner): Command {
  const group = new Command(name).summary(summary).description(summary).enablePositionalOptions();
  for (const option of globalOptions()) group.addOption(option.hideHelp());
  for (const spec of leaves) group.addCommand(commandOf(spec, run), { isDefault: spec.isDefault === true });
  const examples = leaves.map((spec) => `  $ enishi ${spec.examples[0] ?? ''}\n`).join('');
  return group.addHelpText('after', `\nExamples:\n${examples}`);
}

function visit(command: Command, each: (command: Command) => void): void {
  each(command);
  for (const child of command.commands) visit(child, each);
}
