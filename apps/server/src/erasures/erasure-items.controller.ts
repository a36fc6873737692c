import { Body, Controller, Inject, Post, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires } from '@enishi/access';
import { createdId, proposeItems, readErasure } from '@enishi/application';
import { answer, Commanding, contextOf, type CommandCall } from '../command';
import { EverybodyGuard } from '../everybody.guard';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import { ProposeItemsDto } from './erasures.dto';

/** Single items of one person: a plan like the others, approved, carried out and certified as they are. */
@ApiTags('erasures')
@Controller('v1/erasures/items')
@Requires('erasure:plan')
@UseGuards(EverybodyGuard)
export class ErasureItemsController {
  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  @Post()
  @ApiOperation({ summary: 'Propose that single items of a person be erased; the rest stays' })
  async propose(@Body() body: ProposeItemsDto, @Commanding() call: CommandCall): Promise<unknown> {
    const { ledger, vault, config } = this.infrastructure;
    const context = contextOf(vault, call);
    const erasureId = createdId(context.commandId, 'erasure');
    const { alumnusId, fields, eventIds, requestId, reason } = body;
    const order = {
      ...{ erasureId, alumnusId, fields, reason },
      staffId: call.principal.accountId,
      approvalAbove: config.ENISHI_ERASURE_ALONE,
      ...(eventIds && { eventIds }),
      ...(requestId !== undefined && { requestId }),
    };
    const told = answer(call, await proposeItems(ledger, order, context), { erasureId }) as object;
    const { people, held, empty, second } = (await readErasure(ledger, erasureId)).proposal!.data;
    return { ...told, people, held, empty, second };
  }
}
