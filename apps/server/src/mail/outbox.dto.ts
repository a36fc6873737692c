import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { LETTER_STATES } from '@enishi/worker';

/** A letter that is to be sent, was, or could not be. */
export class LetterAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** What it says. */
  notice!: string;

  /** What it is about: an import, a letter to somebody. */
  @ApiProperty({ format: 'uuid' })
  aboutId!: string;

  @ApiProperty({ enum: LETTER_STATES })
  state!: string;

  attempts!: number;

  /** Why it is not sent. */
  code?: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** Of one that waits: not before. */
  @ApiProperty({ format: 'date-time' })
  nextAt!: string;
}

/** How many letters there are in each state. */
export class LetterCountsAnswer {
  waiting!: number;
  sending!: number;
  sent!: number;

  /** Perhaps sent: the sender died, or the server did not say. */
  unknown!: number;

  failed!: number;

  /** Not sent, since nobody needed them any more. */
  dropped!: number;
}

export class OutboxAnswer {
  /** Where mail goes: to a server, to the page `/dev-mail`, or nowhere, so that it waits. */
  @ApiProperty({ enum: ['smtp', 'catcher', 'none'] })
  mail!: string;

  counts!: LetterCountsAnswer;

  /** The newest hundred. */
  letters!: LetterAnswer[];
}

/** Which letters are to be tried again. */
export class RetryLettersDto {
  @IsIn(['failed', 'unknown'])
  @ApiProperty({ enum: ['failed', 'unknown'] })
  state!: 'failed' | 'unknown';
}

export class RetriedAnswer {
  /** How many letters wait again. */
  retried!: number;
}
