import { ApiProperty } from '@nestjs/swagger';
import { PAGE_GAPS, PAGE_PARTS } from '@enishi/domain';
import { BilingualDto } from '../company/company.dto';

/** A version of a purpose that the page shows. */
export class ShownPurposeAnswer {
  @ApiProperty({ format: 'uuid' })
  purposeId!: string;

  version!: number;

  /** Of one that is announced: from when it holds. */
  @ApiProperty({ format: 'date-time' })
  from?: string;
}

/** A version of the public page, and the period in which it was the public one. */
export class PageVersionAnswer {
  version!: number;

  @ApiProperty({ format: 'date-time' })
  from!: string;

  /** When the next version took its place; absent of the newest. */
  @ApiProperty({ format: 'date-time' })
  until?: string;

  /** SHA-256 (hex) of the page in Japanese, as it is served. */
  hashJa!: string;

  hashEn!: string;

  shows!: ShownPurposeAnswer[];

  /** Versions of purposes that it was the first to show: their notice is recorded with it. */
  firstShown!: ShownPurposeAnswer[];

  @ApiProperty({ format: 'uuid' })
  eventId!: string;
}

/** Versions of the public page, the newest first. */
export class PublicationAnswer {
  versions!: PageVersionAnswer[];
}

/** What must be supplied before the page can be published. */
export class PageGapAnswer {
  @ApiProperty({ enum: PAGE_GAPS })
  code!: string;

  messages!: BilingualDto;
}

/** A purpose on the page that would be published. */
export class PurposeToShowAnswer extends ShownPurposeAnswer {
  code!: string;

  title!: BilingualDto;

  /** Whether no page has shown this version yet: its notice would be recorded. */
  first!: boolean;
}

/** The page as it would be published now. */
export class PreviewAnswer {
  version!: number;

  /** Named when it is published. Absent while something is missing. */
  basis?: string;

  missing!: PageGapAnswer[];

  /** Whether a page is published at all. */
  published!: boolean;

  /** In which parts the published page is no longer what would be published; empty where none is published. */
  @ApiProperty({ enum: PAGE_PARTS, isArray: true })
  changed!: string[];

  shows!: PurposeToShowAnswer[];
}
