import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
} from 'class-validator';
import {
  CATEGORIES,
  DOCUMENT_CODES,
  SYSTEM_KINDS,
  type Category,
  type DocumentCode,
  type SystemKind,
} from '@enishi/domain';
import { CODE_FORM, NOT_BLANK } from '../forms';

/** ISO 3166-1, two letters. */
const COUNTRY_FORM = {
  ja: '国コード 2 文字（ISO 3166、例: JP）で指定してください。',
  en: 'Must be a country code of two letters (ISO 3166), such as JP.',
};

/** All that the inventory says of a data store (GL 10). */
export class SystemDto {
  /** Enishi's own, or another system of the company. */
  @IsIn(SYSTEM_KINDS)
  systemKind!: SystemKind;

  @IsString()
  @Matches(/\S/, { context: NOT_BLANK })
  @MaxLength(200)
  name!: string;

  /** What the data are used for in it. */
  @IsString()
  @Matches(/\S/, { context: NOT_BLANK })
  @MaxLength(500)
  purpose!: string;

  /** Items of data, in the company's own words. */
  @IsString()
  @Matches(/\S/, { context: NOT_BLANK })
  @MaxLength(1000)
  items!: string;

  /** Categories of alumni data that it holds. */
  @IsArray()
  @ArrayMaxSize(20)
  @IsIn(CATEGORIES, { each: true })
  categories!: Category[];

  /** Documents of the retention schedule that it holds. */
  @IsArray()
  @ArrayMaxSize(50)
  @IsIn(DOCUMENT_CODES, { each: true })
  documents!: DocumentCode[];

  @IsString()
  @Matches(/\S/, { context: NOT_BLANK })
  @MaxLength(200)
  department!: string;

  /** Who has access, by roles or departments. */
  @IsString()
  @Matches(/\S/, { context: NOT_BLANK })
  @MaxLength(500)
  access!: string;

  /** Where the data are. */
  @Matches(/^[A-Z]{2}$/, { context: COUNTRY_FORM })
  country!: string;

  /** How data are disposed of. */
  @IsString()
  @Matches(/\S/, { context: NOT_BLANK })
  @MaxLength(500)
  disposal!: string;

  /** Name of the responsible person. Kept sealed. */
  @IsString()
  @Matches(/\S/, { context: NOT_BLANK })
  @MaxLength(200)
  responsible!: string;

  /** Account of the responsible person, who gets what there is to do in it. */
  @IsOptional()
  @IsUUID()
  responsibleId?: string;
}

export class AddSystemDto extends SystemDto {
  /** Its name on the command line and in files. */
  @Matches(/^[a-z][a-z0-9-]{1,62}$/, { context: CODE_FORM })
  code!: string;
}

/** A system of the inventory. */
export class SystemAnswer {
  @ApiProperty({ format: 'uuid' })
  systemId!: string;

  code!: string;

  @ApiProperty({ enum: SYSTEM_KINDS })
  systemKind!: string;

  name!: string;

  purpose!: string;

  items!: string;

  @ApiProperty({ enum: CATEGORIES, isArray: true })
  categories!: string[];

  @ApiProperty({ enum: DOCUMENT_CODES, isArray: true })
  documents!: string[];

  department!: string;

  access!: string;

  country!: string;

  disposal!: string;

  /** Absent where the key was destroyed. */
  responsible?: string;

  @ApiProperty({ format: 'uuid' })
  responsibleId!: string;

  retired!: boolean;
}

export class SystemsAnswer {
  systems!: SystemAnswer[];
}
