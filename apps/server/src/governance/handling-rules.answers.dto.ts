import { ApiProperty } from '@nestjs/swagger';
import { REVIEW_OUTCOMES } from '@enishi/domain';
import { BilingualDto } from '../company/company.dto';
import { AccessRuleDto, SecurityMeasuresDto } from './handling-rules.dto';

/** A version of the handling rules. */
export class HandlingRulesVersionAnswer {
  version!: number;

  @ApiProperty({ enum: ['scheduled', 'in-force', 'superseded'] })
  state!: string;

  title!: BilingualDto;

  documentNumber?: string;

  /** Whether the text of the document is kept here. */
  hasText!: boolean;

  /** SHA-256 (hex) of the document. */
  fileHash!: string;

  /** The responsible officer at that time. */
  officerId!: string;

  access!: AccessRuleDto[];

  measures!: SecurityMeasuresDto;

  /** When they must have been reviewed for the first time: the instant after the last day. */
  @ApiProperty({ format: 'date-time' })
  reviewBy!: string;

  @ApiProperty({ format: 'date-time' })
  effectiveAt!: string;

  @ApiProperty({ format: 'date-time' })
  recordedAt!: string;

  @ApiProperty({ format: 'uuid' })
  eventId!: string;
}

/** When the rules in force are to be reviewed. */
export class ReviewDueAnswer {
  /** Months that may pass between two reviews. */
  months!: number;

  /** The instant after the last day for it; absent where there are no rules. */
  @ApiProperty({ format: 'date-time' })
  dueAt?: string;

  overdue!: boolean;
}

/** The handling rules, the newest version first. */
export class HandlingRulesAnswer {
  versions!: HandlingRulesVersionAnswer[];

  review!: ReviewDueAnswer;
}

/** A review of the handling rules. */
export class HandlingRulesReviewAnswer {
  @ApiProperty({ format: 'uuid' })
  reviewId!: string;

  /** The version that was looked at. */
  version!: number;

  @ApiProperty({ enum: REVIEW_OUTCOMES })
  outcome!: string;

  /** Absent where the key of who recorded it was destroyed. */
  findings?: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  /** The instant after the last day for the next one. */
  @ApiProperty({ format: 'date-time' })
  nextBy!: string;

  actor!: string;

  actorName?: string;

  @ApiProperty({ format: 'uuid' })
  eventId!: string;
}

/** Reviews of the handling rules, the newest first. */
export class HandlingRulesReviewsAnswer {
  reviews!: HandlingRulesReviewAnswer[];

  review!: ReviewDueAnswer;
}
