import { Controller, Get, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires } from '@enishi/access';
import { Accounts, ROLE_PERMISSIONS, type Role } from '@enishi/access/tables';
import {
  documentRow,
  REQUEST_KIND_NAMES,
  REQUEST_KINDS,
  REQUEST_LAW,
  REQUEST_NAMES,
  STATUTORY_DOCUMENTS,
} from '@enishi/domain';
import { coversEverybody, EverybodyGuard } from '../everybody.guard';
import { RequestChoicesAnswer } from './request-choices.answers.dto';

/** What forms of the desk offer: the kinds with what the law says of each, the words for codes, and who works there. */
@ApiTags('requests')
@Controller('v1/requests/choices')
@Requires('requests:read')
@UseGuards(EverybodyGuard)
export class RequestChoicesController {
  constructor(private readonly accounts: Accounts) {}

  @Get()
  @ApiOperation({
    summary: 'Kinds of request with their articles and grounds, words, and accounts to assign to',
  })
  @ApiOkResponse({ type: RequestChoicesAnswer })
  async show(): Promise<RequestChoicesAnswer> {
    return {
      kinds: REQUEST_KINDS.map((kind) => {
        const { article, grounds, refusals, fee, deferrable } = REQUEST_LAW[kind];
        const title = REQUEST_KIND_NAMES[kind];
        return { kind, title, article, grounds: [...grounds], refusals: [...refusals], fee, deferrable };
      }),
      words: REQUEST_NAMES,
      documents: STATUTORY_DOCUMENTS.map((code) => ({ code, title: documentRow(code).document })),
      clerks: await this.clerks(),
    };
  }

  /** Who may work on any request. */
  private async clerks(): Promise<RequestChoicesAnswer['clerks']> {
    const accounts = await this.accounts.listAccounts();
    return accounts
      .filter(({ grants }) => coversEverybody({ scopes: grants.filter(mayWork) }))
      .map(({ id, label }) => ({ accountId: id, ...(label !== undefined && { name: label }) }));
  }
}

function mayWork({ role }: { readonly role: Role }): boolean {
  return ROLE_PERMISSIONS[role].includes('requests:write');
}
