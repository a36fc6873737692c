import { createHash } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  fold,
  letterTemplateDecider,
  numberingDecider,
  templateText,
  type Fact,
  type LetterContent,
  type LetterTemplateCommand,
  type LetterTemplateEvent,
  type LetterTemplateState,
  type Numbering,
  type SetNumbering,
  type TemplateKind,
} from '@enishi/domain';
import type { CommandContext } from '../context';
import { handle, type Ledger } from '../handle';
import { LEDGER } from '../ledger-token';
import type { Outcome } from '../outcome';
import { LETTER_NUMBERING_STREAM, letterTemplateStream } from '../streams';

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

/** What the company has made of a text, from the ledger itself. */
export async function readLetterTemplate(
  { store, vault }: Pick<Ledger, 'store' | 'vault'>,
  kind: TemplateKind,
): Promise<LetterTemplateState> {
  const records = await store.readStream(letterTemplateStream(kind));
  const facts = await vault.openFacts(records, { categories: [] });
  return fold(letterTemplateDecider, facts as readonly Fact<LetterTemplateEvent>[]);
}

/** How letters are numbered now. */
export async function readNumbering({ store, vault }: Pick<Ledger, 'store' | 'vault'>): Promise<Numbering> {
  const records = await store.readStream(LETTER_NUMBERING_STREAM, { direction: 'backwards', limit: 1 });
  const facts = await vault.openFacts(records, { categories: [] });
  return fold(numberingDecider, facts as readonly Fact<'LetterNumberingSet'>[]);
}

/** SHA-256 (hex) of the text in each language, in UTF-8. */
export function templateHashes({ ja, en }: LetterContent): { hashJa: string; hashEn: string } {
  return { hashJa: sha256(templateText(ja)), hashEn: sha256(templateText(en)) };
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
