import { ApiProperty } from '@nestjs/swagger';
import { UNDO_STATES } from '@enishi/application';
import { BilingualDto } from '../company/company.dto';
import { ImportFailureAnswer } from './imports.answers.dto';

/** People, so far. */
export class ImportUndoCountsAnswer {
  /** About whom the import brought something. */
  people!: number;
  /** Whom nothing else knew. */
  hidden!: number;
  /** Whose data stand as before; of consents, of whom answers were voided. */
  reverted!: number;
  /** Of whom something stays. */
  left!: number;
}

export class ImportUndoAnswer {
  @ApiProperty({ format: 'uuid' })
  importId!: string;

  @ApiProperty({ enum: UNDO_STATES })
  state!: string;

  counts!: ImportUndoCountsAnswer;
  failure?: ImportFailureAnswer;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  changedAt!: string;
}

/** What stays of a person, and why. */
export class LeftAnswer {
  number!: number;

  @ApiProperty({ format: 'uuid' })
  alumnusId!: string;

  code!: string;

  /** Absent: the person as a whole. */
  field?: string;

  messages!: BilingualDto;
}

export class ImportUndoLeftAnswer {
  left!: LeftAnswer[];

  /** Send it as `after` for the next page; absent on the last. */
  next?: number;
}
