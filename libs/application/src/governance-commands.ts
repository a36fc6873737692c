import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  handlingRulesDecider,
  publicationDecider,
  Refusal,
  type HandlingRulesCommand,
  type IssuePrivacyPage,
} from '@enishi/domain';
import type { CommandContext } from './context';
import { handle, once, type Ledger } from './handle';
import { LEDGER } from './ledger-token';
import { refused, type Outcome } from './outcome';
import { HANDLING_RULES_STREAM, PUBLICATION_STREAM } from './streams';

/** A command on the handling rules. */
export class OnHandlingRules extends Command<Outcome> {
  constructor(
    readonly command: HandlingRulesCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(OnHandlingRules)
export class OnHandlingRulesHandler implements ICommandHandler<OnHandlingRules> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ command, context }: OnHandlingRules): Promise<Outcome> {
    // What earlier reviews found is sealed, and no rule looks at it.
    return handle(this.ledger, handlingRulesDecider, HANDLING_RULES_STREAM, command, context, { opens: [] });
  }
}

/** Publishes the public page. */
export class PublishPage extends Command<Outcome> {
  /** @param make the page, as what is stated now makes it; asked once for a request that is repeated */
  constructor(
    readonly make: () => Promise<IssuePrivacyPage | Refusal>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(PublishPage)
export class PublishPageHandler implements ICommandHandler<PublishPage> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ make, context }: PublishPage): Promise<Outcome> {
    return once(this.ledger, context, async (own) => {
      const made = await make();
      if (made instanceof Refusal) return refused(made);
      return handle(this.ledger, publicationDecider, PUBLICATION_STREAM, made, own);
    });
  }
}
