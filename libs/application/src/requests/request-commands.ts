import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  alumnusDecider,
  fold,
  requestDecider,
  type AlumnusEvent,
  type AnswerCommand,
  type DeskCommand,
  type Fact,
  type ReceiveRequest,
  type RequestCommand,
  type SystemToAsk,
} from '@enishi/domain';
import type { CommandContext } from '../context';
import { handle, once, type Ledger } from '../handle';
import { createdId } from '../ids';
import { LEDGER } from '../ledger-token';
import type { Outcome } from '../outcome';
import { readLawSettings } from '../read-law-settings';
import { alumnusStream, requestStream } from '../streams';
import { readRequest } from './read-request';
import { replyByLetter, type Reply } from './reply';

type Match = Extract<DeskCommand, { kind: 'MatchRequest' }>;
type Link = Extract<DeskCommand, { kind: 'LinkRequest' }>;
type Asks = Extract<
  DeskCommand | AnswerCommand,
  { readonly kind: 'DecideRequest' | 'ExecuteRequest' | 'AskSystems' }
>;
/** With the systems that may hold the data of the person; none where absent. */
type WithSystems<C> = C extends Asks
  ? Omit<C, 'asking'> & { readonly systems?: readonly SystemToAsk[] }
  : never;

/** Has whoever asks answered by a letter. */
export class ReplyToRequester extends Command<Outcome> {
  constructor(
    readonly requestId: string,
    readonly reply: Reply,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ReplyToRequester)
export class ReplyToRequesterHandler implements ICommandHandler<ReplyToRequester> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ requestId, reply, context }: ReplyToRequester): Promise<Outcome> {
    return replyByLetter(this.ledger, requestId, reply, context);
  }
}

/** A command on a request, as its caller knows it: what other streams and the table of law say is looked up here. */
export type AskedCommand =
  | Exclude<DeskCommand | AnswerCommand, Match | Link | Asks>
  | Omit<ReceiveRequest, 'set'>
  | WithSystems<Asks>
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
      const whole = await this.lookedUp(command, inner);
      return handle(this.ledger, requestDecider, requestStream(requestId), whole, inner, { opens: [] });
    });
  }

  private async lookedUp(command: AskedCommand, { commandId }: CommandContext): Promise<RequestCommand> {
    switch (command.kind) {
      case 'ReceiveRequest':
        return { ...command, set: (await readLawSettings(this.ledger)).numbers };
      case 'MatchRequest':
        return { ...command, registered: await this.isRegistered(command.alumnusId) };
      case 'LinkRequest': {
        const { received, originalId } = (await readRequest(this.ledger, command.originalId)).state;
        const known = originalId === undefined ? 'request' : 'duplicate';
        return { ...command, original: received === undefined ? 'none' : known };
      }
      case 'DecideRequest':
      case 'ExecuteRequest':
      case 'AskSystems': {
        const { systems = [], ...asked } = command;
        const tasks = systems.map((system) => ({ ...system, taskId: createdId(commandId, system.systemId) }));
        const { numbers: set } = await readLawSettings(this.ledger);
        return { ...asked, asking: { systems: tasks, set } } as RequestCommand;
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
