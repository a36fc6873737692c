import { IsOptional, IsString, MaxLength } from 'class-validator';

/** Of which moment; each a day (its end in Asia/Tokyo) or an instant. */
export class RulesQuery {
  /** As of. Default: now. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  at?: string;

  /** By what was known then. Default: as `at`. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  known?: string;
}
