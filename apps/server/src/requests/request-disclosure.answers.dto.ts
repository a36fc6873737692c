import { ApiProperty } from '@nestjs/swagger';
import { PROVIDED_ITEMS, TASK_ANSWERS } from '@enishi/domain';

/** Who was given data of the person. */
export class DisclosedRecipient {
  @ApiProperty({ format: 'uuid' })
  recipientId!: string;

  @ApiProperty({ format: 'uuid' })
  provisionId!: string;

  @ApiProperty({ enum: PROVIDED_ITEMS, isArray: true })
  items!: string[];

  @ApiProperty({ format: 'date-time' })
  givenAt!: string;
}

/** What the keeper of another system has answered; files stand with the task. */
export class DisclosedSystem {
  @ApiProperty({ format: 'uuid' })
  taskId!: string;

  system!: string;

  /** Absent: no answer yet. */
  @ApiProperty({ enum: TASK_ANSWERS })
  answer?: string;

  proof?: string;
}

export class DisclosureAnswer {
  @ApiProperty({ format: 'uuid' })
  requestId!: string;

  @ApiProperty({ format: 'uuid' })
  alumnusId!: string;

  @ApiProperty({ format: 'date-time' })
  asOf!: string;

  /** As they are recorded, unmasked; without what was erased. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  values!: Record<string, unknown>;

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  employments!: Record<string, unknown>[];

  /** ISO/IEC TS 27560:2023 records. */
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  consents!: Record<string, unknown>[];

  recipients!: DisclosedRecipient[];

  systems!: DisclosedSystem[];
}
