import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsEmail,
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
  LANGUAGES,
  LETTER_MEANS,
  NOTIFICATION_SUBJECTS,
  NOTIFICATION_WAYS,
  REFUSAL_GROUNDS,
  REPLIES,
  REQUEST_DECISIONS,
  REQUEST_OUTCOMES,
  STATUTORY_DOCUMENTS,
  type AnswerForm,
  type Language,
  type LetterMeans,
  type RefusalGround,
  type ReplyKind,
  type RequestDecision,
  type RequestOutcome,
  type StatutoryDocument,
} from '@enishi/domain';
import { IsDay } from '../is-day';
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

/** A letter of the desk. */
export class ReplyDto {
  @IsIn(REPLIES)
  letter!: ReplyKind;

  @IsIn(LETTER_MEANS)
  means!: LetterMeans;

  /** That of the request, unless stated. */
  @Maybe()
  @IsIn(LANGUAGES)
  language?: Language;

  /** To whom: the person, unless stated. To be stated where another asks for them. */
  @Maybe()
  @Words(200)
  name?: string;

  /** Where the answer is wanted, unless stated; the same for the postal address. */
  @Maybe()
  @IsEmail()
  @MaxLength(254)
  email?: string;

  @Maybe()
  @Words(500)
  postalAddress?: string;

  /** Of `identity-needed`: what is to be shown. */
  @Maybe()
  @Words()
  needed?: string;

  /** Of `identity-needed`: by this day. */
  @Maybe()
  @IsDay()
  by?: string;

  /** Of a decision in part: what is not done. */
  @Maybe()
  @Words()
  notDone?: string;

  /** Why not in the form that was asked for. */
  @Maybe()
  @Words()
  formReason?: string;
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
