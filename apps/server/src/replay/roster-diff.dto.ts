import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { RosterScopeDto } from '../roster/roster.dto';

/** Two moments of a roster; each a day (its end in Asia/Tokyo) or an instant. */
export class RosterDiffDto extends RosterScopeDto {
  @IsString()
  @MaxLength(40)
  from!: string;

  /** By what was known then. Default: as `from`. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  fromKnown?: string;

  @IsString()
  @MaxLength(40)
  to!: string;

  /** By what was known then. Default: as `to`. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  toKnown?: string;

  @IsOptional()
  @IsString()
  @MaxLength(4000)
  cursor?: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;
}
