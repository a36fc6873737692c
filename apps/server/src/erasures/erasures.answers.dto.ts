import { ApiProperty } from '@nestjs/swagger';
import { CATEGORIES, ERASURE_GROUNDS, ERASURE_STANDINGS, ITEM_FIELDS } from '@enishi/domain';
import { STORE_ENDS } from '@enishi/worker';
import {
  ErasureElsewhereAnswer,
  ErasureOutlookAnswer,
  ErasureRecipientAnswer,
  ErasureWaitAnswer,
} from './outlook.answers.dto';

/** People of whom the same is to be erased. */
export class ErasurePartAnswer {
  @ApiProperty({ enum: CATEGORIES, isArray: true })
  categories!: string[];

  people!: number;
}

/** What a plan would come to now. */
export class ErasurePreviewAnswer extends ErasureOutlookAnswer {
  people!: number;

  parts!: ErasurePartAnswer[];

  /** Kept by a hold: how many, and the first hundred. */
  held!: number;

  heldIds!: string[];

  /** Of whom nothing of these categories may go now, or who are not marked any more. */
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

  /** Only these items; absent: all of the categories. */
  @ApiProperty({ enum: ITEM_FIELDS, isArray: true })
  fields?: string[];

  /** The request that it answers. */
  @ApiProperty({ format: 'uuid' })
  requestId?: string;

  proposedBy!: string;

  proposedByName?: string;

  @ApiProperty({ format: 'date-time' })
  proposedAt!: string;

  /** Who approved or refused it. */
  decidedBy?: string;

  decidedByName?: string;

  @ApiProperty({ format: 'date-time' })
  decidedAt?: string;

  /** So far: people erased, people left because a hold came, a mark went or data must stay again, keys destroyed. */
  erased!: number;

  left!: number;

  keys!: number;

  @ApiProperty({ format: 'date-time' })
  executedAt?: string;
}

/** One plan with its words. */
export class ErasureDetailAnswer extends ErasureAnswer {
  parts!: ErasurePartAnswer[];

  waits!: ErasureWaitAnswer[];

  elsewhere!: ErasureElsewhereAnswer[];

  recipients!: ErasureRecipientAnswer[];

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
