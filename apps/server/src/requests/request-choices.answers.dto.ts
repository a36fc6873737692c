import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import {
  REFUSAL_GROUNDS,
  REQUEST_GROUNDS,
  REQUEST_KINDS,
  STATUTORY_DOCUMENTS,
  type Bilingual,
} from '@enishi/domain';
import { BilingualDto } from '../company/company.dto';

/** One kind of request, with what the law says of it. */
export class RequestKindAnswer {
  @ApiProperty({ enum: REQUEST_KINDS })
  kind!: string;

  title!: BilingualDto;

  /** Under which it is asked for and decided. */
  article!: BilingualDto;

  /** Of which one must be named; none where the law asks for none. */
  @ApiProperty({ enum: REQUEST_GROUNDS, isArray: true })
  grounds!: string[];

  /** Grounds on which it may be refused. */
  @ApiProperty({ enum: REFUSAL_GROUNDS, isArray: true })
  refusals!: string[];

  /** Whether a fee may be taken (38). */
  fee!: boolean;

  /** Whether acting may wait for the end of a statutory retention. */
  deferrable!: boolean;
}

/** A document that a law keeps. */
export class StatutoryDocumentAnswer {
  @ApiProperty({ enum: STATUTORY_DOCUMENTS })
  code!: string;

  title!: BilingualDto;
}

/** An account that may work on requests. */
export class ClerkAnswer {
  @ApiProperty({ format: 'uuid' })
  accountId!: string;

  name?: string;
}

@ApiExtraModels(BilingualDto)
export class RequestChoicesAnswer {
  kinds!: RequestKindAnswer[];

  /** What people read for the codes of the desk: by the list, then by the code. */
  @ApiProperty({
    type: 'object',
    additionalProperties: {
      type: 'object',
      additionalProperties: { $ref: getSchemaPath(BilingualDto) },
    },
  })
  words!: Readonly<Record<string, Readonly<Record<string, Bilingual>>>>;

  documents!: StatutoryDocumentAnswer[];

  clerks!: ClerkAnswer[];
}
