import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { lawDecider, type LawCommand } from '@enishi/domain';
import type { CommandContext } from './context';
import { handle, once, type Ledger } from './handle';
import { LEDGER } from './ledger-token';
import type { Outcome } from './outcome';
import { LAW_STREAM, purposeStream } from './streams';

/** A command on what the company sets instead of the numbers of the rule table. */
export class OnLaw extends Command<Outcome> {
  constructor(
    readonly command: LawCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(OnLaw)
export class OnLawHandler implements ICommandHandler<OnLaw> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ command, context }: OnLaw): Promise<Outcome> {
    return once(this.ledger, context, async (inner) => {
      if (command.kind === 'SetPurposePeriods' && !(await this.hasPurpose(command.purposeId))) {
        return { kind: 'refused', code: 'purpose-unknown', details: {} };
      }
      return handle(this.ledger, lawDecider, LAW_STREAM, command, inner);
    });
  }

  private async hasPurpose(purposeId: string): Promise<boolean> {
    return (await this.ledger.store.readStream(purposeStream(purposeId), { limit: 1 })).length > 0;
  }
}
