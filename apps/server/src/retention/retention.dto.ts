import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { CATEGORIES, DOCUMENT_CODES, LAW_CODES, RETENTION_GROUNDS } from '@enishi/domain';
import { BilingualDto } from '../company/company.dto';
import { HeldElsewhereAnswer } from './held-elsewhere.dto';

/** A month as it is asked for. */
const MONTH_FORM = {
  ja: '月（2027-03）または due で指定してください。',
  en: 'Must be a month such as 2027-03, or due.',
};

export class DueQuery {
  /** `2027-03`: of whom something falls due then. `due`: of whom it is due already. Absent: numbers only. */
  @IsOptional()
  @Matches(/^(\d{4}-(0[1-9]|1[0-2])|due)$/, { context: MONTH_FORM })
  month?: string;

  /** Where the last page ended. */
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  cursor?: string;

  /** At most so many people. Default 50. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;
}

/** How many people's data of a category fall due in a month. */
export class DueCountAnswer {
  /** `due` where it is due already. */
  month!: string;

  @ApiProperty({ enum: CATEGORIES })
  category!: string;

  people!: number;

  /** Those of them on whose data a hold stands. */
  held!: number;
}

/** How many documents in other systems may be disposed of from a month on. */
export class DueElsewhereAnswer {
  /** `due` where it is due already, `not-dated` where nobody has stated what the period runs from. */
  month!: string;

  @ApiProperty({ enum: DOCUMENT_CODES })
  document!: string;

  @ApiProperty({ format: 'uuid' })
  systemId!: string;

  entries!: number;
}

export class DuePersonAnswer {
  @ApiProperty({ format: 'uuid' })
  alumnusId!: string;

  @ApiProperty({ enum: CATEGORIES })
  category!: string;

  /** The first day on which nothing keeps it; absent of what nothing keeps at all. */
  @ApiProperty({ format: 'date' })
  dueOn?: string;

  held!: boolean;
}

export class DueAnswer {
  /** The day for which it is told, in Asia/Tokyo. */
  @ApiProperty({ format: 'date' })
  day!: string;

  counts!: DueCountAnswer[];

  elsewhere!: DueElsewhereAnswer[];

  /** Of the month that was asked for. */
  people?: DuePersonAnswer[];

  next?: string;
}

/** One reason why data stay, under which law and until when. */
export class RetentionBasisAnswer {
  @ApiProperty({ enum: RETENTION_GROUNDS })
  ground!: string;

  text!: BilingualDto;

  @ApiProperty({ enum: DOCUMENT_CODES })
  document!: string;

  /** The number of law that gives the period. */
  @ApiProperty({ enum: LAW_CODES })
  number!: string;

  law!: BilingualDto;

  @ApiProperty({ format: 'uuid' })
  purposeId?: string;

  /** The last day on which it keeps them; absent while it stands. */
  @ApiProperty({ format: 'date' })
  until?: string;

  /** The events that make it so. */
  @ApiProperty({ type: [String], format: 'uuid' })
  eventIds!: string[];
}

/** One category of data that Enishi holds of the person. */
export class RetainedCategoryAnswer {
  @ApiProperty({ enum: CATEGORIES })
  category!: string;

  /** Whether nothing keeps it any more. */
  due!: boolean;

  /** The last day on which it must stay; absent while something stands, and where nothing keeps it. */
  @ApiProperty({ format: 'date' })
  until?: string;

  /** The longest first. */
  bases!: RetentionBasisAnswer[];
}

export class PersonRetentionAnswer {
  @ApiProperty({ format: 'uuid' })
  alumnusId!: string;

  @ApiProperty({ format: 'date' })
  day!: string;

  /** Holds that stand: while there is one, nothing is erased. */
  @ApiProperty({ type: [String], format: 'uuid' })
  holds!: string[];

  categories!: RetainedCategoryAnswer[];

  elsewhere!: HeldElsewhereAnswer[];
}
