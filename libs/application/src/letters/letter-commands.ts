import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  letterTemplateDecider,
  numberingDecider,
  type LetterOrder,
  type LetterTemplateCommand,
  type NoteNotDelivered,
  type NoteSent,
  type SetNumbering,
} from '@enishi/domain';
import type { CommandContext } from '../context';
import { handle, type Ledger } from '../handle';
import { LEDGER } from '../ledger-token';
import type { Outcome } from '../outcome';
import { LETTER_NUMBERING_STREAM, letterTemplateStream } from '../streams';
import { noteLetter, orderLetter } from './letters';

/** Has a letter written. */
export class WriteLetterTo extends Command<Outcome> {
  constructor(
    readonly order: LetterOrder,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(WriteLetterTo)
export class WriteLetterToHandler implements ICommandHandler<WriteLetterTo> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ order, context }: WriteLetterTo): Promise<Outcome> {
    return orderLetter(this.ledger, order, context);
  }
}

/** Notes what became of a letter. */
export class OnLetter extends Command<Outcome> {
  constructor(
    readonly letterId: string,
    readonly command: NoteSent | NoteNotDelivered,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(OnLetter)
export class OnLetterHandler implements ICommandHandler<OnLetter> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ letterId, command, context }: OnLetter): Promise<Outcome> {
    return noteLetter(this.ledger, letterId, command, context);
  }
}

/** A command on the text of one kind of letter, or on how letters are numbered. */
export class OnLetterTexts extends Command<Outcome> {
  constructor(
    readonly command: LetterTemplateCommand | SetNumbering,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(OnLetterTexts)
export class OnLetterTextsHandler implements ICommandHandler<OnLetterTexts> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ command, context }: OnLetterTexts): Promise<Outcome> {
    if (command.kind === 'SetNumbering')
      return handle(this.ledger, numberingDecider, LETTER_NUMBERING_STREAM, command, context);
    const stream = letterTemplateStream(command.letter);
    return handle(this.ledger, letterTemplateDecider, stream, command, context);
  }
}
