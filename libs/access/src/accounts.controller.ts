import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  ParseUUIDPipe,
  Post,
  Req,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { AccessDenied, AccessOrderRefused } from './access-denied';
import { Accounts, type Account, type AccountWithGrants } from './accounts';
import { AccountAnswer, CreatedAnswer, NewAccount, NewGrant } from './accounts.dto';
import { ACCESS_CONFIG, type AccessConfig } from './config';
import { CurrentPrincipal, Requires } from './decorators';
import { OncePerKey, ORDERS, type Orders } from './orders';
import type { Principal } from './principal';

/** Who may sign in and what they may do. */
@ApiTags('accounts')
@Controller('v1/accounts')
export class AccountsController {
  constructor(
    private readonly accounts: Accounts,
    @Inject(ACCESS_CONFIG) private readonly config: AccessConfig,
    @Inject(ORDERS) private readonly orders: Orders,
  ) {}

  @Get()
  @Requires('accounts:read')
  @ApiOperation({ summary: 'Every account with the grants valid now' })
  @ApiOkResponse({ type: [AccountAnswer] })
  async list(): Promise<AccountAnswer[]> {
    return (await this.accounts.listAccounts()).map(answerOf);
  }

  @Post()
  @Requires('accounts:write')
  @OncePerKey()
  @ApiOperation({ summary: 'Add a person or a machine; a person already known is answered as they are' })
  @ApiCreatedResponse({ type: CreatedAnswer })
  async create(
    @Body() body: NewAccount,
    @CurrentPrincipal() who: Principal,
    @Req() request: object,
  ): Promise<CreatedAnswer> {
    return this.orders.once(request, async (orderId) => {
      const { id } = await this.make(body, who.actor, orderId);
      return { id };
    });
  }

  private async make({ kind, label, subject }: NewAccount, by: string, orderId: string): Promise<Account> {
    if (kind === 'machine') {
      if (label === undefined) throw new AccessOrderRefused(422, 'label-missing');
      return this.accounts.createMachine(label, by, orderId);
    }
    if (subject === undefined) throw new AccessOrderRefused(422, 'subject-missing');
    return this.accounts.ensureStaff(this.config.oidc.issuer, subject, by, label);
  }

  @Post(':id/grants')
  @Requires('accounts:write')
  @OncePerKey()
  @ApiOperation({ summary: 'Give a role within a scope' })
  @ApiCreatedResponse({ type: CreatedAnswer })
  async grant(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: NewGrant,
    @CurrentPrincipal() who: Principal,
    @Req() request: object,
  ): Promise<CreatedAnswer> {
    // Otherwise the right to grant would be the right to everything, with nobody else knowing.
    if (id === who.accountId) throw new AccessDenied(403, 'own-grant');
    return this.orders.once(request, async (orderId) => {
      return { id: await this.accounts.grantRole({ ...body, accountId: id }, who.actor, orderId) };
    });
  }

  @Delete('grants/:grant')
  @HttpCode(204)
  @Requires('accounts:write')
  @OncePerKey()
  @ApiOperation({ summary: 'End a grant at once' })
  @ApiNoContentResponse()
  async revoke(
    @Param('grant', ParseUUIDPipe) grant: string,
    @CurrentPrincipal() who: Principal,
    @Req() request: object,
  ): Promise<void> {
    if ((await this.accounts.accountOfGrant(grant)) === who.accountId)
      throw new AccessDenied(403, 'own-grant');
    await this.orders.once(request, () => this.accounts.revokeGrant(grant, who.actor));
  }
}

function answerOf({ grants, lastUsed, ...account }: AccountWithGrants): AccountAnswer {
  return {
    ...account,
    ...(lastUsed && { lastUsed: lastUsed.toISOString() }),
    grants: grants.map(({ validUntil, ...grant }) => ({
      id: grant.id,
      role: grant.role,
      ...(grant.programmes && { programmes: [...grant.programmes] }),
      ...(grant.departments && { departments: [...grant.departments] }),
      ...(grant.purposes && { purposes: [...grant.purposes] }),
      fields: [...grant.fields],
      ...(validUntil && { validUntil: validUntil.toISOString() }),
    })),
  };
}
