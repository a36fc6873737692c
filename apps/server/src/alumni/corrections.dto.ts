import {
  ArrayNotEmpty,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';
import {
  CORRECTION_ORIGINS,
  INVESTIGATED_FIELDS,
  INVESTIGATION_OUTCOMES,
  PERSON_FIELDS,
  type CorrectionOrigin,
  type InvestigatedField,
  type InvestigationOutcome,
  type PersonField,
} from '@enishi/domain';
import { NOT_BLANK } from '../forms';

/** What was looked at before a value is corrected (34(2)). */
export class InvestigationDto {
  /** Who says that it is wrong. */
  @IsIn(CORRECTION_ORIGINS)
  origin!: CorrectionOrigin;

  /** What was looked at, and what it showed. Kept sealed. */
  @IsString()
  @Length(1, 2000)
  @Matches(/\S/, { context: NOT_BLANK })
  checked!: string;

  /** The request that it answers. */
  @IsOptional()
  @IsUUID('all')
  requestId?: string;
}

/** Values that were looked into and stay as they are. */
export class InvestigateDto extends InvestigationDto {
  @ArrayNotEmpty()
  @IsIn(INVESTIGATED_FIELDS, { each: true })
  fields!: InvestigatedField[];

  /** What it came to. What was wrong is corrected instead, with what was looked at. */
  @IsIn(INVESTIGATION_OUTCOMES)
  outcome!: InvestigationOutcome;
}

/** Values that somebody says are still right. */
export class ConfirmValuesDto {
  @ArrayNotEmpty()
  @IsIn(PERSON_FIELDS, { each: true })
  fields!: PersonField[];

  @IsIn(CORRECTION_ORIGINS)
  origin!: CorrectionOrigin;

  @IsOptional()
  @IsUUID('all')
  requestId?: string;

  /** When it was said; now unless stated. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  effectiveAt?: string;
}
