import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { tellingDecider, type TellRecipient } from '@enishi/domain';
import type { CommandContext } from './context';
import { handle, once, type Ledger } from './handle';
import { createdId } from './ids';
import { LEDGER } from './ledger-token';
import type { Done, Outcome } from './outcome';
import { readRecipient } from './recipient-commands';
import { recipientsStream } from './streams';

/** Records that a recipient was told about some people, each of everything that was due by then. */
export class OnTold extends Command<Outcome> {
  constructor(
    readonly alumnusIds: readonly string[],
    readonly told: Omit<TellRecipient, 'kind' | 'alumnusId'>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(OnTold)
export class OnToldHandler implements ICommandHandler<OnTold> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /**
   * One person after the other, each by a command of its own id: what was broken off is gone on with by the same order.
   * @returns the outcome of all; that of the first that is refused
   */
  execute({ alumnusIds, told, context }: OnTold): Promise<Outcome> {
    return once(this.ledger, context, async (inner) => {
      const { entry } = await readRecipient(this.ledger, told.recipientId);
      if (entry === undefined) return { kind: 'refused', code: 'recipient-unknown', details: {} };
      let last: Done | undefined;
      const eventIds: string[] = [];
      for (const alumnusId of new Set(alumnusIds)) {
        const own = { ...inner, commandId: createdId(inner.commandId, alumnusId) };
        const command = { kind: 'TellRecipient', alumnusId, ...told } as const;
        // Nothing of the person is looked at.
        const options = { opens: [] };
        const done = await handle(
          this.ledger,
          tellingDecider,
          recipientsStream(alumnusId),
          command,
          own,
          options,
        );
        if (done.kind === 'refused') return done;
        eventIds.push(...done.eventIds);
        if (last === undefined || done.position >= last.position) last = done;
      }
      if (last === undefined) throw new Error('nobody was named');
      return { ...last, eventIds };
    });
  }
}
