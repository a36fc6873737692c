import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '@enishi/access';
import { PROGRAMME_TEMPLATES, PURPOSE_TEMPLATES } from '@enishi/domain';

/** Ready bilingual purposes and programmes. */
@ApiTags('purposes')
@Controller('v1/templates')
export class TemplatesController {
  /** Placeholders such as {company} are filled in when a purpose is drafted from a template. */
  @Get()
  @Requires('catalogue:read')
  list(): unknown {
    const templates = Object.entries(PURPOSE_TEMPLATES).map(([code, purpose]) => {
      return { code, purpose, programme: PROGRAMME_TEMPLATES[code] ?? null };
    });
    return { templates };
  }
}
