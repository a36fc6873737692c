import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ErasureCommand } from '@enishi/domain';
import type { CommandContext } from '../context';
import type { Ledger } from '../handle';
import { LEDGER } from '../ledger-token';
import type { Outcome } from '../outcome';
import { handleErasure } from './plan-stream';

/** A command on one plan of erasure. */
export class OnErasure extends Command<Outcome> {
  constructor(
    readonly erasureId: string,
    readonly command: ErasureCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(OnErasure)
export class OnErasureHandler implements ICommandHandler<OnErasure> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ erasureId, command, context }: OnErasure): Promise<Outcome> {
    return handleErasure(this.ledger, erasureId, command, context);
  }
}
