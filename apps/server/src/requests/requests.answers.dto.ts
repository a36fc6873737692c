import { ApiProperty } from '@nestjs/swagger';
import {
  ANSWER_FORMS,
  EVENTS,
  LANGUAGES,
  REPLIES,
  REQUEST_DECISIONS,
  REQUEST_GROUNDS,
  REQUEST_KINDS,
  REQUEST_OUTCOMES,
  REQUEST_PARTIES,
  REQUEST_STANDINGS,
  REQUEST_WAYS,
  TASK_ANSWERS,
  UNDELIVERED_GROUNDS,
} from '@enishi/domain';
import { BilingualDto } from '../company/company.dto';

/** A request in short. */
export class RequestAnswer {
  @ApiProperty({ format: 'uuid' })
  requestId!: string;

  /** Whose data it is about, by name; absent once erased. */
  requester?: string;

  @ApiProperty({ enum: REQUEST_KINDS })
  kind!: string;

  @ApiProperty({ enum: REQUEST_GROUNDS })
  ground?: string;

  @ApiProperty({ enum: REQUEST_WAYS })
  cameBy!: string;

  @ApiProperty({ enum: REQUEST_PARTIES })
  party!: string;

  @ApiProperty({ enum: ANSWER_FORMS })
  answerForm!: string;

  @ApiProperty({ enum: LANGUAGES })
  language!: string;

  @ApiProperty({ format: 'date-time' })
  arrivedAt!: string;

  @ApiProperty({ enum: REQUEST_STANDINGS })
  standing!: string;

  /** When the next step is due; absent where none is. */
  @ApiProperty({ format: 'date-time' })
  dueAt?: string;

  /** Days of the calendar in Japan until then: 0 on the last one, negative when it is over. */
  daysLeft?: number;

  @ApiProperty({ format: 'date-time' })
  pausedAt?: string;

  /** Whether it has been verified who asks. */
  verified!: boolean;

  @ApiProperty({ format: 'uuid' })
  alumnusId?: string;

  /** An account. */
  @ApiProperty({ format: 'uuid' })
  assigneeId?: string;

  assigneeName?: string;

  @ApiProperty({ format: 'uuid' })
  deputyId?: string;

  deputyName?: string;

  /** The request that this one repeats. */
  @ApiProperty({ format: 'uuid' })
  originalId?: string;

  @ApiProperty({ enum: REQUEST_DECISIONS })
  decision?: string;

  @ApiProperty({ format: 'date-time' })
  decidedAt?: string;

  @ApiProperty({ format: 'date-time' })
  notifiedAt?: string;

  @ApiProperty({ enum: REQUEST_OUTCOMES })
  outcome?: string;

  /** Tasks without an answer. */
  openTasks!: number;

  /** For If-Match. */
  revision!: number;
}

export class RequestsAnswer {
  @ApiProperty({ type: () => [RequestAnswer] })
  requests!: RequestAnswer[];

  cursor?: string;
}

/** What the keeper of one system is to do. */
export class RequestTaskAnswer {
  @ApiProperty({ format: 'uuid' })
  taskId!: string;

  system!: string;

  /** Where it stands in the inventory. */
  @ApiProperty({ format: 'uuid' })
  systemId?: string;

  /** An account. */
  @ApiProperty({ format: 'uuid' })
  ownerId!: string;

  ownerName?: string;

  @ApiProperty({ format: 'date-time' })
  dueAt!: string;

  daysLeft!: number;

  task?: string;

  @ApiProperty({ enum: TASK_ANSWERS })
  answer?: string;

  proof?: string;
}

/** A letter by which the desk answered, with `GET /v1/letters/{letterId}`. */
export class RequestLetterAnswer {
  @ApiProperty({ format: 'uuid' })
  letterId!: string;

  @ApiProperty({ enum: REPLIES })
  letter!: string;

  @ApiProperty({ enum: ANSWER_FORMS })
  form!: string;

  @ApiProperty({ format: 'date-time' })
  orderedAt!: string;

  /** Why it did not arrive. */
  @ApiProperty({ enum: UNDELIVERED_GROUNDS })
  returned?: string;
}

/** One step of a request. */
export class RequestStepAnswer {
  @ApiProperty({ format: 'uuid' })
  eventId!: string;

  @ApiProperty({ enum: Object.keys(EVENTS) })
  type!: string;

  summary!: BilingualDto;

  @ApiProperty({ format: 'date-time' })
  effectiveAt!: string;

  @ApiProperty({ format: 'date-time' })
  decidedAt!: string;

  @ApiProperty({ format: 'date-time' })
  recordedAt!: string;

  actor!: string;

  actorName?: string;

  /** What was said and recorded; without what has been erased. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  fields!: Record<string, unknown>;
}

/** One request with its words and its steps. */
export class RequestDetailAnswer extends RequestAnswer {
  /** Its words can no longer be read by anybody. */
  erased!: boolean;

  answerTo?: string;

  asked?: string;

  aboutThem?: string;

  agent?: string;

  /** In yen. */
  fee?: number;

  @ApiProperty({ type: () => [RequestTaskAnswer] })
  tasks!: RequestTaskAnswer[];

  /** Oldest first. */
  @ApiProperty({ type: () => [RequestLetterAnswer] })
  letters!: RequestLetterAnswer[];

  /** Oldest first. */
  @ApiProperty({ type: () => [RequestStepAnswer] })
  timeline!: RequestStepAnswer[];
}

const RESULTS = ['done', 'unchanged', 'refused'] as const;

/** What became of one of many. */
export class RequestResultAnswer {
  @ApiProperty({ format: 'uuid' })
  requestId!: string;

  @ApiProperty({ enum: RESULTS })
  outcome!: (typeof RESULTS)[number];

  /** Why it was refused. */
  code?: string;

  messages?: BilingualDto;

  /** Its revision after it. */
  revision?: number;
}

export class RequestResultsAnswer {
  @ApiProperty({ type: () => [RequestResultAnswer] })
  results!: RequestResultAnswer[];
}
