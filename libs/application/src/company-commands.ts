import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { companyDecider, type CompanyCommand } from '@enishi/domain';
import type { CommandContext } from './context';
import { handle, type Ledger } from './handle';
import { LEDGER } from './ledger-token';
import type { Outcome } from './outcome';
import { COMPANY_STREAM } from './streams';

/** A command on the stream `company`. */
export class OnCompany extends Command<Outcome> {
  constructor(
    readonly command: CompanyCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(OnCompany)
export class OnCompanyHandler implements ICommandHandler<OnCompany> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ command, context }: OnCompany): Promise<Outcome> {
    return handle(this.ledger, companyDecider, COMPANY_STREAM, command, context);
  }
}
