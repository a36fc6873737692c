import { ApiProperty } from '@nestjs/swagger';
import { MATCH_GROUNDS } from '@enishi/projections/alumni-roster/query';
import { PersonKanaDto } from '../alumni/alumni.dto';
import { BilingualDto, PersonNameDto } from '../company/company.dto';
import { PAIR_LISTS } from './duplicates.dto';

export const COMPARISONS = ['same', 'different', 'only-one'] as const;
const STATES = ['none', 'linked', 'unlinked', 'dismissed'] as const;

/** By what two records look alike. */
export class GroundAnswer {
  @ApiProperty({ enum: Object.keys(MATCH_GROUNDS) })
  code!: string;

  messages!: BilingualDto;
}

/** As much of a record as tells people apart. What is not known or erased is `null`. */
export class PairedRecordAnswer {
  @ApiProperty({ format: 'uuid' })
  alumnusId!: string;

  @ApiProperty({ type: PersonNameDto, nullable: true })
  name!: PersonNameDto | null;

  @ApiProperty({ type: PersonKanaDto, nullable: true })
  kana!: PersonKanaDto | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  birthDate!: string | null;

  department!: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  joinedOn!: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  leftOn!: string | null;
}

/** Two records, the smaller id first. */
export class PairAnswer {
  @ApiProperty({ format: 'uuid' })
  alumnusId!: string;

  @ApiProperty({ format: 'uuid' })
  otherId!: string;

  @ApiProperty({ enum: PAIR_LISTS })
  state!: string;

  /** The grounds' weights added up; only good for an order. */
  score!: number;

  grounds!: GroundAnswer[];

  /** Both, in that order. */
  records!: PairedRecordAnswer[];
}

export class PairsAnswer {
  pairs!: PairAnswer[];

  /** How many there are, of those that were looked at. */
  total!: number;

  /** There are more than were looked at: deciding on these brings the others up. */
  more!: boolean;
}

/** How a value stands in both records. Values that neither has are left out. */
export class ComparedFieldAnswer {
  field!: string;

  @ApiProperty({ enum: COMPARISONS })
  comparison!: string;
}

/** Two records side by side. */
export class PairDetailAnswer {
  @ApiProperty({ format: 'uuid' })
  alumnusId!: string;

  @ApiProperty({ format: 'uuid' })
  otherId!: string;

  @ApiProperty({ enum: STATES })
  state!: string;

  score!: number;
  grounds!: GroundAnswer[];
  fields!: ComparedFieldAnswer[];

  /** Each as its own page shows it, addresses masked, with its consents. */
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  records!: Record<string, unknown>[];
}

/** Another record of the same person. */
export class LinkedRecordAnswer {
  @ApiProperty({ format: 'uuid' })
  alumnusId!: string;

  /** `null` where it is erased, or your grant does not cover it. */
  @ApiProperty({ type: PersonNameDto, nullable: true })
  name!: PersonNameDto | null;

  /** Whether the two are linked with each other, or only by way of a third. */
  direct!: boolean;
}

export class LinkedRecordsAnswer {
  linked!: LinkedRecordAnswer[];
}
