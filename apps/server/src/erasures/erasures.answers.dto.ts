import { ApiProperty } from '@nestjs/swagger';
import { CATEGORIES, ERASURE_GROUNDS, ERASURE_STANDINGS } from '@enishi/domain';
import { STORE_ENDS } from '@enishi/worker';

/** People of whom the same is to be erased. */
export class ErasurePartAnswer {
  @ApiProperty({ enum: CATEGORIES, isArray: true })
  categories!: string[];

  people!: number;
}

/** What a plan would come to now. */
export class ErasurePreviewAnswer {
  people!: number;

  parts!: ErasurePartAnswer[];

  /** Kept by a hold: how many, and the first hundred. */
  held!: number;

  heldIds!: string[];

  /** Of whom there is nothing of these categories, or who are not marked any more. */
  empty!: number;

  emptyIds!: string[];

  /** Whether somebody else than who makes the plan must approve it. */
  second!: boolean;
}

/** A plan of erasure, and how far it is. */
export class ErasureAnswer {
  @ApiProperty({ format: 'uuid' })
  erasureId!: string;

  @ApiProperty({ enum: ERASURE_STANDINGS })
  standing!: string;

  @ApiProperty({ enum: ERASURE_GROUNDS })
  ground!: string;

  people!: number;

  held!: number;

  empty!: number;

  second!: boolean;

  proposedBy!: string;

  proposedByName?: string;

  @ApiProperty({ format: 'date-time' })
  proposedAt!: string;

  /** Who approved or refused it. */
  decidedBy?: string;

  decidedByName?: string;

  @ApiProperty({ format: 'date-time' })
  decidedAt?: string;

  /** So far: people erased, people left as they are because a hold came or a mark went meanwhile, keys destroyed. */
  erased!: number;

  left!: number;

  keys!: number;

  @ApiProperty({ format: 'date-time' })
  executedAt?: string;
}

/** One plan with its words. */
export class ErasureDetailAnswer extends ErasureAnswer {
  parts!: ErasurePartAnswer[];

  reason?: string;

  refusal?: string;

  /** Why carrying it out stopped; it is tried again. */
  failure?: string;
}

export class ErasuresAnswer {
  @ApiProperty({ type: () => [ErasureAnswer] })
  erasures!: ErasureAnswer[];

  cursor?: string;
}

export class ErasurePeopleAnswer {
  @ApiProperty({ enum: CATEGORIES, isArray: true })
  categories!: string[];

  alumnusIds!: string[];

  /** Send it as `after` for the next chunk; absent on the last. */
  next?: number;
}

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
export class CertificateAnswer {
  @ApiProperty({ format: 'uuid' })
  ledgerId!: string;

  @ApiProperty({ format: 'uuid' })
  erasureId!: string;

  /** Of one person alone. */
  @ApiProperty({ format: 'uuid' })
  alumnusId?: string;

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

/** A place where something of somebody may be. */
export class HoldingStoreAnswer {
  /** A table, or a part of the data folder. */
  place!: string;

  holds!: string;

  @ApiProperty({ enum: CATEGORIES, isArray: true })
  categories!: string[];

  /** What ends it: see docs/erasure.md. */
  @ApiProperty({ enum: STORE_ENDS })
  ends!: string;

  keptDays?: number;
}

export class HoldingStoresAnswer {
  @ApiProperty({ type: () => [HoldingStoreAnswer] })
  stores!: HoldingStoreAnswer[];
}
