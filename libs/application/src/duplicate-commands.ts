import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  consentSubject,
  duplicateDecider,
  pairOf,
  personFacts,
  type AlumnusEvent,
  type DuplicateCommand,
  type Fact,
  type LifecycleEvent,
  type PairedRecord,
} from '@enishi/domain';
import type { CommandContext } from './context';
import { handle, once, type Ledger } from './handle';
import { LEDGER } from './ledger-token';
import type { Outcome } from './outcome';
import { alumnusStream, lifecycleStream, linkStream } from './streams';

type WithoutLookups<C> = C extends unknown ? Omit<C, 'pair' | 'records'> : never;

/** A command on two records that may be about the same person; which is named first does not matter. */
export class OnPair extends Command<Outcome> {
  constructor(
    readonly one: string,
    readonly other: string,
    readonly command: WithoutLookups<DuplicateCommand>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(OnPair)
export class OnPairHandler implements ICommandHandler<OnPair> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ one, other, command, context }: OnPair): Promise<Outcome> {
    const pair = pairOf(one, other);
    return once(this.ledger, context, async (inner) => {
      const records =
        command.kind === 'UnlinkAlumni'
          ? {}
          : { records: await Promise.all([one, other].map((id) => this.record(id))) };
      const whole = { ...command, pair, ...records } as DuplicateCommand;
      // Before the link, so that no link is ever without it.
      if (command.kind === 'LinkAlumni') await this.ledger.pairs.note(pair);
      return handle(this.ledger, duplicateDecider, linkStream(pair), whole, inner, { opens: [] });
    });
  }

  /** How a record stands at this moment; views check it again. */
  private async record(alumnusId: string): Promise<PairedRecord> {
    const [alumnus, lifecycle] = await Promise.all(
      [alumnusStream(alumnusId), lifecycleStream(alumnusId)].map(async (stream) =>
        this.ledger.vault.openFacts(await this.ledger.store.readStream(stream), { categories: [] }),
      ),
    );
    return consentSubject(
      personFacts(alumnus as readonly Fact<AlumnusEvent>[], lifecycle as readonly Fact<LifecycleEvent>[]),
    );
  }
}
