import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '@enishi/access';
import { OpenApiDocument } from '../openapi';

/** The description of this API. */
@ApiTags('operations')
@Controller('v1/openapi.json')
export class OpenApiController {
  constructor(private readonly document: OpenApiDocument) {}

  /** This document. */
  @Get()
  @Public('it describes the program, not the company')
  show(): object {
    return this.document.get();
  }
}
