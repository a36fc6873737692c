import type { Policy, Reaction } from './policy';

/**
 * What follows from the order of a letter: it gets its number and its text, and goes out by mail where it is to. One that
 * goes by post waits for whoever prints it.
 */
export const letters: Policy = {
  name: 'letters',
  start: 'head',
  handles: ['LetterOrdered', 'RequestLetterOrdered', 'LetterIssued', 'RequestLetterIssued'],
  react(fact) {
    switch (fact.type) {
      case 'LetterOrdered':
      case 'RequestLetterOrdered':
        return [order({ kind: 'WriteLetter', letterId: fact.data.letterId }, fact.id)];
      case 'LetterIssued':
      case 'RequestLetterIssued':
        if (fact.data.means !== 'email') return [];
        return [order({ kind: 'QueueNotice', notice: 'letter', aboutId: fact.data.letterId }, fact.id)];
      default:
        return [];
    }
  },
};

function order(command: Reaction['command'], discriminator: string): Reaction {
  return { command, discriminator };
}
