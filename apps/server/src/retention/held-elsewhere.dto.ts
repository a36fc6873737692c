import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { ANCHORS, DOCUMENT_CODES, type Anchor, type DocumentCode } from '@enishi/domain';
import { NOT_BLANK } from '../forms';
import { IsDay } from '../is-day';

/** A day that a period runs from. */
export class AnchorDto {
  @IsIn(ANCHORS)
  anchor!: Anchor;

  @IsDay()
  day!: string;
}

/** A document about the person in another system. Stated again with other days, it is corrected. */
export class HeldElsewhereDto {
  @IsUUID()
  systemId!: string;

  @IsIn(DOCUMENT_CODES)
  document!: DocumentCode;

  /** What its period runs from, as far as it is known. Kept sealed. */
  @IsArray()
  @ArrayMaxSize(5)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => AnchorDto)
  anchors!: AnchorDto[];

  /** Tells several documents of a kind in one system apart. Kept sealed. */
  @IsOptional()
  @IsString()
  @Matches(/\S/, { context: NOT_BLANK })
  @MaxLength(100)
  label?: string;

  /** Who answers for it, where that is not who answers for the system. Kept sealed. */
  @IsOptional()
  @IsString()
  @Matches(/\S/, { context: NOT_BLANK })
  @MaxLength(200)
  owner?: string;
}

export class ConfirmDisposalDto {
  @IsDay()
  disposedOn!: string;

  /** Who confirmed it and by what: a certificate, its number. Kept sealed. */
  @IsString()
  @Matches(/\S/, { context: NOT_BLANK })
  @MaxLength(500)
  proof!: string;
}

/** A document about the person in another system, open or disposed of. */
export class HeldElsewhereAnswer {
  @ApiProperty({ format: 'uuid' })
  entryId!: string;

  @ApiProperty({ format: 'uuid' })
  systemId!: string;

  @ApiProperty({ enum: DOCUMENT_CODES })
  document!: string;

  /** Absent where they were erased. */
  anchors?: AnchorDto[];

  label?: string;

  owner?: string;

  /** The last day on which it must be kept; absent where nobody has stated what that runs from. */
  @ApiProperty({ format: 'date' })
  until?: string;

  /** The event that stated it last. */
  @ApiProperty({ format: 'uuid' })
  statedBy!: string;

  @ApiProperty({ format: 'date' })
  disposedOn?: string;

  /** The event that confirmed its disposal. */
  @ApiProperty({ format: 'uuid' })
  disposedBy?: string;
}
