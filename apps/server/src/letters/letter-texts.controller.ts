import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Requires } from '@enishi/access';
import {
  OnLetterTexts,
  readCompanyState,
  readLetterTemplate,
  readNumbering,
  templateHashes,
} from '@enishi/application';
import {
  BUILT_IN,
  contentInForce,
  LETTER_KINDS,
  numberingYear,
  placeholdersOf,
  TEMPLATE_KINDS,
  templateFault,
  tokyoDay,
  type LetterTemplateState,
  type TemplateKind,
} from '@enishi/domain';
import { Commanding, type CommandCall } from '../command';
import { Commands } from '../commands';
import type { Infrastructure } from '../infrastructure';
import { plain } from '../plain';
import { ProblemError } from '../problem';
import { refusalProblem } from '../refusal';
import { INFRASTRUCTURE } from '../tokens';
import { previewOf } from './preview';
import {
  LetterNumberingAnswer,
  LetterNumberingDto,
  LetterPreviewAnswer,
  LetterTemplateAnswer,
  LetterTemplatesAnswer,
  PreviewLetterDto,
  ReviseLetterTemplateDto,
  type LetterTemplateSummary,
} from './letter-texts.dto';

/** The words of letters and notices, in both languages, and how documents are numbered. */
@ApiTags('letters')
@Controller('v1')
export class LetterTextsController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly commands: Commands,
  ) {}

  @Get('letter-templates')
  @Requires('catalogue:read')
  @ApiOperation({ summary: 'Every text, and whether the company has changed it' })
  @ApiOkResponse({ type: LetterTemplatesAnswer })
  async list(): Promise<LetterTemplatesAnswer> {
    const states = await Promise.all(TEMPLATE_KINDS.map((kind) => this.stateOf(kind)));
    return { templates: TEMPLATE_KINDS.map((kind, index) => summaryOf(kind, states[index]!)) };
  }

  @Get('letter-templates/:letter')
  @Requires('catalogue:read')
  @ApiParam({ name: 'letter', enum: TEMPLATE_KINDS })
  @ApiOperation({ summary: 'One text with what may stand in it' })
  @ApiOkResponse({ type: LetterTemplateAnswer })
  async one(@Param('letter') letter: string): Promise<LetterTemplateAnswer> {
    const kind = kindOf(letter);
    const state = await this.stateOf(kind);
    const placeholders = Object.entries(placeholdersOf(kind)).map(([name, { form, mandatory }]) => {
      return { name, form, mandatory };
    });
    const content = contentInForce(kind, state);
    return { ...summaryOf(kind, state), content, original: BUILT_IN[kind], placeholders };
  }

  /** Each revision is a version; letters that were issued name theirs. */
  @Put('letter-templates/:letter')
  @Requires('company:write')
  @ApiParam({ name: 'letter', enum: TEMPLATE_KINDS })
  @ApiOperation({ summary: 'Put the company’s own words in the place of a text' })
  revise(
    @Param('letter') letter: string,
    @Body() body: ReviseLetterTemplateDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    const content = plain(body.content);
    const command = {
      kind: 'ReviseLetterTemplate',
      letter: kindOf(letter),
      content,
      ...templateHashes(content),
    } as const;
    return this.commands.carryOut(call, (context) => new OnLetterTexts(command, context), { letter });
  }

  @Delete('letter-templates/:letter')
  @Requires('company:write')
  @ApiParam({ name: 'letter', enum: TEMPLATE_KINDS })
  @ApiOperation({ summary: 'Go back to the text that comes with the program' })
  revert(@Param('letter') letter: string, @Commanding() call: CommandCall): Promise<unknown> {
    const command = { kind: 'RevertLetterTemplate', letter: kindOf(letter) } as const;
    return this.commands.carryOut(call, (context) => new OnLetterTexts(command, context), { letter });
  }

  /** Changes nothing. Refuses what {@link revise} would refuse. */
  @Post('letter-templates/:letter/previews')
  @HttpCode(200)
  @Requires('catalogue:read')
  @ApiParam({ name: 'letter', enum: TEMPLATE_KINDS })
  @ApiOperation({ summary: 'A letter as it would be, with sample values' })
  @ApiOkResponse({ type: LetterPreviewAnswer })
  async preview(
    @Param('letter') letter: string,
    @Body() body: PreviewLetterDto,
  ): Promise<LetterPreviewAnswer> {
    const kind = kindOf(letter);
    const { ledger } = this.infrastructure;
    const content = plain(body.content) ?? contentInForce(kind, await this.stateOf(kind));
    const fault = templateFault(kind, content);
    if (fault !== undefined) throw refusalProblem(fault);
    const [company, numbering] = await Promise.all([readCompanyState(ledger), readNumbering(ledger)]);
    return previewOf(kind, content, company, numbering, ledger.clock.now());
  }

  @Get('letter-numbering')
  @Requires('catalogue:read')
  @ApiOperation({ summary: 'How documents are numbered' })
  @ApiOkResponse({ type: LetterNumberingAnswer })
  async numbering(): Promise<LetterNumberingAnswer> {
    const { ledger } = this.infrastructure;
    const { prefix, year } = await readNumbering(ledger);
    const named = numberingYear(tokyoDay(ledger.clock.now()), year);
    return { prefix, year, example: `${prefix}-${named}-000123` };
  }

  /** From the next letter on; numbers that were given stay. */
  @Put('letter-numbering')
  @Requires('company:write')
  @ApiOperation({ summary: 'Set how documents are numbered' })
  setNumbering(@Body() body: LetterNumberingDto, @Commanding() call: CommandCall): Promise<unknown> {
    const command = { kind: 'SetNumbering', ...plain(body) } as const;
    return this.commands.carryOut(call, (context) => new OnLetterTexts(command, context));
  }

  private stateOf(kind: TemplateKind): Promise<LetterTemplateState> {
    return readLetterTemplate(this.infrastructure.ledger, kind);
  }
}

/** @throws ProblemError 404 for a kind that there is not */
function kindOf(letter: string): TemplateKind {
  const kind = TEMPLATE_KINDS.find((one) => one === letter);
  if (kind === undefined) throw new ProblemError(404, 'letter-kind-unknown', 'There is no such letter');
  return kind;
}

function summaryOf(kind: TemplateKind, state: LetterTemplateState): LetterTemplateSummary {
  const { ja, en } = contentInForce(kind, state);
  return {
    letter: kind,
    outgoing: (LETTER_KINDS as readonly string[]).includes(kind),
    builtIn: state.content === undefined,
    version: state.version,
    subject: { ja: ja.subject, en: en.subject },
  };
}
