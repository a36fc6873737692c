import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { OncePerKey, ORDERS, Requires, type Orders } from '@enishi/access';
import { bringCosignatures, NotAccepted } from '@enishi/worker';
import { witnessesOf } from '../checkpoint-receivers';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import { CosignedAnswer } from './proofs.answers.dto';
import { CosignedDto } from './proofs.dto';

/** What witnesses signed that the server cannot ask itself. */
@ApiTags('proofs')
@Controller('v1/checkpoint-cosignatures')
export class CosignaturesController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    @Inject(ORDERS) private readonly orders: Orders,
  ) {}

  /** Takes in a checkpoint with lines of the witnesses that the settings name. They join its note. */
  @Post()
  @HttpCode(200)
  @Requires('operate:write')
  @OncePerKey()
  @ApiOkResponse({ type: CosignedAnswer })
  bring(@Body() { note }: CosignedDto, @Req() request: object): Promise<unknown> {
    return this.orders.once(request, async () => {
      const { size, cosigned } = await this.brought(note);
      return { size, cosigned: cosigned.map(({ witness, at }) => ({ witness, at: at.toISOString() })) };
    });
  }

  private async brought(note: string): ReturnType<typeof bringCosignatures> {
    const { pool, config } = this.infrastructure;
    const keys = witnessesOf(config).map(({ key }) => key);
    try {
      return await bringCosignatures(pool, note, keys);
    } catch (error) {
      if (!(error instanceof NotAccepted)) throw error;
      const messages = REFUSALS[error.code] ?? REFUSALS['note-malformed']!;
      throw new ProblemError(422, `cosignature-${error.code}`, messages.en, { messages });
    }
  }
}

const REFUSALS: Readonly<Record<string, { readonly ja: string; readonly en: string }>> = {
  'note-malformed': {
    ja: '署名付きのチェックポイントとして読めません。',
    en: 'This cannot be read as a signed checkpoint.',
  },
  'checkpoint-unknown': {
    ja: 'この台帳が公開したチェックポイントではありません。',
    en: 'This is not a checkpoint that this ledger has published.',
  },
  'signature-missing': {
    ja: '設定（ENISHI_WITNESSES）にある立会人の署名がありません。',
    en: 'It is cosigned by none of the witnesses that the settings name (ENISHI_WITNESSES).',
  },
  'signature-wrong': {
    ja: '立会人の署名が正しくありません。改変か偽造です。',
    en: 'A cosignature is wrong: it was changed or forged.',
  },
  'time-wrong': {
    ja: '立会人の時計が、こちらより 5 分以上進んでいます。',
    en: 'The witness’s clock is more than five minutes ahead of ours.',
  },
};
