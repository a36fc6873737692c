import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsDefined,
  IsIn,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { REVIEW_OUTCOMES, type ReviewOutcome } from '@enishi/domain';
import { BilingualDto } from '../company/company.dto';
import { HASH_FORM, NOT_BLANK } from '../forms';
import { IsDay } from '../is-day';
import { Nested } from '../nested';

/** Who may reach what. */
export class AccessRuleDto {
  @IsDefined()
  @Nested(() => BilingualDto)
  role!: BilingualDto;

  @IsDefined()
  @Nested(() => BilingualDto)
  scope!: BilingualDto;
}

/** The security measures in words for the public (GL 10-3 to 10-7). */
export class SecurityMeasuresDto {
  @IsDefined()
  @Nested(() => BilingualDto)
  organisational!: BilingualDto;

  @IsDefined()
  @Nested(() => BilingualDto)
  personnel!: BilingualDto;

  @IsDefined()
  @Nested(() => BilingualDto)
  physical!: BilingualDto;

  @IsDefined()
  @Nested(() => BilingualDto)
  technical!: BilingualDto;

  /** Where data is kept or handled abroad, and what that means. */
  @IsDefined()
  @Nested(() => BilingualDto)
  foreign!: BilingualDto;
}

/** The next version of the handling rules. */
export class AdoptHandlingRulesDto {
  @IsDefined()
  @Nested(() => BilingualDto)
  title!: BilingualDto;

  /** Where the company files the document; required where its text is not sent. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  documentNumber?: string;

  /** The document itself, where it is text. */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200_000)
  text?: string;

  /** SHA-256 (hex) of the document. With its text it may be left out. */
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/, { context: HASH_FORM })
  fileHash?: string;

  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => AccessRuleDto)
  @IsArray()
  access!: AccessRuleDto[];

  @IsDefined()
  @Nested(() => SecurityMeasuresDto)
  measures!: SecurityMeasuresDto;

  /** In force from; a day means its beginning in Asia/Tokyo. Default: now. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  effectiveAt?: string;
}

/** A review of the handling rules in force. */
export class ReviewHandlingRulesDto {
  @IsIn(REVIEW_OUTCOMES)
  outcome!: ReviewOutcome;

  /** What was looked at and found; sealed. */
  @IsString()
  @Length(1, 4000)
  @Matches(/\S/, { context: NOT_BLANK })
  findings!: string;

  /** The last day for the next review. Default: as late as the rules allow. */
  @IsOptional()
  @IsDay()
  nextBy?: string;
}
