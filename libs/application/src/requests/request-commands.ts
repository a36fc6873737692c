import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  alumnusDecider,
  fold,
  REQUEST_DAYS,
  requestDecider,
  type AlumnusEvent,
  type DeskCommand,
  type Fact,
  type ReceiveRequest,
  type RequestCommand,
} from '@enishi/domain';
import type { CommandContext } from '../context';
import { handle, once, type Ledger } from '../handle';
import { LEDGER } from '../ledger-token';
import type { Outcome } from '../outcome';
import { alumnusStream, requestStream } from '../streams';
import { readRequest } from './read-request';

type Match = Extract<DeskCommand, { kind: 'MatchRequest' }>;
type Link = Extract<DeskCommand, { kind: 'LinkRequest' }>;

/** A command on a request, as its caller knows it: what other streams and the table of law say is looked up here. */
export type AskedCommand =
  | Exclude<RequestCommand, ReceiveRequest | Match | Link>
  | Omit<ReceiveRequest, 'days'>
  | Omit<Match, 'registered'>
  | Omit<Link, 'original'>;

/** A command on one request. */
export class OnRequest extends Command<Outcome> {
  constructor(
    readonly requestId: string,
    readonly command: AskedCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(OnRequest)
export class OnRequestHandler implements ICommandHandler<OnRequest> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /** The rules look at nothing sealed. */
  execute({ requestId, command, context }: OnRequest): Promise<Outcome> {
    return once(this.ledger, context, async (inner) => {
      const whole = await this.lookedUp(command);
      return handle(this.ledger, requestDecider, requestStream(requestId), whole, inner, { opens: [] });
    });
  }

  private async lookedUp(command: AskedCommand): Promise<RequestCommand> {
    switch (command.kind) {
      case 'ReceiveRequest':
        return { ...command, days: REQUEST_DAYS };
      case 'MatchRequest':
        return { ...command, registered: await this.isRegistered(command.alumnusId) };
      case 'LinkRequest': {
        const { received, originalId } = (await readRequest(this.ledger, command.originalId)).state;
        const known = originalId === undefined ? 'request' : 'duplicate';
        return { ...command, original: received === undefined ? 'none' : known };
      }
      default:
        return command;
    }
  }

  private async isRegistered(alumnusId: string): Promise<boolean> {
    const { store, vault } = this.ledger;
    const records = await store.readStream(alumnusStream(alumnusId));
    const facts = (await vault.openFacts(records, { categories: [] })) as readonly Fact<AlumnusEvent>[];
    return fold(alumnusDecider, facts).registeredId !== undefined;
  }
}
