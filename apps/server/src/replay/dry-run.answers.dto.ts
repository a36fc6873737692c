import { ApiProperty } from '@nestjs/swagger';
import { PersonKanaDto } from '../alumni/alumni.dto';
import { PersonNameDto } from '../company/company.dto';
import { ReasonAnswer } from '../roster/roster.answers.dto';
import { DiffTotalsAnswer } from './roster-diff.answers.dto';

/** What the rules say of somebody, without the version that is tried or with it. */
export class DryRunStandingAnswer {
  @ApiProperty({ enum: ['yes', 'no'] })
  answer!: string;

  /** Of a yes: the events that allow it. A version that is only tried has none. */
  @ApiProperty({ type: [String], format: 'uuid' })
  because!: string[];

  /** Of a no: every reason. */
  reasons!: ReasonAnswer[];

  /** Whether the person may be asked for consent. */
  approachable!: boolean;

  /** Where they may not: every reason. */
  askingReasons!: ReasonAnswer[];
}

/** Somebody for whom publishing the version would change something. */
export class DryRunPersonAnswer {
  @ApiProperty({ format: 'uuid' })
  alumnusId!: string;

  @ApiProperty({ type: PersonNameDto, nullable: true })
  name!: PersonNameDto | null;

  @ApiProperty({ type: PersonKanaDto, nullable: true })
  kana!: PersonKanaDto | null;

  department!: string | null;

  /** Onto the list of those who may be contacted, or off it. */
  @ApiProperty({ type: String, enum: ['came', 'went', null], nullable: true })
  change!: string | null;

  /** Onto the list of those who may be asked for consent, or off it. */
  @ApiProperty({ type: String, enum: ['came', 'went', null], nullable: true })
  asking!: string | null;

  before!: DryRunStandingAnswer;

  after!: DryRunStandingAnswer;
}

export class DryRunTotalsAnswer extends DiffTotalsAnswer {
  /** The same of those who may be asked for consent. */
  asking!: DiffTotalsAnswer;
}

/** What publishing a version would change, for everybody known now. */
export class DryRunAnswer {
  /** The number that the version has, or would get. */
  version!: number;

  /** The instant that both states are of: from when on the version would hold. */
  @ApiProperty({ format: 'date-time' })
  at!: string;

  /** Of a related revision: it is tried as if its notice were recorded by then. */
  supposesNotice!: boolean;

  /** Of everybody; not given again after the first page. */
  @ApiProperty({ type: DryRunTotalsAnswer, nullable: true })
  totals!: DryRunTotalsAnswer | null;

  rows!: DryRunPersonAnswer[];

  /** Of the next page; absent on the last. */
  cursor?: string;
}
