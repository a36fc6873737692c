import { Controller, Get, Header, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { OncePerKey, ORDERS, Public, Requires, type Orders } from '@enishi/access';
import { currentKey, drawNextKey, keyChanges, ledgerKeys, type LedgerKey } from '@enishi/worker';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import { NextKeyAnswer, SigningKeysAnswer } from './proofs.answers.dto';

const TEXT = 'text/plain; charset=utf-8';
const WHY = 'whoever checks a checkpoint needs the keys that sign them; they name no person';

/** The public keys that checkpoints are signed with, and the change from one to the next. */
@ApiTags('proofs')
@Controller()
export class SigningKeysController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    @Inject(ORDERS) private readonly orders: Orders,
  ) {}

  /** The public key that signs checkpoints now, as one line (a vkey of C2SP signed-note). */
  @Get('checkpoint/key')
  @Public(WHY)
  @Header('content-type', TEXT)
  @Header('cache-control', 'no-cache')
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  async current(): Promise<string> {
    const { ledger, pool } = this.infrastructure;
    return `${(await currentKey(ledger, pool)).line}\n`;
  }

  /** Every key that signs checkpoints or did, one a line, the oldest first. */
  @Get('checkpoint/keys')
  @Public(WHY)
  @Header('content-type', TEXT)
  @Header('cache-control', 'no-cache')
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  async lines(): Promise<string> {
    const signing = (await this.keys()).filter(({ state }) => state !== 'waiting');
    return signing.map(({ line }) => `${line}\n`).join('');
  }

  /**
   * The checkpoints that changed the key, each signed by both keys, the oldest first, with an empty line between them:
   * with them, a checkpoint is checked by whoever has only an older key.
   */
  @Get('checkpoint/changes')
  @Public(WHY)
  @Header('content-type', TEXT)
  @Header('cache-control', 'no-cache')
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  async changes(): Promise<string> {
    return (await keyChanges(this.infrastructure.pool)).join('\n');
  }

  /** The keys, and how far a change is. */
  @Get('v1/checkpoint-keys')
  @Public(WHY)
  @ApiOkResponse({ type: SigningKeysAnswer })
  async list(): Promise<SigningKeysAnswer> {
    const keys = await this.keys();
    return {
      keys: keys.map(({ line, state, since, change, destroyedAt }) => ({
        ...{ key: line, state },
        ...(since !== undefined && { since }),
        ...(change !== undefined && { change }),
        ...(destroyedAt !== undefined && { destroyedAt }),
      })),
    };
  }

  /**
   * Draws another key. The next checkpoint, due at once, is signed by both and changes to it; then the old one is
   * destroyed. While a change is under way, asking again answers the same key.
   */
  @Post('v1/checkpoint-keys')
  @Requires('operate:write')
  @OncePerKey()
  @HttpCode(202)
  @ApiAcceptedResponse({ type: NextKeyAnswer })
  rotate(@Req() request: object): Promise<unknown> {
    const { ledger, pool } = this.infrastructure;
    return this.orders.once(request, async () => ({ key: (await drawNextKey(ledger, pool)).line }));
  }

  private keys(): Promise<readonly LedgerKey[]> {
    return ledgerKeys(this.infrastructure.ledger, this.infrastructure.pool);
  }
}
