import { Inject, Injectable } from '@nestjs/common';
import { CommandBus, type Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '@enishi/application';
import { answer, contextOf, type CommandCall } from './command';
import type { Infrastructure } from './infrastructure';
import { INFRASTRUCTURE } from './tokens';
import { inSpan } from './tracing/spans';

/** The way of a command from its route to the ledger and back. */
@Injectable()
export class Commands {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly bus: CommandBus,
  ) {}

  /**
   * Carries a command out and answers the caller.
   * @param order the command, with who asked for it and under which id
   * @param ids of what it made or changed, for the answer
   * @throws ProblemError 422 for a refusal
   */
  async carryOut(
    call: CommandCall,
    order: (context: CommandContext) => Command<Outcome>,
    ids: Readonly<Record<string, unknown>> = {},
  ): Promise<unknown> {
    const command = order(contextOf(this.infrastructure.vault, call));
    const outcome = await inSpan(command.constructor.name, {}, () => this.bus.execute(command));
    return answer(call, outcome, ids);
  }
}
