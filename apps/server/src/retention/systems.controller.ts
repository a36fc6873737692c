import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Post, Put, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Requires } from '@enishi/access';
import { createdId, OnSystem } from '@enishi/application';
import type { InventoryCommand } from '@enishi/domain';
import { readSystems, type InventorySystem } from '@enishi/projections/retention-calendar/query';
import { Commanding, contextOf, type CommandCall } from '../command';
import { Commands } from '../commands';
import type { Infrastructure } from '../infrastructure';
import { plain } from '../plain';
import { ProblemError } from '../problem';
import { requireFreeCode } from '../purposes/drafting';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { AddSystemDto, SystemAnswer, SystemDto, SystemsAnswer } from './systems.dto';

const VIEW = 'retention-calendar';

/** The inventory of data stores (GL 10): what is held where, for what, by whom, who may see it, how it is disposed of. */
@ApiTags('inventory')
@Controller('v1/systems')
@Requires('inventory:write')
export class SystemsController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly commands: Commands,
    private readonly reads: ViewReads,
  ) {}

  @Get()
  @ApiOkResponse({ type: SystemsAnswer })
  @Requires('inventory:read')
  async list(@Req() request: FastifyRequest): Promise<SystemsAnswer> {
    await this.reads.caughtUp(request, VIEW);
    return { systems: (await readSystems(this.infrastructure.pool)).map(systemView) };
  }

  @Get(':systemId')
  @ApiOkResponse({ type: SystemAnswer })
  @Requires('inventory:read')
  async one(
    @Param('systemId', ParseUUIDPipe) systemId: string,
    @Req() request: FastifyRequest,
  ): Promise<SystemAnswer> {
    await this.reads.caughtUp(request, VIEW);
    const systems = await readSystems(this.infrastructure.pool);
    const found = systems.find((one) => one.systemId === systemId);
    if (found === undefined) throw new ProblemError(404, 'system-unknown', 'There is no such system');
    return systemView(found);
  }

  /** Adds a system to the inventory. */
  @Post()
  async add(@Body() body: AddSystemDto, @Commanding() call: CommandCall): Promise<unknown> {
    const { responsibleId, ...said } = plain(body);
    const { commandId } = contextOf(this.infrastructure.vault, call);
    const systemId = createdId(commandId, 'system');
    const known = await readSystems(this.infrastructure.pool);
    requireFreeCode(
      said.code,
      known.filter((one) => one.systemId !== systemId),
    );
    const staffId = responsibleId ?? createdId(commandId, 'responsible');
    return this.command(systemId, { kind: 'AddSystem', systemId, staffId, ...said }, call);
  }

  /** States everything about a system anew. */
  @Put(':systemId')
  revise(
    @Param('systemId', ParseUUIDPipe) systemId: string,
    @Body() body: SystemDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    const { responsibleId, ...said } = plain(body);
    const account = responsibleId === undefined ? {} : { staffId: responsibleId };
    return this.command(systemId, { kind: 'ReviseSystem', ...said, ...account }, call);
  }

  /** The system holds no data any more. */
  @Post(':systemId/retirement')
  retire(
    @Param('systemId', ParseUUIDPipe) systemId: string,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    return this.command(systemId, { kind: 'RetireSystem' }, call);
  }

  private command(systemId: string, command: InventoryCommand, call: CommandCall): Promise<unknown> {
    return this.commands.carryOut(call, (context) => new OnSystem(systemId, command, context), { systemId });
  }
}

function systemView({ staffId, retiredId, ...said }: InventorySystem): SystemAnswer {
  return {
    ...said,
    categories: [...said.categories],
    documents: [...said.documents],
    responsibleId: staffId,
    retired: retiredId !== undefined,
  };
}
