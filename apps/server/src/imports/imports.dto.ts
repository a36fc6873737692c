import { Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';

/** Either a saved mapping by its name, or what each column fills. */
export class MapImportDto {
  /** Column header → field, or `ignore`. */
  @IsOptional()
  @IsObject()
  columns?: Record<string, string>;

  /** Take free-text columns too. Off unless asked for. */
  @IsOptional()
  @IsBoolean()
  freeText?: boolean;

  @IsOptional()
  @IsIn(['ymd', 'mdy', 'dmy'])
  dateOrder?: 'ymd' | 'mdy' | 'dmy';

  /** The HR system the file comes from. */
  @IsOptional()
  @Matches(/^[a-z0-9][a-z0-9-]{0,40}$/)
  source?: string;

  /** Keep this mapping under a name. */
  @IsOptional()
  @Length(1, 60)
  @IsString()
  saveAs?: string;

  /** Use the mapping kept under this name. */
  @IsOptional()
  @Length(1, 60)
  @IsString()
  saved?: string;
}

/** A page of what an import numbers: rows with problems, scans. */
class NumberedPageQuery {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  after?: number;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;
}

export class ProblemsQuery extends NumberedPageQuery {
  @IsOptional()
  @IsIn(['error', 'warning'])
  severity?: 'error' | 'warning';
}

export class ScansQuery extends NumberedPageQuery {
  /** Only those that no row names. */
  @IsOptional()
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : (value as unknown)))
  @IsBoolean()
  unused?: boolean;
}
