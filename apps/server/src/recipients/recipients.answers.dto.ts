import { ApiProperty } from '@nestjs/swagger';
import { ASSESSMENTS, DISPOSALS, RECIPIENT_ROLES } from '@enishi/domain';
import { BilingualDto } from '../company/company.dto';
import { RecipientContactDto, RecipientContentDto } from './recipients.dto';

/** Why nothing may be handed over now. */
export class HandOverFaultAnswer {
  code!: string;

  text!: BilingualDto;
}

/** Something that is looked at again and again. */
export class ReviewAnswer {
  @ApiProperty({ enum: ASSESSMENTS })
  assessment!: string;

  /** When the next is due; absent where there was none, or it was not passed. */
  @ApiProperty({ format: 'date-time' })
  due?: string;
}

/** Somebody who gets the data: as a company. */
export class RecipientAnswer {
  @ApiProperty({ format: 'uuid' })
  recipientId!: string;

  code!: string;

  @ApiProperty({ enum: RECIPIENT_ROLES })
  role!: string;

  version!: number;

  content!: RecipientContentDto;

  @ApiProperty({ format: 'date-time' })
  addedAt!: string;

  reviews!: ReviewAnswer[];

  /** Absent where data may go there. */
  fault?: HandOverFaultAnswer;

  @ApiProperty({ enum: DISPOSALS })
  disposal?: string;

  @ApiProperty({ format: 'date-time' })
  endedAt?: string;
}

/** One assessment. */
export class AssessmentAnswer {
  @ApiProperty({ enum: ASSESSMENTS })
  assessment!: string;

  passed!: boolean;

  @ApiProperty({ format: 'date-time' })
  effectiveAt!: string;

  findings?: string;

  eventId!: string;
}

/** With its people, and all that was found. */
export class RecipientDetailAnswer extends RecipientAnswer {
  representative?: string;

  contact?: RecipientContactDto;

  assessments!: AssessmentAnswer[];

  proof?: string;
}

export class RecipientsAnswer {
  recipients!: RecipientAnswer[];
}
