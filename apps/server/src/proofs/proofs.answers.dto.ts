import { ApiProperty } from '@nestjs/swagger';

/** A checkpoint that was published. */
export class CheckpointAnswer {
  /** How many leaves it covers. */
  size!: number;

  /** Root of the tree, in base64. */
  root!: string;

  @ApiProperty({ format: 'date-time' })
  signedAt!: string;

  /** Of the checkpoint itself; a later checkpoint covers it. */
  eventId!: string;

  /** The signed note, word for word (C2SP tlog-checkpoint). */
  note!: string;
}

export class CheckpointsAnswer {
  checkpoints!: CheckpointAnswer[];

  /** What to give as `below` for the next page; absent on the last one. */
  below?: number;
}

export class ConsistencyAnswer {
  from!: number;
  to!: number;

  /** Hashes in base64 (RFC 9162, section 2.1.4). */
  proof!: string[];

  /** The newer checkpoint, word for word. */
  checkpoint!: string;
}

export class RangeAnswer {
  /** The first leaf, counted from 0. */
  from!: number;

  /** Hashes of the leaves, one behind the other, in base64. */
  leaves!: string[];

  /** Roots of the subtrees beside them, from left to right, in base64. */
  proof!: string[];

  /** Word for word. */
  checkpoint!: string;
}

/** An order for a self-check, taken in. */
export class SelfCheckOrderAnswer {
  @ApiProperty({ enum: ['running'] })
  state!: string;
}

/** Something that is not what the events come to. */
export class DifferenceAnswer {
  @ApiProperty({ enum: ['leaf', 'node', 'head', 'checkpoint', 'event', 'events'] })
  at!: string;

  /** The leaf counted from 1, or how many leaves the head has. */
  number!: number;
}

/** How far a self-check is, and what it found. */
export class SelfCheckAnswer {
  @ApiProperty({ enum: ['none', 'running', 'done', 'failed'] })
  state!: string;

  /** Events read so far. */
  done!: number;

  total!: number;

  leaves?: number;

  /** Of the tree over all events, hex. */
  root?: string;

  /** How many were checked. */
  checkpoints?: number;

  /** How many differences there are. */
  found?: number;

  /** The first hundred of them. */
  differences?: DifferenceAnswer[];
}
