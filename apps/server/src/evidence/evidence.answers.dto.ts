import { ApiProperty } from '@nestjs/swagger';
import { CATEGORIES, EVENTS } from '@enishi/domain';

/** What was sealed in one event. */
export class SealedFieldsAnswer {
  @ApiProperty({ format: 'uuid' })
  eventId!: string;

  @ApiProperty({ enum: Object.keys(EVENTS) })
  type!: string;

  /** By field: texts, names, days. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  values!: Record<string, unknown>;

  /** Fields that the caller’s grant does not cover. */
  withheld!: string[];

  /** Categories of data that were erased since. */
  @ApiProperty({ enum: CATEGORIES, isArray: true })
  erased!: string[];
}
