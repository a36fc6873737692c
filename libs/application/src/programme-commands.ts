import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { programmeDecider, type ProgrammeCommand } from '@enishi/domain';
import type { CommandContext } from './context';
import { handle, type Ledger } from './handle';
import { LEDGER } from './ledger-token';
import type { Outcome } from './outcome';
import { programmeStream } from './streams';

/** A command on one programme. */
export class OnProgramme extends Command<Outcome> {
  constructor(
    readonly programmeId: string,
    readonly command: ProgrammeCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(OnProgramme)
export class OnProgrammeHandler implements ICommandHandler<OnProgramme> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ programmeId, command, context }: OnProgramme): Promise<Outcome> {
    return handle(this.ledger, programmeDecider, programmeStream(programmeId), command, context);
  }
}
