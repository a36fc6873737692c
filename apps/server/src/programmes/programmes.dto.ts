import {
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  Min,
  IsDefined,
} from 'class-validator';
import { CONTACT_CHANNELS, type ContactChannel } from '@enishi/domain';
import { BilingualDto } from '../company/company.dto';
import { CODE_FORM } from '../forms';
import { Nested } from '../nested';

/** All that a version of a programme states. */
export class ProgrammeContentDto {
  @IsDefined()
  @Nested(() => BilingualDto)
  title!: BilingualDto;

  @IsDefined()
  @Nested(() => BilingualDto)
  description!: BilingualDto;

  @ArrayNotEmpty()
  @IsUUID('all', { each: true })
  purposeIds!: string[];

  @ArrayNotEmpty()
  @IsIn(CONTACT_CHANNELS, { each: true })
  channels!: ContactChannel[];

  /** A closed rule form: all, any, not, comparisons over listed facts. */
  @IsObject()
  eligibility!: Record<string, unknown>;

  @IsArray()
  @IsString({ each: true })
  contractForms!: string[];

  @IsInt()
  @Min(1)
  @Max(120)
  reviewMonths!: number;
}

/** Either a template with the purposes it is for, or code and content. */
export class DraftProgrammeDto {
  @IsOptional()
  @Matches(/^[a-z][a-z0-9-]{1,62}$/, { context: CODE_FORM })
  template?: string;

  @IsOptional()
  @Matches(/^[a-z][a-z0-9-]{1,62}$/, { context: CODE_FORM })
  code?: string;

  @IsOptional()
  @ArrayNotEmpty()
  @IsUUID('all', { each: true })
  purposeIds?: string[];

  @IsOptional()
  @Nested(() => ProgrammeContentDto)
  content?: ProgrammeContentDto;
}

export class ReviseProgrammeDto {
  @IsDefined()
  @Nested(() => ProgrammeContentDto)
  content!: ProgrammeContentDto;
}
