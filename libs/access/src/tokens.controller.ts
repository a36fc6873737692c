import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { NewToken, NewTokenAnswer, TokenAnswer } from './accounts.dto';
import { CurrentPrincipal, Requires } from './decorators';
import type { Principal } from './principal';
import { Tokens } from './tokens';

/** Tokens of machines. */
@ApiTags('accounts')
@Controller('v1/tokens')
export class TokensController {
  constructor(private readonly tokens: Tokens) {}

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
  @ApiOperation({ summary: 'Make a token for a machine account' })
  @ApiCreatedResponse({ type: NewTokenAnswer })
  async create(@Body() body: NewToken, @CurrentPrincipal() who: Principal): Promise<NewTokenAnswer> {
    return this.tokens.createToken(body.accountId, body.validUntil, who.actor);
  }

  @Delete(':id')
  @HttpCode(204)
  @Requires('accounts:write')
  @ApiOperation({ summary: 'End a token at once' })
  @ApiNoContentResponse()
  async revoke(@Param('id', ParseUUIDPipe) id: string, @CurrentPrincipal() who: Principal): Promise<void> {
    await this.tokens.revokeToken(id, who.actor);
  }
}
