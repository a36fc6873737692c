import { Inject, Injectable } from '@nestjs/common';
import { Accounts } from '@enishi/access';
import { OnRequest, type AskedCommand } from '@enishi/application';
import type { CommandCall } from '../command';
import { Commands } from '../commands';
import { fieldError, notValid } from '../field-errors';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import { refusalProblem } from '../refusal';

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
  ) {}

  /** @throws ProblemError 422 for a refusal */
  carryOut(requestId: string, command: AskedCommand, call: CommandCall, ids: object = {}): Promise<unknown> {
    const order = (context: OnRequest['context']) => new OnRequest(requestId, command, context);
    return this.commands.carryOut(call, order, { requestId, ...ids });
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
