import {
  composeText,
  contactText,
  contentInForce,
  dayText,
  exactText,
  issuedText,
  letterDecider,
  letterNumberDecider,
  refuse,
  tokyoDay,
  type LetterState,
} from '@enishi/domain';
import type { EventStore, Position, RecordedEvent } from '@enishi/event-store';
import { readCompanyState } from '../company-state';
import type { CommandContext } from '../context';
import { handle, type Ledger } from '../handle';
import { createdId } from '../ids';
import { refused, type Outcome } from '../outcome';
import { letterNumbersStream, letterStream } from '../streams';
import { readLetterTemplate, readNumbering, sha256 } from './letter-templates';
import { readLetter } from './letters';

/**
 * Gives a letter that was ordered its number and its exact text. What is interrupted goes on with the number that was
 * taken; a letter that has its text keeps it.
 *
 * @returns undefined where it was written before. Refused with `letter-unknown`, `letter-erased`, `company-not-described`.
 */
export async function writeLetter(
  ledger: Ledger,
  letterId: string,
  context: CommandContext,
): Promise<Outcome | undefined> {
  const { order, issued } = await readLetter(ledger, letterId);
  if (order === undefined) return refused(refuse('letter-unknown'));
  if (issued !== undefined) return undefined;
  const { letter, language, to, values } = order.data;
  // Nothing is numbered that cannot be written.
  if (to === undefined || values === undefined) return refused(refuse('letter-erased'));
  const { party, contactPoint } = await readCompanyState(ledger);
  if (party === undefined) return refused(refuse('company-not-described'));
  const template = await readLetterTemplate(ledger, letter);
  const { documentNumber, day } = await takeNumber(ledger, order, context);
  const place = {
    ja: contactText('ja', party, contactPoint),
    en: contactText('en', party, contactPoint),
  };
  const company = { company: party.name, contactPoint: place };
  const words = contentInForce(letter, template)[language];
  const text = issuedText(composeText(letter, words, { ...values, ...company }, language), {
    documentNumber,
    date: dayText(day, language),
    to: to.name,
    language,
    party,
    ...(contactPoint && { contactPoint }),
  });
  const command = {
    kind: 'IssueLetter',
    text,
    version: template.content === undefined ? 0 : template.version,
    textHash: sha256(exactText(text)),
  } as const;
  return handle(ledger, letterDecider, letterStream(letterId), command, context, { opens: [] });
}

/** The letter's number and the day it was given on: the one it has, else the next of the year. */
async function takeNumber(
  ledger: Ledger,
  { data: { letterId, year }, position }: NonNullable<LetterState['order']>,
  context: CommandContext,
): Promise<{ readonly documentNumber: string; readonly day: string }> {
  const { prefix } = await readNumbering(ledger);
  const stream = letterNumbersStream(year);
  const command = { kind: 'TakeNumber', letterId, year, prefix } as const;
  const read = (store: EventStore) => readSince(store, stream, position);
  const own = { ...context, commandId: createdId(context.commandId, 'number') };
  await handle(ledger, letterNumberDecider, stream, command, own, { opens: [], read });
  const { data, metadata } = (await read(ledger.store)).find((one) => one.data['letterId'] === letterId)!;
  return { documentNumber: String(data['documentNumber']), day: tokyoDay(String(metadata['decidedAt'])) };
}

const PAGE = 100;

/**
 * The end of a stream of numbers, from the last event before a letter was ordered on: if that letter has a number, it
 * is among them, however long ago it was interrupted.
 */
async function readSince(
  store: EventStore,
  stream: string,
  ordered: Position,
): Promise<readonly RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  let from: number | undefined;
  for (;;) {
    const page = await store.readStream(stream, {
      direction: 'backwards',
      limit: PAGE,
      ...(from !== undefined && { from }),
    });
    found.push(...page);
    const oldest = page.at(-1);
    if (oldest === undefined || oldest.revision === 0 || oldest.position < ordered) return found.reverse();
    from = oldest.revision - 1;
  }
}
