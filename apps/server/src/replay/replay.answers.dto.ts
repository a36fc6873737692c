import { ApiProperty } from '@nestjs/swagger';
import { CONTACT_CHANNELS } from '@enishi/domain';
import { EventAnswer } from '../audit/audit.answers.dto';
import { ConsentStateAnswer, ReasonAnswer } from '../roster/roster.answers.dto';

/** What was known about the person after a step; no values. */
export class StandingAnswer {
  registered!: boolean;

  /** Channels for which an address is known; of erased addresses none is. */
  @ApiProperty({ enum: CONTACT_CHANNELS, isArray: true })
  channels!: string[];

  /** How many employments are known. */
  employments!: number;

  returned!: boolean;
  died!: boolean;
  /** An erasure of what contact needs has begun, or is done. */
  erasing!: boolean;
  /** Holds that stand. */
  holds!: number;
}

/** One step of a person's trail. */
export class ReplayStepAnswer {
  /** The instant that the state is of. */
  @ApiProperty({ format: 'date-time' })
  at!: string;

  /** What happened; `null` where only time passed: something took effect, or expired. */
  @ApiProperty({ type: EventAnswer, nullable: true })
  event!: EventAnswer | null;

  /** Whether the answer became another one, or the same for other reasons. */
  changed!: boolean;

  state!: StandingAnswer;

  /** What the person's answers came to; those never asked for are left out. */
  consents!: ConsentStateAnswer[];

  /** Whether the person might be contacted then; `null` where no purpose and channel are named. */
  @ApiProperty({ type: String, enum: ['yes', 'no', null], nullable: true })
  answer!: string | null;

  /** Of a yes: the events that allowed it. */
  @ApiProperty({ type: [String], format: 'uuid' })
  because!: string[];

  /** Of a no: every reason. */
  reasons!: ReasonAnswer[];

  /** Whether the person might be asked for consent then. */
  @ApiProperty({ type: Boolean, nullable: true })
  approachable!: boolean | null;
}

/** A person's trail, step by step, with the state after each. */
export class ReplayAnswer {
  steps!: ReplayStepAnswer[];

  /** Of the next page; absent on the last. */
  cursor?: string;
}
