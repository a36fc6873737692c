import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { purposeDecider, type PurposeCommand } from '@enishi/domain';
import type { CommandContext } from './context';
import { handle, type Ledger } from './handle';
import { LEDGER } from './ledger-token';
import type { Outcome } from './outcome';
import { purposeStream } from './streams';

/** A command on one purpose. */
export class OnPurpose extends Command<Outcome> {
  constructor(
    readonly purposeId: string,
    readonly command: PurposeCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(OnPurpose)
export class OnPurposeHandler implements ICommandHandler<OnPurpose> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ purposeId, command, context }: OnPurpose): Promise<Outcome> {
    return handle(this.ledger, purposeDecider, purposeStream(purposeId), command, context);
  }
}
