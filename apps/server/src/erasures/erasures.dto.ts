import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { Type } from 'class-transformer';
import {
  ITEM_FIELDS,
  LANGUAGES,
  PLANNABLE,
  type ItemField,
  type Language,
  type Plannable,
} from '@enishi/domain';
import { NOT_BLANK } from '../forms';

/** Whom, and what of them. */
export class ErasureOrderDto {
  /** These people. This, `marked` or `due`. */
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(20_000)
  @IsUUID('all', { each: true })
  alumnusIds?: string[];

  /** Everybody whom an import that was undone had brought, and whom nothing else has known since. */
  @IsOptional()
  @IsBoolean()
  marked?: boolean;

  /** Everybody of whom something is due: nothing keeps it any more. Of each only that. */
  @IsOptional()
  @IsBoolean()
  due?: boolean;

  /** Absent: all that may go. Evidence of consents and records of requests go when their own retention has ended. */
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(PLANNABLE, { each: true })
  categories?: Plannable[];
}

export class ProposeErasureDto extends ErasureOrderDto {
  /** Kept sealed; whoever decides reads it. */
  @IsString()
  @Length(1, 500)
  @Matches(/\S/, { context: NOT_BLANK })
  reason!: string;
}

/** Which items of whom. */
export class ProposeItemsDto {
  @IsUUID('all')
  alumnusId!: string;

  /** Not the name: whoever may not be named any more is erased whole. */
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(ITEM_FIELDS, { each: true })
  fields!: ItemField[];

  /** Only as these events state them, such as a value of before; absent: as any event does. */
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @ArrayMaxSize(1_000)
  @IsUUID('all', { each: true })
  eventIds?: string[];

  /** The request that it answers. */
  @IsOptional()
  @IsUUID('all')
  requestId?: string;

  /** Kept sealed; whoever decides reads it. */
  @IsString()
  @Length(1, 500)
  @Matches(/\S/, { context: NOT_BLANK })
  reason!: string;
}

export class RefuseErasureDto {
  /** Kept sealed; whoever proposed it reads it. */
  @IsString()
  @Length(1, 500)
  @Matches(/\S/, { context: NOT_BLANK })
  reason!: string;
}

/** Which chunk of a plan's people. */
export class ErasurePeopleQuery {
  /** The number of the chunk before. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  after?: number;
}

/** A certificate of one person alone, or of all. */
export class CertificateQuery {
  @IsOptional()
  @IsUUID('all')
  alumnusId?: string;
}

/** The same as a page. */
export class CertificatePageQuery extends CertificateQuery {
  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;
}
