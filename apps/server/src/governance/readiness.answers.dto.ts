import { ApiProperty } from '@nestjs/swagger';
import { READINESS_GAPS, READINESS_POINTS, READINESS_PROOFS } from '@enishi/domain';
import { BilingualDto } from '../company/company.dto';

/** An event that proves something of the point. */
export class ReadinessProofAnswer {
  @ApiProperty({ enum: Object.keys(READINESS_PROOFS) })
  code!: string;

  what!: BilingualDto;

  @ApiProperty({ format: 'uuid' })
  eventId!: string;

  /** Where its proof of inclusion is (`audit:read`). */
  proof!: string;
}

/** What is missing, and the command that supplies it. */
export class ReadinessGapAnswer {
  @ApiProperty({ enum: Object.keys(READINESS_GAPS) })
  code!: string;

  messages!: BilingualDto;

  command!: string;
}

/** One of the five points. */
export class ReadinessPointAnswer {
  number!: number;

  @ApiProperty({ enum: Object.keys(READINESS_POINTS) })
  code!: string;

  question!: BilingualDto;

  met!: boolean;

  proofs!: ReadinessProofAnswer[];

  missing!: ReadinessGapAnswer[];
}

/** The five-point readiness checklist, answered from the ledger. */
export class ReadinessAnswer {
  @ApiProperty({ format: 'date-time' })
  at!: string;

  /** Whether every point is met. */
  ready!: boolean;

  /** Consents that stand, and those of them whose evidence is incomplete. */
  consents!: number;

  incomplete!: number;

  points!: ReadinessPointAnswer[];
}
