import type { CommanderError } from 'commander';
import type { Bilingual } from './language';

/** Codes of commander that ended a run as asked: help and the like. */
const AS_ASKED: readonly string[] = ['commander.helpDisplayed', 'commander.version'];

/** Whether commander ended the run because help was asked for. */
export function isHelp(error: CommanderError): boolean {
  return AS_ASKED.includes(error.code) || (error.code === 'commander.help' && error.exitCode === 0);
}

/**
 * What was wrong with the command line, without what was typed: commander repeats values, and a value may be a
 * name or an address that would stay in a log.
 */
export function complaintOf(error: CommanderError): Bilingual {
  const message = error.message.replace(/^error: /, '');
  const [first = '', suggestion] = message.split('\n');
  const flag = /option '([^']*)'/.exec(first)?.[1]?.split('=')[0] ?? '';
  const did = suggestion === undefined ? '' : ` ${suggestion.trim()}`;
  const meant = /Did you mean (?:one of )?(.*)\?/.exec(suggestion ?? '')?.[1];
  const maybe = meant === undefined ? '' : ` もしかして: ${meant}`;
  switch (error.code) {
    case 'commander.unknownOption':
      return { ja: `知らないオプションです: ${flag}。${maybe}`, en: `Unknown option ${flag}.${did}` };
    case 'commander.unknownCommand':
      return { ja: `知らないコマンドです。${maybe}`, en: `Unknown command.${did}` };
    case 'commander.help':
      return { ja: 'コマンドが指定されていません。', en: 'A command is missing.' };
    case 'commander.optionMissingArgument':
      return { ja: `オプション ${flag} に値がありません。`, en: `Option ${flag} needs a value.` };
    case 'commander.missingArgument': {
      const name = /'([^']*)'/.exec(first)?.[1] ?? '';
      return { ja: `引数 <${name}> が必要です。`, en: `Argument <${name}> is missing.` };
    }
    case 'commander.excessArguments':
      return { ja: '引数が多すぎます。', en: 'There are too many arguments.' };
    case 'commander.invalidArgument': {
      const allowed = /is invalid\. (.*)$/s.exec(first)?.[1] ?? '';
      return {
        ja: `${flag} の値が正しくありません。${allowed}`,
        en: `The value of ${flag} is not valid. ${allowed}`,
      };
    }
    case 'commander.conflictingOption':
      return conflict(first);
    default:
      return { ja: 'コマンドの書き方が正しくありません。', en: 'The command line is not valid.' };
  }
}

function conflict(message: string): Bilingual {
  const [one = '', other = ''] = [...message.matchAll(/option '([^']*)'/g)].map((match) => match[1]);
  return {
    ja: `${one} と ${other} は同時に指定できません。`,
    en: `Options ${one} and ${other} cannot be used together.`,
  };
}
