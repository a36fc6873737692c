import { IntersectionType, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import {
  CONSENT_KINDS,
  ENCODINGS,
  EXPORT_FORMATS,
  LANGUAGES,
  type ConsentKind,
  type ExportFormat,
  type Language,
} from '@enishi/domain';
import { ACTOR, ACTOR_FORM } from '../forms';

/** A page of a list: where it goes on, and how long it is. */
export class PageQuery {
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;
}

/** What of a history; times are of recording. */
export class ScopeQuery extends PageQuery {
  @IsOptional()
  @IsUUID('all')
  alumnusId?: string;

  @IsOptional()
  @IsUUID('all')
  purposeId?: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  from?: string;

  /** A day means all of it. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  to?: string;
}

/** What of the consent history. */
export class ConsentHistoryQuery extends ScopeQuery {
  @IsOptional()
  @IsIn(CONSENT_KINDS)
  kind?: ConsentKind;

  /** Of one import. */
  @IsOptional()
  @IsUUID('all')
  batchId?: string;
}

export class AuditTrailQuery extends ScopeQuery {
  @IsOptional()
  @Matches(ACTOR, { context: ACTOR_FORM })
  actor?: string;

  @IsOptional()
  @IsUUID('all')
  batchId?: string;
}

class FileQuery {
  @IsIn(EXPORT_FORMATS)
  format!: ExportFormat;

  /** Of CSV. */
  @IsOptional()
  @IsIn(ENCODINGS)
  encoding?: 'utf-8' | 'cp932';

  /** Of a report. Default: ja. */
  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;
}

/** The whole history at once: no pages. */
export class ExportQuery extends IntersectionType(
  FileQuery,
  OmitType(ConsentHistoryQuery, ['cursor', 'limit'] as const),
) {}

/** The whole trail at once. */
export class TrailExportQuery extends IntersectionType(
  FileQuery,
  OmitType(AuditTrailQuery, ['cursor', 'limit'] as const),
) {}
