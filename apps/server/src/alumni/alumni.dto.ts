import { PartialType } from '@nestjs/swagger';
import {
  ArrayNotEmpty,
  IsArray,
  IsEmail,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateIf,
  IsDefined,
} from 'class-validator';
import { EMPLOYMENT_KINDS, LEAVING_KINDS, type EmploymentKind, type LeavingKind } from '@enishi/domain';
import { PersonNameDto } from '../company/company.dto';
import { NOT_BLANK, SOURCE_FORM } from '../forms';
import { IsDay } from '../is-day';
import { Nested } from '../nested';
import { InvestigationDto } from './corrections.dto';

export class PersonKanaDto {
  @IsOptional()
  @IsString()
  @MaxLength(100)
  family?: string;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  given?: string;
}

export class EmploymentDto {
  @IsOptional()
  @IsString()
  @MaxLength(200)
  department?: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  job?: string;

  @IsOptional()
  @IsIn(EMPLOYMENT_KINDS)
  kind?: EmploymentKind;

  @IsDay()
  joinedOn!: string;

  @IsDay()
  leftOn!: string;

  @IsOptional()
  @IsIn(LEAVING_KINDS)
  leavingKind?: LeavingKind;
}

class PersonValuesDto {
  @IsDefined()
  @Nested(() => PersonNameDto)
  name!: PersonNameDto;

  @IsOptional()
  @Nested(() => PersonKanaDto)
  kana?: PersonKanaDto | null;

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  formerNames?: string[] | null;

  @IsOptional()
  @IsDay()
  birthDate?: string | null;

  @IsOptional()
  @IsEmail()
  email?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  phone?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(400)
  postalAddress?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  lineId?: string | null;
}

export class RegisterAlumnusDto extends PersonValuesDto {
  /** The HR system the number comes from. Default `hr`. */
  @IsOptional()
  @Matches(/^[a-z0-9][a-z0-9-]{0,40}$/, { context: SOURCE_FORM })
  source?: string;

  @IsString()
  @IsNotEmpty()
  @MaxLength(64)
  employeeNumber!: string;

  @IsDefined()
  @Nested(() => EmploymentDto)
  employment!: EmploymentDto;
}

/** Only what changes; `null` removes a value. */
export class CorrectAlumnusDto extends PartialType(PersonValuesDto) {
  @ValidateIf((_, value) => value !== undefined)
  @IsString()
  @IsNotEmpty()
  @MaxLength(2000)
  reason?: string;

  /** What was looked at before (34(2)). */
  @IsOptional()
  @Nested(() => InvestigationDto)
  investigation?: InvestigationDto;
}

export class CorrectEmploymentDto extends EmploymentDto {
  /** What was looked at before (34(2)). */
  @IsOptional()
  @Nested(() => InvestigationDto)
  investigation?: InvestigationDto;
}

export class RecordReturnDto {
  @IsOptional()
  @IsDay()
  returnedOn?: string;
}

export class RecordDeathDto {
  @IsOptional()
  @IsDay()
  diedOn?: string;
}

/** Fields shown masked until revealed. */
export const MASKED_FIELDS = [
  'email',
  'phone',
  'postalAddress',
  'lineId',
  'employeeNumber',
  'leavingReason',
  'leavingDetail',
] as const;

/** A reading that must be accounted for. */
export class ReasonDto {
  /** Why it must be seen; kept in the access log. */
  @IsString()
  @Matches(/\S/, { context: NOT_BLANK })
  @MaxLength(500)
  reason!: string;
}

export class RevealDto extends ReasonDto {
  @ArrayNotEmpty()
  @IsIn(MASKED_FIELDS, { each: true })
  fields!: (typeof MASKED_FIELDS)[number][];
}
