import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  CHECK_RESULTS,
  IDENTITY_CHECKS,
  TASK_ANSWERS,
  type IdentityCheck,
  type TaskAnswer,
} from '@enishi/domain';
import { Maybe, Words } from './text';

const DAY_FORM = {
  ja: '日付を 2026-11-21 の形で指定してください。',
  en: 'Must be a day such as 2026-11-21.',
};
/** So many requests are taken at once. */
const MOST = 200;

export class CheckIdentityDto {
  @IsIn(CHECK_RESULTS)
  result!: (typeof CHECK_RESULTS)[number];

  @IsIn(IDENTITY_CHECKS)
  method!: IdentityCheck;

  /** What was seen and how; a copy of a document is never kept. */
  @Words()
  seen!: string;

  /** Of a representative or mandatary: what showed that they may ask. */
  @Maybe()
  @Words()
  authority?: string;
}

export class MatchRequestDto {
  @IsUUID('all')
  alumnusId!: string;
}

export class AssignRequestDto {
  /** An account. */
  @IsUUID('all')
  assigneeId!: string;

  /** Another account. */
  @Maybe()
  @IsUUID('all')
  deputyId?: string;
}

/** One of many requests, at the revision that was read. */
export class NamedRequestDto {
  @IsUUID('all')
  requestId!: string;

  /** As its ETag said; refused where it has changed since. */
  @Maybe()
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  revision?: number;
}

export class AssignRequestsDto extends AssignRequestDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => NamedRequestDto)
  requests!: NamedRequestDto[];
}

export class NoteOnRequestDto {
  @Words(5000)
  note!: string;
}

export class AttachToRequestDto {
  /** As the upload answered. */
  @IsUUID('all')
  artefactId!: string;

  @Words(200)
  title!: string;
}

export class PauseRequestDto {
  @Words()
  reason!: string;
}

export class LinkRequestDto {
  /** The request that this one repeats. */
  @IsUUID('all')
  originalId!: string;
}

export class ChargeFeeDto {
  /** In yen. */
  @IsInt()
  @Min(1)
  @Max(100_000)
  amount!: number;
}

export class OpenTaskDto {
  /** What the company calls the system that holds the data; not sealed. */
  @Words(100)
  system!: string;

  /** The account that answers for it. */
  @IsUUID('all')
  ownerId!: string;

  /** Until the end of this day in Japan. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { context: DAY_FORM })
  dueOn!: string;

  /** What is to be done there. */
  @Words()
  task!: string;
}

export class AnswerTaskDto {
  @IsIn(TASK_ANSWERS)
  answer!: TaskAnswer;

  /** What shows it. */
  @Words()
  proof!: string;

  @Maybe()
  @IsUUID('all')
  artefactId?: string;
}
