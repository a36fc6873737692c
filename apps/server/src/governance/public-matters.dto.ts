import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsDefined,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { FEE_KINDS, type FeeKind } from '@enishi/domain';
import { BilingualDto } from '../company/company.dto';
import { Nested } from '../nested';

/** What one kind of request costs. */
export class FeeDto {
  @IsIn(FEE_KINDS)
  kind!: FeeKind;

  @IsInt()
  @Min(1)
  @Max(100_000)
  yen!: number;
}

/** How requests are made and what they cost. */
export class PublicMattersDto {
  @IsDefined()
  @Nested(() => BilingualDto)
  procedure!: BilingualDto;

  /** What is not named costs nothing; only these kinds may cost something (38). */
  @IsArray()
  @ArrayMaxSize(10)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => FeeDto)
  fees!: FeeDto[];

  /** Absent: there is none. */
  @IsOptional()
  @Nested(() => BilingualDto)
  jointUse?: BilingualDto;

  /** The accredited organisation that hears complaints too. */
  @IsOptional()
  @Nested(() => BilingualDto)
  accreditedBody?: BilingualDto;
}

export class StatePublicMattersDto {
  @IsDefined()
  @Nested(() => PublicMattersDto)
  matters!: PublicMattersDto;
}
