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
import { NewToken, NewTokenAnswer, TokenAnswer } from './accounts.dto';
import { CurrentPrincipal, Requires } from './decorators';
import { OncePerKey, ORDERS, type Orders } from './orders';
import type { Principal } from './principal';
import { Tokens, tokenShownOnce } from './tokens';

/** Tokens of machines. */
@ApiTags('accounts')
@Controller('v1/tokens')
export class TokensController {
  constructor(
    private readonly tokens: Tokens,
    @Inject(ORDERS) private readonly orders: Orders,
  ) {}

  @Get()
  @Requires('accounts:read')
  @ApiOperation({ summary: 'Every token, newest first, without secrets' })
  @ApiOkResponse({ type: [TokenAnswer] })
  async list(): Promise<TokenAnswer[]> {
    return (await this.tokens.listTokens()).map(({ validUntil, revokedAt, lastUsed, ...token }) => ({
      ...token,
      validUntil: validUntil.toISOString(),
      ...(revokedAt && { revokedAt: revokedAt.toISOString() }),
      ...(lastUsed && { lastUsed: lastUsed.toISOString() }),
    }));
  }

  @Post()
  @Requires('accounts:write')
  @OncePerKey()
  @ApiOperation({
    summary: 'Make a token for a machine account',
    description:
      'A repeat under the same key gets 409 `token-shown-once` with the id, never the secret again',
  })
  @ApiCreatedResponse({ type: NewTokenAnswer })
  async create(
    @Body() { accountId, validUntil }: NewToken,
    @CurrentPrincipal() who: Principal,
    @Req() request: object,
  ): Promise<NewTokenAnswer> {
    const { id, token } = await this.orders.once<{ id: string; token?: string }>(
      request,
      (orderId) => this.tokens.createToken(accountId, validUntil, who.actor, orderId),
      { kept: (made) => ({ id: made.id }) },
    );
    if (token === undefined) throw tokenShownOnce(id);
    return { id, token };
  }

  @Delete(':id')
  @HttpCode(204)
  @Requires('accounts:write')
  @OncePerKey()
  @ApiOperation({ summary: 'End a token at once' })
  @ApiNoContentResponse()
  async revoke(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentPrincipal() who: Principal,
    @Req() request: object,
  ): Promise<void> {
    await this.orders.once(request, () => this.tokens.revokeToken(id, who.actor));
  }
}
