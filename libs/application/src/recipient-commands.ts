import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  fold,
  recipientDecider,
  type Category,
  type Fact,
  type RecipientCommand,
  type RecipientEvent,
  type RecipientState,
} from '@enishi/domain';
import type { CommandContext } from './context';
import { handle, type Ledger } from './handle';
import { LEDGER } from './ledger-token';
import type { Outcome } from './outcome';
import { recipientStream } from './streams';

/** A command on one entry of the register of recipients. */
export class OnRecipient extends Command<Outcome> {
  constructor(
    readonly recipientId: string,
    readonly command: RecipientCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(OnRecipient)
export class OnRecipientHandler implements ICommandHandler<OnRecipient> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ recipientId, command, context }: OnRecipient): Promise<Outcome> {
    return handle(this.ledger, recipientDecider, recipientStream(recipientId), command, context);
  }
}

/**
 * An entry of the register, from the ledger itself.
 * @param opens categories: `staff` for its people and for what was found
 */
export async function readRecipient(
  { store, vault }: Pick<Ledger, 'store' | 'vault'>,
  recipientId: string,
  opens: readonly Category[] = [],
): Promise<RecipientState> {
  const records = await store.readStream(recipientStream(recipientId));
  const facts = await vault.openFacts(records, { categories: opens });
  return fold(recipientDecider, facts as readonly Fact<RecipientEvent>[]);
}
