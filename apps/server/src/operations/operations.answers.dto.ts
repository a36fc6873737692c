import { ApiProperty } from '@nestjs/swagger';

/** The event that a rebuild could not apply. */
export class StoppedAtAnswer {
  position!: string;
  code!: string;
}

/** A rebuild beside the version that serves. */
export class RebuildAnswer {
  version!: number;

  @ApiProperty({ enum: ['running', 'stopped'] })
  state!: string;

  /** Events looked at so far. */
  handled!: number;

  /** 0 to 1, by position; absent where the end was not known at the start. */
  done?: number;

  eventsPerSecond!: number;

  @ApiProperty({ format: 'date-time' })
  startedAt!: string;

  stoppedAt?: StoppedAtAnswer;
}

/** How far a view is. */
export class ProjectionAnswer {
  name!: string;

  /** Of the program; where `servingVersion` differs, it is being rebuilt. */
  version!: number;

  servingVersion?: number;

  /** The last event applied. */
  @ApiProperty({ type: String, nullable: true })
  position!: string | null;

  /** Events not applied yet, as text; of a view far behind, at least so many. */
  lag!: string;

  handled!: number;

  /** How many people, purposes or programmes it does not answer for. */
  parked!: number;

  @ApiProperty({ type: RebuildAnswer, nullable: true })
  building!: RebuildAnswer | null;
}

export class ProjectionsAnswer {
  projections!: ProjectionAnswer[];
}

/** An order about a view's rebuild, taken in. */
export class RebuildOrderAnswer {
  name!: string;

  @ApiProperty({ enum: ['requested', 'cancelled'] })
  state!: string;
}
