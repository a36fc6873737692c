import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { CATEGORIES } from '@enishi/domain';
import { ExportAnswer } from '../../exports/exports.answers.dto';
import { RequestAnswer } from '../../requests/requests.answers.dto';
import { AccessLogEntryAnswer } from '../access-log.dto';
import { ConsentEntryAnswer, EventAnswer } from '../audit.answers.dto';

/** What an auditor draws from. */
export const POPULATIONS = ['consents', 'withdrawals', 'requests', 'erasures', 'uses', 'readings'] as const;
export type Population = (typeof POPULATIONS)[number];

const SEED_FORM = {
  ja: '英数字・ピリオド・ハイフン・下線 64 文字以内で指定してください（例: 2026-Q3）。',
  en: 'Must be letters, digits, dots, hyphens and underscores, at most 64, such as 2026-Q3.',
};
const POSITION_FORM = {
  ja: '台帳の位置（数字）を指定してください。',
  en: 'Must be a position of the ledger, digits.',
};

/** What is drawn, from what, under which seed. */
export class SampleQuery {
  @IsIn(POPULATIONS)
  of!: Population;

  /** At most so many; 25 where absent. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  n?: number;

  @Matches(/^[\w.-]{1,64}$/, { context: SEED_FORM })
  seed!: string;

  /** Where the population ends, inclusive; the head of the ledger where absent. */
  @IsOptional()
  @Matches(/^\d{1,18}$/, { context: POSITION_FORM })
  position?: string;
}

/** The same as a sheet to fill in. */
export class SampleSheetQuery extends SampleQuery {
  @IsOptional()
  @IsIn(['utf-8', 'cp932'])
  encoding?: 'utf-8' | 'cp932';
}

/** The event that anchors an hour of the access log in the ledger. */
class AnchorAnswer {
  @ApiProperty({ format: 'uuid' })
  eventId!: string;

  position!: string;

  @ApiProperty({ format: 'date-time' })
  from!: string;

  @ApiProperty({ format: 'date-time' })
  to!: string;

  entries!: number;

  /** SHA-256 (hex). */
  digest!: string;
}

/** What of whom was erased, under which plan. */
class ErasedAnswer {
  @ApiProperty({ format: 'uuid' })
  alumnusId!: string;

  @ApiProperty({ format: 'uuid' })
  erasureId?: string;

  @ApiProperty({ enum: CATEGORIES, isArray: true })
  categories!: string[];

  keys?: number;

  @ApiProperty({ format: 'date-time' })
  blockedUntil?: string;

  @ApiProperty({ format: 'date-time' })
  completedAt!: string;
}

/** One item with its evidence. */
export class SampleItemAnswer {
  /** From 1, in the order of the ranks. */
  number!: number;

  /** Of a consent, withdrawal, erasure or use, its event; of a request, the one that it began with; of a reading, its entry in the access log. */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** SHA-256 (hex) over seed, line feed and id. */
  rank!: string;

  /** Of a consent or withdrawal: notice, evidence, who recorded it, the three times. */
  consent?: ConsentEntryAnswer;

  /** What operators call the account that recorded or opened it. */
  actorName?: string;

  /** All that the ledger knows of this person's consent to this purpose, of their erasure, or the steps of this use or request, in order, up to now. */
  @ApiProperty({ type: () => [EventAnswer] })
  events?: EventAnswer[];

  /** Of a use: which file with personal data, asked for and approved by whom. */
  use?: ExportAnswer;

  /** Of an erasure: what of whom, under which plan. */
  erasure?: ErasedAnswer;

  /** Of a request by the person: what was asked for, and how far it is. */
  request?: RequestAnswer;

  /** Of a reading: who opened what of whom. */
  reading?: AccessLogEntryAnswer;

  /** Of a reading: the event that holds the digest of its hour. */
  anchor?: AnchorAnswer;
}

/** A sample; whoever has seed, position and population draws the same. */
export class SampleAnswer {
  @ApiProperty({ enum: POPULATIONS })
  of!: Population;

  seed!: string;

  /** Where the population ends, inclusive. */
  position!: string;

  /** How many items there are to draw from. */
  population!: number;

  items!: SampleItemAnswer[];
}
