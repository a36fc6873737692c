import { ApiProperty } from '@nestjs/swagger';
import {
  CONSENT_KINDS,
  ENCODINGS,
  EXPORT_CONTENTS,
  EXPORT_LEVELS,
  EXPORT_STANDINGS,
  LANGUAGES,
  PERSONAL_FORMATS,
  PURGE_GROUNDS,
} from '@enishi/domain';

/** An export with personal data: what was asked for, and how far it is. */
export class ExportAnswer {
  @ApiProperty({ format: 'uuid' })
  exportId!: string;

  @ApiProperty({ enum: EXPORT_STANDINGS })
  standing!: string;

  @ApiProperty({ enum: EXPORT_CONTENTS })
  content!: string;

  @ApiProperty({ enum: EXPORT_LEVELS })
  level!: string;

  @ApiProperty({ enum: PERSONAL_FORMATS })
  format!: string;

  @ApiProperty({ enum: ENCODINGS })
  encoding?: string;

  @ApiProperty({ enum: LANGUAGES })
  language?: string;

  @ApiProperty({ format: 'uuid' })
  alumnusId?: string;

  @ApiProperty({ format: 'uuid' })
  purposeId?: string;

  @ApiProperty({ format: 'uuid' })
  importId?: string;

  @ApiProperty({ enum: CONSENT_KINDS })
  kind?: string;

  /** Who recorded; of the trail. */
  actor?: string;

  @ApiProperty({ format: 'date-time' })
  from?: string;

  /** Exclusive. */
  @ApiProperty({ format: 'date-time' })
  until?: string;

  requestedBy!: string;

  requestedByName?: string;

  @ApiProperty({ format: 'date-time' })
  requestedAt!: string;

  /** Who approved or refused it. */
  decidedBy?: string;

  decidedByName?: string;

  @ApiProperty({ format: 'date-time' })
  decidedAt?: string;

  /** Of the finished file: lines (of a bundle its manifest tells), people, bytes; and how many events the newest checkpoint covered then. */
  lines?: number;

  people?: number;

  bytes?: number;

  checkpoint?: number;

  @ApiProperty({ format: 'date-time' })
  madeAt?: string;

  handedOverBy?: string;

  handedOverByName?: string;

  @ApiProperty({ format: 'date-time' })
  handedOverAt?: string;

  /** Why it was deleted. */
  @ApiProperty({ enum: PURGE_GROUNDS })
  ground?: string;

  @ApiProperty({ format: 'date-time' })
  endedAt?: string;

  /** Of one that has not ended: when it does, unless another step is taken before. */
  @ApiProperty({ format: 'date-time' })
  expiresAt?: string;
}

/** One export with its words, for who asked and who decides. */
export class ExportDetailAnswer extends ExportAnswer {
  /** Why it was asked for. */
  reason?: string;

  /** Why it was refused. */
  refusal?: string;

  recipient?: string;

  /** SHA-256 (hex) of the file, as it is downloaded. */
  fileHash?: string;

  /** While it is made: lines that have been read. */
  linesSoFar?: number;

  /** Why the last attempt to make it failed; it is tried again. */
  failure?: string;
}

export class ExportsAnswer {
  @ApiProperty({ type: () => [ExportAnswer] })
  exports!: ExportAnswer[];

  cursor?: string;
}
