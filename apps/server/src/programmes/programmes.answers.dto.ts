import { ApiProperty } from '@nestjs/swagger';
import { BilingualDto } from '../company/company.dto';
import { ProgrammeContentDto } from './programmes.dto';

/** A version of a programme: published, or the draft of the next one. */
export class ProgrammeVersionAnswer {
  version!: number;

  @ApiProperty({ enum: ['draft', 'scheduled', 'in-force', 'superseded'] })
  state!: string;

  content!: ProgrammeContentDto;

  /** Absent of a draft. */
  @ApiProperty({ format: 'date-time' })
  effectiveAt?: string;
}

/** A programme with its versions, the draft last. */
export class ProgrammeAnswer {
  @ApiProperty({ format: 'uuid' })
  programmeId!: string;

  code!: string;

  title!: BilingualDto;

  @ApiProperty({ enum: ['draft', 'scheduled', 'in-force', 'closed'] })
  state!: string;

  versions!: ProgrammeVersionAnswer[];

  /** The version in force. */
  inForce!: number | null;

  /** Who was the responsible officer when it was drafted last. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  officerId!: string | null;
}

export class ProgrammesAnswer {
  programmes!: ProgrammeAnswer[];
}
