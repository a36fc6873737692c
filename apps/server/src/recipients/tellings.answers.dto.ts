import { ApiProperty } from '@nestjs/swagger';
import { PROVIDED_ITEMS, TELLING_GROUNDS } from '@enishi/domain';

/** A recipient that must be told of something about one person, or was. */
export class TellingAnswer {
  @ApiProperty({ format: 'uuid' })
  recipientId!: string;

  @ApiProperty({ format: 'uuid' })
  alumnusId!: string;

  @ApiProperty({ enum: TELLING_GROUNDS })
  ground!: string;

  /** What of the data there it is about. */
  @ApiProperty({ enum: PROVIDED_ITEMS, isArray: true })
  items!: string[];

  /** The correction, the withdrawal or the erasure. */
  causeId!: string;

  @ApiProperty({ format: 'date-time' })
  dueSince!: string;

  /** The event that says that it was told. */
  toldId?: string;

  @ApiProperty({ format: 'date-time' })
  toldAt?: string;
}

export class TellingsAnswer {
  tellings!: TellingAnswer[];

  cursor?: string;
}
