import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  fold,
  heldElsewhereDecider,
  inventoryDecider,
  type ConfirmDisposal,
  type Fact,
  type InventoryCommand,
  type InventoryEvent,
  type RecordHeldElsewhere,
} from '@enishi/domain';
import type { CommandContext } from './context';
import { handle, once, type HandleOptions, type Ledger } from './handle';
import { LEDGER } from './ledger-token';
import type { Outcome } from './outcome';
import { alumnusStream, lifecycleStream, systemStream } from './streams';

/** A command on one system of the inventory. */
export class OnSystem extends Command<Outcome> {
  constructor(
    readonly systemId: string,
    readonly command: InventoryCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(OnSystem)
export class OnSystemHandler implements ICommandHandler<OnSystem> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ systemId, command, context }: OnSystem): Promise<Outcome> {
    return handle(this.ledger, inventoryDecider, systemStream(systemId), command, context);
  }
}

/** A command on what is held elsewhere of one person. */
export class OnHeldElsewhere extends Command<Outcome> {
  constructor(
    readonly command: RecordHeldElsewhere | ConfirmDisposal,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** The days of the entries are compared; nothing else of the stream is opened. */
const ENTRIES: HandleOptions = { opens: ['request-record'] };

@CommandHandler(OnHeldElsewhere)
export class OnHeldElsewhereHandler implements ICommandHandler<OnHeldElsewhere> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ command, context }: OnHeldElsewhere): Promise<Outcome> {
    return once(this.ledger, context, async (inner) => {
      const code = await this.missing(command);
      if (code !== undefined) return { kind: 'refused', code, details: {} };
      const stream = lifecycleStream(command.alumnusId);
      return handle(this.ledger, heldElsewhereDecider, stream, command, inner, ENTRIES);
    });
  }

  /** What other streams lack: the person, or the system in which something is held from now on. */
  private async missing(command: RecordHeldElsewhere | ConfirmDisposal): Promise<string | undefined> {
    const { store, vault } = this.ledger;
    if (!(await isKnownAlumnus(this.ledger, command.alumnusId))) return 'alumnus-unknown';
    if (command.kind === 'ConfirmDisposal') return undefined;
    const records = await store.readStream(systemStream(command.systemId));
    const facts = await vault.openFacts(records, { categories: [] });
    const { systemId, retiredId } = fold(inventoryDecider, facts as readonly Fact<InventoryEvent>[]);
    if (systemId === undefined) return 'system-unknown';
    return retiredId === undefined ? undefined : 'system-retired';
  }
}

/** Whether anything was ever recorded about somebody of this id. */
export async function isKnownAlumnus({ store }: Pick<Ledger, 'store'>, alumnusId: string): Promise<boolean> {
  return (await store.readStream(alumnusStream(alumnusId), { limit: 1 })).length > 0;
}
