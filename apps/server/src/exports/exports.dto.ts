import { IsIn, IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';
import {
  CONSENT_KINDS,
  ENCODINGS,
  EXPORT_CONTENTS,
  EXPORT_LEVELS,
  LANGUAGES,
  PERSONAL_FORMATS,
  type ConsentKind,
  type ExportContent,
  type ExportLevel,
  type Language,
  type PersonalFormat,
} from '@enishi/domain';
import { OmitType } from '@nestjs/swagger';
import { PageQuery, ScopeQuery } from '../audit/audit.dto';
import { ACTOR, ACTOR_FORM, NOT_BLANK } from '../forms';

/** What is to be in the file, in what form, and why. Times are of recording. */
export class RequestExportDto extends OmitType(ScopeQuery, ['cursor', 'limit'] as const) {
  @IsIn(EXPORT_CONTENTS)
  content!: ExportContent;

  /** `masked`: names and employee numbers, contact masked. `full`: contact and words of evidence too. */
  @IsIn(EXPORT_LEVELS)
  level!: ExportLevel;

  @IsIn(PERSONAL_FORMATS)
  format!: PersonalFormat;

  /** Of CSV. */
  @IsOptional()
  @IsIn(ENCODINGS)
  encoding?: 'utf-8' | 'cp932';

  /** Of a report. */
  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;

  /** Of one import. */
  @IsOptional()
  @IsUUID('all')
  importId?: string;

  /** Of consents. */
  @IsOptional()
  @IsIn(CONSENT_KINDS)
  kind?: ConsentKind;

  /** Who recorded; of the trail. */
  @IsOptional()
  @Matches(ACTOR, { context: ACTOR_FORM })
  actor?: string;

  /** Kept sealed; whoever decides reads it. */
  @IsString()
  @Length(1, 500)
  @Matches(/\S/, { context: NOT_BLANK })
  reason!: string;
}

export class RefuseExportDto {
  /** Kept sealed; whoever asked reads it. */
  @IsString()
  @Length(1, 500)
  @Matches(/\S/, { context: NOT_BLANK })
  reason!: string;
}

export class HandOverExportDto {
  /** Who gets the file, by name. Kept sealed. */
  @IsString()
  @Length(1, 200)
  @Matches(/\S/, { context: NOT_BLANK })
  recipient!: string;
}

/** Which exports. */
export class ExportsQuery extends PageQuery {
  /** With data of this person in their file. */
  @IsOptional()
  @IsUUID('all')
  alumnusId?: string;
}
