import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ExportCommand } from '@enishi/domain';
import type { CommandContext } from '../context';
import type { Ledger } from '../handle';
import { LEDGER } from '../ledger-token';
import type { Outcome } from '../outcome';
import { handleExport } from './export-stream';

/** A command on one export. */
export class OnExport extends Command<Outcome> {
  constructor(
    readonly exportId: string,
    readonly command: ExportCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(OnExport)
export class OnExportHandler implements ICommandHandler<OnExport> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ exportId, command, context }: OnExport): Promise<Outcome> {
    return handleExport(this.ledger, exportId, command, context);
  }
}
