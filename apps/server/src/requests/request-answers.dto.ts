import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsObject,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { IntersectionType } from '@nestjs/swagger';
import {
  ANSWER_FORMS,
  NOTIFICATION_SUBJECTS,
  NOTIFICATION_WAYS,
  REFUSAL_GROUNDS,
  REQUEST_DECISIONS,
  REQUEST_OUTCOMES,
  STATUTORY_DOCUMENTS,
  type AnswerForm,
  type RefusalGround,
  type RequestDecision,
  type RequestOutcome,
  type StatutoryDocument,
} from '@enishi/domain';
import { NamedRequestDto } from './request-steps.dto';
import { Maybe, Words } from './text';

export class DecideRequestDto {
  @IsIn(REQUEST_DECISIONS)
  decision!: RequestDecision;

  /** Of a refusal, in whole or in part: one of those that the article of the kind knows. */
  @Maybe()
  @IsIn(REFUSAL_GROUNDS)
  refusalGround?: RefusalGround;

  /** Of a deferral: the last day on which a law keeps the data. */
  @Maybe()
  @IsString()
  @MaxLength(40)
  deferredUntil?: string;

  /** Of a deferral: the document that the law keeps. */
  @Maybe()
  @IsIn(STATUTORY_DOCUMENTS)
  deferredUnder?: StatutoryDocument;

  /** Told to the person (36). */
  @Words()
  reason!: string;

  /** What is done in place of what would cost out of proportion (35). */
  @Maybe()
  @Words()
  substitute?: string;
}

/** One of many, decided by itself. */
export class DecideNamedRequestDto extends IntersectionType(NamedRequestDto, DecideRequestDto) {}

export class DecideRequestsDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => DecideNamedRequestDto)
  decisions!: DecideNamedRequestDto[];
}

export class ExecuteRequestDto {
  /** What was changed, or disclosed. */
  @Words(5000)
  changed!: string;
}

export class NotifyPersonDto {
  /** The decision with what was changed, or that it could not be told who asks. */
  @IsIn(NOTIFICATION_SUBJECTS)
  about!: (typeof NOTIFICATION_SUBJECTS)[number];

  @IsIn(ANSWER_FORMS)
  form!: AnswerForm;

  @IsIn(NOTIFICATION_WAYS)
  way!: (typeof NOTIFICATION_WAYS)[number];

  @Words(5000)
  said!: string;

  /** What shows that it was sent: number of a registered letter, Message-ID. */
  @Words()
  proof!: string;

  /** Why not in the form that was asked for. */
  @Maybe()
  @Words()
  formReason?: string;

  /** The letter or the receipt, as kept. */
  @Maybe()
  @IsUUID('all')
  artefactId?: string;

  /** Now, unless stated. */
  @Maybe()
  @IsString()
  @MaxLength(40)
  sentAt?: string;
}

export class TakeComplaintDto {
  @Words(5000)
  complaint!: string;

  /** Now, unless stated. */
  @Maybe()
  @IsString()
  @MaxLength(40)
  arrivedAt?: string;
}

export class CloseRequestDto {
  @IsIn(REQUEST_OUTCOMES)
  outcome!: RequestOutcome;

  /** Of a withdrawal: how the person said so. */
  @Maybe()
  @Words()
  reason?: string;
}
