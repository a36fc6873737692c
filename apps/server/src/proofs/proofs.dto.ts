import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';

/** A place in the tree, or a number of leaves. */
const LARGEST = Number.MAX_SAFE_INTEGER;

/** A page of checkpoints, the newest first. */
export class CheckpointsQuery {
  /** Only checkpoints of fewer leaves. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LARGEST)
  below?: number;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;
}

/** Under which checkpoint something is proven. */
class UnderCheckpoint {
  /** Leaves of a published checkpoint; the newest where absent. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LARGEST)
  size?: number;
}

export class InclusionQuery extends UnderCheckpoint {
  @IsUUID('all')
  event!: string;
}

export class ConsistencyQuery {
  /** Leaves of the older tree. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LARGEST)
  from!: number;

  /** Leaves of the newer checkpoint; the newest where absent. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LARGEST)
  to?: number;
}

export class RangeQuery extends UnderCheckpoint {
  /** The first leaf, counted from 0. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(LARGEST)
  from!: number;

  /** The leaf behind the last, counted from 0. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LARGEST)
  to!: number;
}

/** A checkpoint that witnesses cosigned. */
export class CosignedDto {
  /** Word for word, with the witnesses' lines below (C2SP signed-note). */
  @IsString()
  @MaxLength(65_536)
  note!: string;
}

/** Which views a self-check builds once more. */
export class SelfCheckQuery {
  /** Names with commas between them, or `none`. Default: all. */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  views?: string;
}
