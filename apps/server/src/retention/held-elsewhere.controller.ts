import { Body, Controller, Inject, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '@enishi/access';
import { createdId, OnHeldElsewhere } from '@enishi/application';
import type { AnchorFacts, ConfirmDisposal, RecordHeldElsewhere } from '@enishi/domain';
import { PersonReader } from '../alumni/person-reader';
import { Commanding, contextOf, type CommandCall } from '../command';
import { Commands } from '../commands';
import type { Infrastructure } from '../infrastructure';
import { plain } from '../plain';
import { INFRASTRUCTURE } from '../tokens';
import { ConfirmDisposalDto, HeldElsewhereDto } from './held-elsewhere.dto';

/** Documents about one person in other systems: Enishi knows of them, and holds none. */
@ApiTags('retention')
@Controller('v1/alumni/:alumnusId/held-elsewhere')
@Requires('inventory:write')
export class HeldElsewhereController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly commands: Commands,
    private readonly people: PersonReader,
  ) {}

  /** Notes that a system holds a document about the person. The same again changes nothing. */
  @Post()
  record(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Body() body: HeldElsewhereDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    const { anchors: given, ...said } = plain(body);
    const entryId = createdId(contextOf(this.infrastructure.vault, call).commandId, 'held-elsewhere');
    const anchors = Object.fromEntries(given.map(({ anchor, day }) => [anchor, day])) as AnchorFacts;
    return this.command({ kind: 'RecordHeldElsewhere', alumnusId, entryId, anchors, ...said }, call);
  }

  /** The document was disposed of, with what proves it. */
  @Post(':entryId/disposal')
  confirm(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Param('entryId', ParseUUIDPipe) entryId: string,
    @Body() body: ConfirmDisposalDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    return this.command({ kind: 'ConfirmDisposal', alumnusId, entryId, ...plain(body) }, call);
  }

  private async command(command: RecordHeldElsewhere | ConfirmDisposal, call: CommandCall): Promise<unknown> {
    const { alumnusId, entryId } = command;
    await this.people.mayWrite(call.principal, alumnusId);
    return this.commands.carryOut(call, (context) => new OnHeldElsewhere(command, context), {
      ...{ alumnusId, entryId },
    });
  }
}
