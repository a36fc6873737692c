import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min, ValidateIf } from 'class-validator';
import { NOT_BLANK } from '../forms';

/** What a list of pairs shows: proposals, or what somebody has decided. */
export const PAIR_LISTS = ['proposed', 'linked', 'dismissed'] as const;
export type PairList = (typeof PAIR_LISTS)[number];

export class PairsQuery {
  /** Default `proposed`. */
  @IsOptional()
  @IsIn(PAIR_LISTS)
  state?: PairList;

  /** At most so many, the likeliest first. Default 50. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;
}

export class DecideDto {
  /** Why: what was compared, who was asked. Kept sealed. */
  @IsString()
  @Matches(/\S/, { context: NOT_BLANK })
  @MaxLength(500)
  reason!: string;
}

export class UnlinkDto {
  /** Why. Kept sealed. */
  @ValidateIf((_, value) => value !== undefined)
  @IsString()
  @Matches(/\S/, { context: NOT_BLANK })
  @MaxLength(500)
  reason?: string;
}
