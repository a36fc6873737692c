import {
  fold,
  letterDecider,
  refuse,
  type Fact,
  type LetterEvent,
  type LetterOrder,
  type LetterState,
  type NoteNotDelivered,
  type NoteSent,
} from '@enishi/domain';
import { readCompanyState } from '../company-state';
import type { CommandContext } from '../context';
import { handle, once, type Ledger } from '../handle';
import { refused, type Outcome } from '../outcome';
import { letterStream } from '../streams';
import { readNumbering } from './letter-templates';

/**
 * Has a letter written to somebody: it is given its number and its text, and goes out by mail where it is to, by the policy
 * `letters`. A repeat under the same command is the same letter.
 *
 * Refused with `letter-value-missing`, `letter-value-unknown`, `letter-value-invalid`, `letter-address-missing`,
 * `company-not-described`, and for texts that must not stand in the ledger.
 *
 * @example
 * const letterId = createdId(context.commandId, 'letter');
 * await orderLetter(ledger, { letterId, letter: 'request-received', about: { requestId }, … }, context);
 */
export function orderLetter(ledger: Ledger, order: LetterOrder, context: CommandContext): Promise<Outcome> {
  return once(ledger, context, async (rest) => {
    const { party } = await readCompanyState(ledger);
    if (party === undefined) return refused(refuse('company-not-described'));
    const { year: numberedBy } = await readNumbering(ledger);
    const command = { kind: 'OrderLetter', ...order, numberedBy } as const;
    return handle(ledger, letterDecider, letterStream(order.letterId), command, rest, { opens: [] });
  });
}

/** Notes that a letter was sent or has not arrived. Its rules look at nothing sealed. */
export function noteLetter(
  ledger: Ledger,
  letterId: string,
  command: NoteSent | NoteNotDelivered,
  context: CommandContext,
): Promise<Outcome> {
  return handle(ledger, letterDecider, letterStream(letterId), command, context, { opens: [] });
}

/** How far a letter is, with its text and address where their key is there. */
export async function readLetter(
  { store, vault }: Pick<Ledger, 'store' | 'vault'>,
  letterId: string,
): Promise<LetterState> {
  const records = await store.readStream(letterStream(letterId));
  const facts = await vault.openFacts(records, { categories: ['request-record'] });
  return fold(letterDecider, facts as readonly Fact<LetterEvent>[]);
}
