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

/** A key that signs checkpoints, or did. */
export class SigningKeyAnswer {
  /** NAME+ID+KEY (a vkey of C2SP signed-note). */
  key!: string;

  @ApiProperty({ enum: ['waiting', 'current', 'replaced'] })
  state!: string;

  /** Leaves of the checkpoint from which it signs; absent for the first one, and while it waits. */
  since?: number;

  /** That checkpoint, word for word: it names this key, and the key before signed it too. */
  change?: string;

  /** Since when nobody can sign under it. */
  @ApiProperty({ format: 'date-time' })
  destroyedAt?: string;
}

export class SigningKeysAnswer {
  /** The oldest first. */
  keys!: SigningKeyAnswer[];
}

/** An order for another key, taken in. */
export class NextKeyAnswer {
  /** The key that will sign; the one that does already where the change was done meanwhile. */
  key!: string;
}

/** Somebody outside who is handed checkpoints. */
export class ReceiverAnswer {
  @ApiProperty({ enum: ['witness', 'keeper', 'timestamp'] })
  kind!: string;

  /** Of a witness its name, of others the address without what stands behind `?`, of mail the domain. */
  name!: string;

  /** Leaves of the newest checkpoint that was accepted; 0 before the first. */
  size!: number;

  @ApiProperty({ format: 'date-time' })
  acceptedAt?: string;

  /** Attempts since then that came to nothing. */
  failures!: number;

  /** What the last of them met. */
  problem?: string;

  /** Not asked again before. */
  @ApiProperty({ format: 'date-time' })
  nextAt?: string;
}

export class ReceiversAnswer {
  receivers!: ReceiverAnswer[];
}

/** A checkpoint that an authority stamped with the time (RFC 3161). */
export class StampedCheckpointAnswer {
  size!: number;

  /** By the authority's clock. */
  @ApiProperty({ format: 'date-time' })
  stampedAt!: string;

  /** The name in the certificate that signed. */
  authority!: string;

  /** The signed note; stamped is its text, up to the empty line and without it. */
  note!: string;

  /** The authority's answer in base64 (TimeStampResp, DER). */
  answer!: string;
}

/** A witness's signature under a checkpoint. */
export class CosignatureAnswer {
  /** Its name. */
  witness!: string;

  /** By the witness's clock. */
  @ApiProperty({ format: 'date-time' })
  at!: string;
}

/** Cosignatures that were taken in. */
export class CosignedAnswer {
  /** Leaves of the checkpoint. */
  size!: number;

  cosigned!: CosignatureAnswer[];
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

/** A row of a view that is not what the events come to. */
export class RowDifferenceAnswer {
  table!: string;

  /** Its key, which is made of ids; of a key of several, with dots between them. */
  row!: string;

  /**
   * `missing`: not there although the events make it. `extra`: there although none does. `table-missing`: the whole table
   * is not there; `row` is empty then.
   */
  @ApiProperty({ enum: ['changed', 'missing', 'extra', 'table-missing'] })
  what!: string;
}

/** Part of a view that cannot be shown, because an event of it cannot be applied. */
export class ParkedScopeAnswer {
  /** `all`, or a kind and an id with a colon between them. */
  scope!: string;

  /** Position of the event. */
  position!: string;

  code!: string;

  /** Whether the view parked it, or the event cannot be applied now. */
  @ApiProperty({ enum: ['serving', 'rebuild'] })
  by!: string;
}

/** A view, built once more from the events and compared. */
export class ViewCheckAnswer {
  view!: string;

  /** `other-version`: it is being built for this version of the program, and was not compared. */
  @ApiProperty({ enum: ['same', 'different', 'other-version'] })
  state!: string;

  /** Up to which event. */
  position?: string;

  /** Rows that the events make. */
  rows!: number;

  /** How many rows differ. */
  found!: number;

  /** The first twenty of each table. */
  differences!: RowDifferenceAnswer[];

  parked!: ParkedScopeAnswer[];
}

/** How far a self-check is, and what it found. */
export class SelfCheckAnswer {
  @ApiProperty({ enum: ['none', 'running', 'done', 'failed'] })
  state!: string;

  /** Events read so far: each once for the tree, and once more for each view. */
  done!: number;

  total!: number;

  /** What is being checked: `tree`, or the name of a view. */
  at?: string;

  leaves?: number;

  /** Of the tree over all events, hex. */
  root?: string;

  /** How many were checked. */
  checkpoints?: number;

  /** How many differences there are, of rows too. */
  found?: number;

  /** The first hundred in leaves, tree and checkpoints. */
  differences?: DifferenceAnswer[];

  views?: ViewCheckAnswer[];
}
