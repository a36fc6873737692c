import { ApiProperty } from '@nestjs/swagger';
import { ANCHORS, DOCUMENT_CODES, LAW_CODES } from '@enishi/domain';
import { BilingualDto } from '../company/company.dto';

/** A number that a law or a policy states, as it holds today. */
export class LawNumberAnswer {
  @ApiProperty({ enum: LAW_CODES })
  code!: string;

  rule!: BilingualDto;

  /** The article, or that it is a policy. */
  law!: BilingualDto;

  @ApiProperty({ enum: ['years', 'months', 'days'] })
  unit!: string;

  /** What holds today: the default, or what the company has set. */
  value!: number;

  default!: number;

  /** What the company may set. The same as `most` where the law leaves no choice. */
  least!: number;

  most!: number;

  /** Since when the default holds. */
  @ApiProperty({ format: 'date' })
  from!: string;

  /** The event that set what holds today. */
  @ApiProperty({ format: 'uuid' })
  setBy?: string;
}

/** A row of the retention schedule. */
export class RetentionRowAnswer {
  @ApiProperty({ enum: DOCUMENT_CODES })
  code!: string;

  document!: BilingualDto;

  /** The number that states its period. */
  @ApiProperty({ enum: LAW_CODES })
  number!: string;

  /** What the period runs from. */
  @ApiProperty({ enum: ANCHORS })
  anchor!: string;

  /** Where it is later, from this. */
  @ApiProperty({ enum: ANCHORS })
  orLater?: string;

  /** Whether Enishi holds it itself. */
  here!: boolean;
}

/** What the company has set for one purpose, as it holds today. */
export class PurposePeriodsAnswer {
  @ApiProperty({ format: 'uuid' })
  purposeId!: string;

  keepMonths!: number;

  answerDays!: number;

  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiProperty({ format: 'uuid' })
  setBy!: string;
}

export class LawAnswer {
  /** The day for which it is told, in Asia/Tokyo. */
  @ApiProperty({ format: 'date' })
  day!: string;

  numbers!: LawNumberAnswer[];

  schedule!: RetentionRowAnswer[];

  purposes!: PurposePeriodsAnswer[];
}
