import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional, IsUUID } from 'class-validator';
import {
  LANGUAGES,
  LETTER_KINDS,
  LETTER_MEANS,
  LETTER_STANDINGS,
  UNDELIVERED_GROUNDS,
  type Language,
  type LetterKind,
  type LetterMeans,
  type LetterValues,
} from '@enishi/domain';
import { PageQuery } from '../audit/audit.dto';

/** A letter to a person. Name and address are those on record. */
export class WriteLetterDto {
  @IsIn(LETTER_KINDS)
  letter!: LetterKind;

  @IsUUID('all')
  alumnusId!: string;

  @IsIn(LANGUAGES)
  language!: Language;

  @IsIn(LETTER_MEANS)
  means!: LetterMeans;

  /** By the names of the kind’s placeholders; days as 2026-11-22. */
  @IsObject()
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { changes: '電話番号を新しい番号へ訂正' },
  })
  values!: LetterValues;
}

const OUTCOMES = ['posted', 'came-back'] as const;

/** What became of a letter. */
export class DispatchDto {
  /** `posted`: one that goes by post has left. `came-back`: one that had left was not delivered. */
  @IsIn(OUTCOMES)
  outcome!: (typeof OUTCOMES)[number];
}

export class LettersQuery extends PageQuery {
  /** Letters to this person. */
  @IsOptional()
  @IsUUID('all')
  alumnusId?: string;

  /** Letters about this request. */
  @IsOptional()
  @IsUUID('all')
  requestId?: string;
}

/** A letter without its text. */
export class LetterSummaryAnswer {
  @ApiProperty({ format: 'uuid' })
  letterId!: string;

  @ApiProperty({ enum: LETTER_KINDS })
  letter!: string;

  @ApiProperty({ format: 'uuid' })
  alumnusId?: string;

  @ApiProperty({ format: 'uuid' })
  requestId?: string;

  @ApiProperty({ enum: LANGUAGES })
  language!: string;

  @ApiProperty({ enum: LETTER_MEANS })
  means!: string;

  @ApiProperty({ enum: LETTER_STANDINGS })
  standing!: string;

  @ApiProperty({ format: 'date-time' })
  orderedAt!: string;

  /** From when it was issued on. */
  documentNumber?: string;

  @ApiProperty({ format: 'date-time' })
  issuedAt?: string;

  /** Of the template; 0 is the one that comes with the program. */
  version?: number;

  @ApiProperty({ format: 'date-time' })
  sentAt?: string;

  /** Why it did not arrive. */
  @ApiProperty({ enum: UNDELIVERED_GROUNDS })
  ground?: string;
}

export class LettersAnswer {
  letters!: LetterSummaryAnswer[];

  /** Of the next page. */
  cursor?: string;
}

/** A letter with its exact text, where that was not erased. */
export class LetterDetailAnswer extends LetterSummaryAnswer {
  addressee?: string;
  email?: string;
  postalAddress?: string;

  /** As it was sent. */
  text?: string;

  /** SHA-256 (hex) of the text. */
  textHash?: string;
}
