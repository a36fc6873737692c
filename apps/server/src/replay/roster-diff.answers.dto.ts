import { ApiProperty } from '@nestjs/swagger';
import { REASON_CODES } from '@enishi/domain';
import { PersonKanaDto } from '../alumni/alumni.dto';
import { BilingualDto, PersonNameDto } from '../company/company.dto';
import { ReasonAnswer } from '../roster/roster.answers.dto';

/** Somebody who came onto the roster or went off it. */
export class ChangedPersonAnswer {
  @ApiProperty({ format: 'uuid' })
  alumnusId!: string;

  @ApiProperty({ type: PersonNameDto, nullable: true })
  name!: PersonNameDto | null;

  @ApiProperty({ type: PersonKanaDto, nullable: true })
  kana!: PersonKanaDto | null;

  department!: string | null;

  @ApiProperty({ enum: ['came', 'went'] })
  change!: string;

  /** Of who came: why not before. Of who went: why not after. */
  reasons!: ReasonAnswer[];

  /** The events that allowed it, before or after. */
  @ApiProperty({ type: [String], format: 'uuid' })
  because!: string[];
}

/** How many came or went for a reason; who has several is counted with each. */
export class ReasonCountAnswer {
  @ApiProperty({ enum: ['came', 'went'] })
  change!: string;

  @ApiProperty({ enum: REASON_CODES })
  code!: string;

  count!: number;

  messages!: BilingualDto;
}

export class DiffTotalsAnswer {
  /** On the roster before. */
  before!: number;
  /** On the roster after. */
  after!: number;
  came!: number;
  went!: number;
  reasons!: ReasonCountAnswer[];
}

/** The difference between two moments of a roster. */
export class RosterDiffAnswer {
  @ApiProperty({ format: 'date-time' })
  from!: string;

  @ApiProperty({ format: 'date-time' })
  to!: string;

  /** Of everybody; not given again after the first page. */
  @ApiProperty({ type: DiffTotalsAnswer, nullable: true })
  totals!: DiffTotalsAnswer | null;

  rows!: ChangedPersonAnswer[];

  /** Of the next page; absent on the last. */
  cursor?: string;
}
