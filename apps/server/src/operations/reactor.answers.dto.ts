import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches } from 'class-validator';
import { IsDay } from '../is-day';

/** A target that a bug has stopped. */
export class ParkedTargetAnswer {
  /** A stream. */
  target!: string;

  /** Of the bug; absent where the target was released and is being looked at again. */
  code?: string;

  /** Events that wait. */
  events!: number;

  @ApiProperty({ format: 'date-time' })
  since!: string;
}

/** How far a policy is. */
export class PolicyAnswer {
  name!: string;

  /** Whether it has looked at the last event of the ledger. */
  upToDate!: boolean;

  /** Events that wait for their day. */
  waiting!: number;

  @ApiProperty({ format: 'date-time', required: false })
  nextDueAt?: string;

  /** The hundred that were parked first. */
  parked!: ParkedTargetAnswer[];

  parkedTargets!: number;
}

export class PoliciesAnswer {
  policies!: PolicyAnswer[];
}

const TARGET_FORM = { ja: 'ストリーム名を指定してください。', en: 'Must be the name of a stream.' };

/** What is to be looked at again. */
export class ReleaseDto {
  /** As the list names it. */
  @IsString()
  @Matches(/^[a-z0-9.-]{1,150}$/, { context: TARGET_FORM })
  target!: string;
}

export class ReleaseAnswer {
  /** Events that are being looked at again. */
  released!: number;
}

/** What the clock says, and whether it is believed. */
export class ClockAnswer {
  @ApiProperty({ format: 'date-time' })
  now!: string;

  /** In Asia/Tokyo. */
  @ApiProperty({ format: 'date' })
  day!: string;

  /** Whether it is too far ahead to be believed without somebody's word. */
  asks!: boolean;

  /** Since when, by the database's clock. */
  @ApiProperty({ format: 'date-time', required: false })
  asksSince?: string;

  /** The latest time that was believed, kept every minute; absent before the first look. */
  @ApiProperty({ format: 'date-time', required: false })
  seen?: string;
}

/** Which day it is, as an operator knows it from elsewhere. */
export class ConfirmClockDto {
  @IsDay()
  day!: string;
}
