import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { NOT_BLANK } from '../forms';

class HoldReasonDto {
  /** Why. Kept sealed. */
  @IsString()
  @Matches(/\S/, { context: NOT_BLANK })
  @MaxLength(500)
  reason!: string;
}

export class PlaceHoldDto extends HoldReasonDto {
  /** When somebody must look at it again. A hold never ends by itself. */
  @ApiProperty({ example: '2027-05-31' })
  @IsString()
  @MaxLength(40)
  reviewAt!: string;

  /** Whether it stops every contact too. Default: no. */
  @IsOptional()
  @IsBoolean()
  stopsContact?: boolean;
}

export class ReviewHoldDto extends HoldReasonDto {
  /** The next review. */
  @ApiProperty({ example: '2027-11-30' })
  @IsString()
  @MaxLength(40)
  reviewAt!: string;
}

export class ReleaseHoldDto extends HoldReasonDto {}

/** A hold, standing or released; why is told by its event, to who may see that. */
export class HoldAnswer {
  @ApiProperty({ format: 'uuid' })
  holdId!: string;

  @ApiProperty({ format: 'uuid' })
  alumnusId!: string;

  stopsContact!: boolean;

  @ApiProperty({ format: 'date-time' })
  reviewAt!: string;

  /** Whether its review is due. */
  due!: boolean;

  /** The event that placed it. */
  @ApiProperty({ format: 'uuid' })
  placedBy!: string;

  /** The event of its last review. */
  @ApiProperty({ format: 'uuid' })
  reviewedBy?: string;

  /** The event that released it. */
  @ApiProperty({ format: 'uuid' })
  releasedBy?: string;
}

export class HoldsAnswer {
  holds!: HoldAnswer[];
}
