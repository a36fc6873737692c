import { ApiProperty } from '@nestjs/swagger';
import { NOTICE_METHODS, REVISION_KINDS } from '@enishi/domain';
import { BilingualDto } from '../company/company.dto';
import { PurposeContentDto } from './purposes.dto';

const VERSION_STATES = ['draft', 'waiting-for-notice', 'scheduled', 'in-force', 'superseded'] as const;

/** A notice that was recorded for a version. */
export class NoticeAnswer {
  @ApiProperty({ enum: NOTICE_METHODS })
  method!: string;

  proof!: string;

  @ApiProperty({ format: 'date-time' })
  effectiveAt!: string;
}

/** SHA-256 (hex) of the notice in each language. */
export class NoticeHashAnswer {
  ja!: string;
  en!: string;
}

/** A version of a purpose: published, or the draft of the next one. */
export class PurposeVersionAnswer {
  version!: number;

  @ApiProperty({ enum: REVISION_KINDS })
  revision!: string;

  @ApiProperty({ enum: VERSION_STATES })
  state!: string;

  /** Absent of a draft. */
  @ApiProperty({ format: 'date-time' })
  publishedEffectiveAt?: string;

  /** From when on it may be used; `null` until its notice is recorded. Absent of a draft. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  usableFrom?: string | null;

  notices!: NoticeAnswer[];

  content!: PurposeContentDto;

  noticeHash?: NoticeHashAnswer;
}

/** A purpose with its versions, the draft last. */
export class PurposeAnswer {
  @ApiProperty({ format: 'uuid' })
  purposeId!: string;

  code!: string;

  title!: BilingualDto;

  @ApiProperty({ enum: ['draft', 'waiting-for-notice', 'scheduled', 'in-force', 'retired'] })
  state!: string;

  versions!: PurposeVersionAnswer[];

  /** The version in force. */
  inForce!: number | null;
}

export class PurposesAnswer {
  purposes!: PurposeAnswer[];
}
