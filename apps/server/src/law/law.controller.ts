import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Put } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { Requires } from '@enishi/access';
import { OnLaw, readLawSettings } from '@enishi/application';
import { LAW_CODES, tokyoDay, type LawCode, type LawCommand } from '@enishi/domain';
import { Commanding, type CommandCall } from '../command';
import { Commands } from '../commands';
import type { Infrastructure } from '../infrastructure';
import { plain } from '../plain';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import { LawAnswer } from './law.answers.dto';
import { SetLawNumberDto, SetPurposePeriodsDto } from './law.dto';
import { lawView } from './law-view';

/** The numbers of law and policy by which the code decides, and what the company has set instead. */
@ApiTags('law')
@Controller('v1/law')
export class LawController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly commands: Commands,
  ) {}

  /** Every number as it holds today, the retention schedule, and the periods of purposes. */
  @Get()
  @ApiOkResponse({ type: LawAnswer })
  @Requires('catalogue:read')
  async show(): Promise<LawAnswer> {
    const { ledger } = this.infrastructure;
    return lawView(await readLawSettings(ledger), tokyoDay(ledger.clock.now()));
  }

  /** Sets a number within what the law allows, from a day on. */
  @Put('numbers/:code')
  @ApiParam({ name: 'code', enum: LAW_CODES })
  @Requires('law:write')
  setNumber(@Param('code') code: string, @Body() body: SetLawNumberDto, @Commanding() call: CommandCall) {
    if (!isLawCode(code)) throw new ProblemError(404, 'law-number-unknown', 'There is no such number');
    return this.set({ kind: 'SetLawNumber', code, ...plain(body) }, call);
  }

  /** Sets how long the data of one purpose stay, and how long its answer is waited for. */
  @Put('purposes/:purposeId')
  @Requires('law:write')
  setPurpose(
    @Param('purposeId', ParseUUIDPipe) purposeId: string,
    @Body() body: SetPurposePeriodsDto,
    @Commanding() call: CommandCall,
  ) {
    return this.set({ kind: 'SetPurposePeriods', purposeId, ...plain(body) }, call);
  }

  private set(command: LawCommand, call: CommandCall): Promise<unknown> {
    return this.commands.carryOut(call, (context) => new OnLaw(command, context));
  }
}

function isLawCode(code: string): code is LawCode {
  return (LAW_CODES as readonly string[]).includes(code);
}
