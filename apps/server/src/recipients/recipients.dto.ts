import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsDefined,
  IsEmail,
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
import {
  ASSESSMENTS,
  DISPOSALS,
  RECIPIENT_ROLES,
  TRANSFER_BASES,
  type Assessment,
  type Disposal,
  type RecipientRole,
  type TransferBasis,
} from '@enishi/domain';
import { BilingualDto } from '../company/company.dto';
import { CODE_FORM, COUNTRY_FORM, NOT_BLANK } from '../forms';
import { IsDay } from '../is-day';
import { Nested } from '../nested';

const COUNTRY = /^[A-Z]{2}$/;

/** The contract that stands behind it (25). */
export class RecipientContractDto {
  /** Its number or title. */
  @IsString()
  @Length(1, 200)
  @Matches(/\S/, { context: NOT_BLANK })
  reference!: string;

  @IsDay()
  signedOn!: string;

  /** Its last day. */
  @IsOptional()
  @IsDay()
  until?: string;
}

/** Somebody whom a processor entrusts in turn (再委託先). */
export class SubProcessorDto {
  @IsDefined()
  @Nested(() => BilingualDto)
  name!: BilingualDto;

  @Matches(COUNTRY, { context: COUNTRY_FORM })
  country!: string;
}

/** What people were shown before they consented to its going abroad (28(2)). */
export class ShownAbroadDto {
  /** The country's system for the protection of personal data. */
  @IsDefined()
  @Nested(() => BilingualDto)
  system!: BilingualDto;

  @IsDefined()
  @Nested(() => BilingualDto)
  measures!: BilingualDto;
}

/** Where joint use is published (27(5)(iii)). */
export class JointUseDto {
  /** An address, a document number. */
  @IsString()
  @Length(1, 500)
  @Matches(/\S/, { context: NOT_BLANK })
  proof!: string;

  @IsDay()
  publishedOn!: string;
}

/** All that is said of a recipient as a company. */
export class RecipientContentDto {
  @IsDefined()
  @Nested(() => BilingualDto)
  name!: BilingualDto;

  @IsDefined()
  @Nested(() => BilingualDto)
  address!: BilingualDto;

  /** Where the data is handled: ISO 3166 code. */
  @ApiProperty({ example: 'JP' })
  @Matches(COUNTRY, { context: COUNTRY_FORM })
  country!: string;

  /** Why data may go there (28). */
  @IsIn(TRANSFER_BASES)
  basis!: TransferBasis;

  /** What it does with the data. */
  @IsDefined()
  @Nested(() => BilingualDto)
  task!: BilingualDto;

  /** Of a processor always. */
  @IsOptional()
  @Nested(() => RecipientContractDto)
  contract?: RecipientContractDto;

  @IsOptional()
  @IsArray()
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => SubProcessorDto)
  subProcessors?: SubProcessorDto[];

  /** With consent as the basis. */
  @IsOptional()
  @Nested(() => ShownAbroadDto)
  shown?: ShownAbroadDto;

  /** With equivalent measures as the basis: what the recipient does, as people are told on request (28(3)). */
  @IsOptional()
  @Nested(() => BilingualDto)
  measures?: BilingualDto;

  /** Of joint use always. */
  @IsOptional()
  @Nested(() => JointUseDto)
  jointUse?: JointUseDto;
}

/** Whom to reach there. */
export class RecipientContactDto {
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name!: string;

  @IsOptional()
  @IsEmail()
  email?: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string;
}

/** All that the register knows of a recipient, but its name on the command line and what it is to the company. */
export class ReviseRecipientDto {
  @IsDefined()
  @Nested(() => RecipientContentDto)
  content!: RecipientContentDto;

  /** Name of its representative (29). Kept sealed. */
  @IsString()
  @Length(1, 200)
  @Matches(/\S/, { context: NOT_BLANK })
  representative!: string;

  /** Kept sealed. */
  @IsOptional()
  @Nested(() => RecipientContactDto)
  contact?: RecipientContactDto;
}

export class AddRecipientDto extends ReviseRecipientDto {
  /** The name used on the command line: lower-case letters, digits, hyphens. */
  @Matches(/^[a-z][a-z0-9-]{1,62}$/, { context: CODE_FORM })
  code!: string;

  @IsIn(RECIPIENT_ROLES)
  role!: RecipientRole;
}

export class AssessRecipientDto {
  @IsIn(ASSESSMENTS)
  assessment!: Assessment;

  @IsBoolean()
  passed!: boolean;

  /** What was looked at and found. Kept sealed. */
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  findings?: string;

  /** When; now unless stated. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  effectiveAt?: string;
}

export class EndRecipientDto {
  @IsIn(DISPOSALS)
  disposal!: Disposal;

  /** Which certificate or letter says so. Kept sealed. */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  proof?: string;

  /** When; now unless stated. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  effectiveAt?: string;
}
