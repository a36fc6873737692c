import { ApiProperty } from '@nestjs/swagger';
import { REVISION_KINDS } from '@enishi/domain';
import { BilingualDto } from '../company/company.dto';
import { ProgrammeContentDto } from '../programmes/programmes.dto';
import { NoticeHashAnswer } from '../purposes/purposes.answers.dto';
import { PurposeContentDto } from '../purposes/purposes.dto';

/** From when on a rule has held, by the event that made it so. */
export class RuleSinceAnswer {
  @ApiProperty({ format: 'date-time' })
  since!: string;

  @ApiProperty({ format: 'uuid' })
  eventId!: string;
}

/** A version of a purpose in force. */
export class PurposeRuleAnswer extends RuleSinceAnswer {
  version!: number;

  @ApiProperty({ enum: REVISION_KINDS })
  revision!: string;

  /** Of the first notice recorded for it; without one, `null`. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  noticeEventId!: string | null;

  /** SHA-256 (hex) of the notice, in UTF-8. */
  noticeHash!: NoticeHashAnswer;

  /** The oldest version whose consents still count (18(1)). */
  consentsFrom!: number;

  content!: PurposeContentDto;
}

/** A purpose of which a version was published. */
export class PurposeRulesAnswer {
  @ApiProperty({ format: 'uuid' })
  purposeId!: string;

  code!: string;

  @ApiProperty({ enum: ['in-force', 'not-in-force', 'retired'] })
  state!: string;

  @ApiProperty({ type: PurposeRuleAnswer, nullable: true })
  inForce!: PurposeRuleAnswer | null;

  @ApiProperty({ type: RuleSinceAnswer, nullable: true })
  retired!: RuleSinceAnswer | null;
}

/** A version of a programme in force. */
export class ProgrammeRuleAnswer extends RuleSinceAnswer {
  version!: number;

  /** Whom it is for, in words; the rule itself stands in the content. */
  eligibility!: BilingualDto;

  content!: ProgrammeContentDto;
}

/** A programme of which a version was published. */
export class ProgrammeRulesAnswer {
  @ApiProperty({ format: 'uuid' })
  programmeId!: string;

  code!: string;

  @ApiProperty({ enum: ['in-force', 'not-in-force', 'closed'] })
  state!: string;

  @ApiProperty({ type: ProgrammeRuleAnswer, nullable: true })
  inForce!: ProgrammeRuleAnswer | null;

  @ApiProperty({ type: RuleSinceAnswer, nullable: true })
  closed!: RuleSinceAnswer | null;
}

/** The rules in force at a moment, by what was known at another. */
export class RulesAnswer {
  @ApiProperty({ format: 'date-time' })
  at!: string;

  /** How many leaves of the ledger were known. */
  leaves!: number;

  purposes!: PurposeRulesAnswer[];

  programmes!: ProgrammeRulesAnswer[];
}
