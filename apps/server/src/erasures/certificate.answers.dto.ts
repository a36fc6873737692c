import { ApiProperty } from '@nestjs/swagger';
import { CATEGORIES, ERASURE_GROUNDS, ITEM_FIELDS } from '@enishi/domain';
import { ErasureOutlookAnswer } from './outlook.answers.dto';

/** Keys of one category that were destroyed. */
export class DestroyedCategoryAnswer {
  @ApiProperty({ enum: CATEGORIES })
  category!: string;

  keys!: number;
}

/** An event of the ledger, and what proves that it is there. */
export class CertificateEventAnswer {
  eventId!: string;

  stream!: string;

  @ApiProperty({ format: 'date-time' })
  recordedAt!: string;

  /** C2SP tlog-proof; absent until a checkpoint covers the event. */
  proof?: string;
}

/** When the last place went in which the keys could have been found. */
export class IrrecoverableAnswer {
  @ApiProperty({ format: 'date-time' })
  at!: string;

  /** The event by which the epoch's key was destroyed. */
  eventId!: string;
}

/** That data were erased. Holds no name, nor anything of a person but an opaque id. */
export class CertificateAnswer extends ErasureOutlookAnswer {
  @ApiProperty({ format: 'uuid' })
  ledgerId!: string;

  @ApiProperty({ format: 'uuid' })
  erasureId!: string;

  /** Of one person alone. */
  @ApiProperty({ format: 'uuid' })
  alumnusId?: string;

  /** Only these items were erased, and the rest was sealed under another key. */
  @ApiProperty({ enum: ITEM_FIELDS, isArray: true })
  fields?: string[];

  @ApiProperty({ enum: ERASURE_GROUNDS })
  ground!: string;

  approvedBy!: string;

  approvedByName?: string;

  @ApiProperty({ format: 'date-time' })
  approvedAt!: string;

  /** Who were erased, and who were left as they are. */
  people!: number;

  left!: number;

  categories!: DestroyedCategoryAnswer[];

  /** The first and the last key. Absent where no key had ever been made. */
  @ApiProperty({ format: 'date-time' })
  destroyedFrom?: string;

  @ApiProperty({ format: 'date-time' })
  destroyedUntil?: string;

  /** SHA-256 (hex) over the keys: a line of JSON for each, with subject, category, generation and time. */
  digest!: string;

  /** Until then a file that names them brings nobody back. */
  @ApiProperty({ format: 'date-time' })
  blockedUntil?: string;

  @ApiProperty({ type: () => CertificateEventAnswer })
  event!: CertificateEventAnswer;

  /** From when on not even a backup holds the keys; absent until the epoch that wrapped them is destroyed. */
  @ApiProperty({ type: () => IrrecoverableAnswer })
  irrecoverableFrom?: IrrecoverableAnswer;
}
