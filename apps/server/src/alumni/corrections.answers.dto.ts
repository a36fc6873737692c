import { ApiProperty } from '@nestjs/swagger';
import { CORRECTION_ORIGINS, PERSON_FIELDS } from '@enishi/domain';

/** One value that was corrected. Contact, employee number and leaving details are masked, as where the person is shown. */
export class CorrectedValueAnswer {
  @ApiProperty({ enum: PERSON_FIELDS })
  field!: string;

  /** `null` where nothing stood before, or its key was destroyed. */
  @ApiProperty({ nullable: true, description: 'A text, a list of texts, or a name by its parts' })
  before!: unknown;

  /** The event that had stated it, which still holds it. */
  @ApiProperty({ format: 'uuid' })
  beforeId?: string;

  /** `null` where the value was removed, or its key was destroyed. */
  @ApiProperty({ nullable: true, description: 'A text, a list of texts, or a name by its parts' })
  after!: unknown;
}

/** A correction: what stood before, what after, and what was looked into. */
export class CorrectionAnswer {
  @ApiProperty({ format: 'uuid' })
  eventId!: string;

  @ApiProperty({ format: 'date-time' })
  correctedAt!: string;

  correctedBy!: string;

  correctedByName?: string;

  values!: CorrectedValueAnswer[];

  /** Where it was looked into before: who said that it was wrong. */
  @ApiProperty({ enum: CORRECTION_ORIGINS })
  origin?: string;

  /** The event of what was looked into; what it says is shown by its reveal. */
  @ApiProperty({ format: 'uuid' })
  investigationId?: string;

  @ApiProperty({ format: 'uuid' })
  requestId?: string;
}

export class CorrectionsAnswer {
  corrections!: CorrectionAnswer[];
}
