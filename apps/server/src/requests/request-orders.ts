import { Inject, Injectable } from '@nestjs/common';
import { Accounts } from '@enishi/access';
import {
  createdId,
  OnRequest,
  readRequest,
  ReplyToRequester,
  type AskedCommand,
  type Reply,
} from '@enishi/application';
import { asksSystems, systemsHolding } from '@enishi/domain';
import { readEntries, readSystems } from '@enishi/projections/retention-calendar/query';
import { contextOf, type CommandCall } from '../command';
import { Commands } from '../commands';
import { fieldError, notValid } from '../field-errors';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import { refusalProblem } from '../refusal';
import { ViewReads } from '../view-reads';

const INVENTORY = 'retention-calendar';

/** A file as it was kept, for an event that names it. */
interface KeptFile {
  readonly artefactId: string;
  /** SHA-256 (hex) of its sealed bytes. */
  readonly artefactHash: string;
}

/** The way of a command from a route of the desk to its request. */
@Injectable()
export class RequestOrders {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly commands: Commands,
    private readonly accounts: Accounts,
    private readonly reads: ViewReads,
  ) {}

  /** @throws ProblemError 422 for a refusal */
  async carryOut(
    requestId: string,
    asked: AskedCommand,
    call: CommandCall,
    ids: object = {},
  ): Promise<unknown> {
    const command = await this.withSystems(requestId, asked);
    const order = (context: OnRequest['context']) => new OnRequest(requestId, command, context);
    return this.commands.carryOut(call, order, { requestId, ...ids });
  }

  /**
   * With the systems that may hold the data, where the command is about them: by the inventory and what is held elsewhere of
   * the person, as both stand now.
   * @throws ProblemError 503 where the view of them has not caught up
   */
  async withSystems(requestId: string, command: AskedCommand): Promise<AskedCommand> {
    const { kind } = command;
    if (kind !== 'DecideRequest' && kind !== 'ExecuteRequest' && kind !== 'AskSystems') return command;
    const { pool, ledger, store } = this.infrastructure;
    const { received, alumnusId } = (await readRequest(ledger, requestId)).state;
    if (received === undefined || alumnusId === undefined || !asksSystems(received.data.kind)) return command;
    const head = await store.head();
    if (head !== undefined) await this.reads.passed(INVENTORY, head);
    const systems = systemsHolding(await readSystems(pool), await readEntries(pool, alumnusId));
    return { ...command, systems };
  }

  /** @throws ProblemError 422 for a refusal */
  reply(requestId: string, reply: Omit<Reply, 'letterId'>, call: CommandCall): Promise<unknown> {
    const letterId = createdId(contextOf(this.infrastructure.vault, call).commandId, 'letter');
    const order = (context: OnRequest['context']) =>
      new ReplyToRequester(requestId, { ...reply, letterId }, context);
    return this.commands.carryOut(call, order, { requestId, letterId });
  }

  /** @throws ProblemError 400 naming the field whose account there is not */
  async knownAccounts(fields: Readonly<Record<string, string | undefined>>): Promise<void> {
    const known = new Set((await this.accounts.listAccounts()).map(({ id }) => id));
    const wrong = Object.entries(fields).filter(([, id]) => id !== undefined && !known.has(id));
    if (wrong.length === 0) return;
    const messages = { ja: 'この利用者は登録されていません。', en: 'There is no such account.' };
    throw notValid(...wrong.map(([field]) => fieldError(field, 'account-unknown', messages)));
  }

  /** The hash that the vault has of a file, not the caller's word. @throws ProblemError 422 for a file of no such request */
  async keptFile(requestId: string, artefactId: string): Promise<KeptFile> {
    const { artefacts } = this.infrastructure.vault;
    const artefactHash = await artefacts.sealedHash(`request:${requestId}`, artefactId);
    if (artefactHash === undefined) throw refusalProblem({ code: 'artefact-unknown', details: {} });
    return { artefactId, artefactHash };
  }
}
