import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import {
  ANSWER_FORMS,
  LANGUAGES,
  REQUEST_GROUNDS,
  REQUEST_KINDS,
  REQUEST_PARTIES,
  REQUEST_STANDINGS,
  REQUEST_WAYS,
  type AnswerForm,
  type Language,
  type RequestGround,
  type RequestKind,
  type RequestParty,
  type RequestStanding,
  type RequestWay,
} from '@enishi/domain';
import { PageQuery } from '../audit/audit.dto';
import { Maybe, Words } from './text';

/** A request as it came in. */
export class ReceiveRequestDto {
  @IsIn(REQUEST_KINDS)
  kind!: RequestKind;

  /** Of cease-use, erasure and stop-provision (35). */
  @Maybe()
  @IsIn(REQUEST_GROUNDS)
  ground?: RequestGround;

  @IsIn(REQUEST_WAYS)
  cameBy!: RequestWay;

  @IsIn(REQUEST_PARTIES)
  party!: RequestParty;

  /** In which form the person wants the answer. */
  @IsIn(ANSWER_FORMS)
  answerForm!: AnswerForm;

  /** In which language. */
  @IsIn(LANGUAGES)
  language!: Language;

  /** Whose data it is about: a name. */
  @Words(200)
  requester!: string;

  /** Where the answer is to go. */
  @Maybe()
  @Words(500)
  answerTo?: string;

  /** What is asked for, in the person's words. */
  @Words(5000)
  asked!: string;

  /** What helps to find the person: employee number, department, years. */
  @Maybe()
  @Words(1000)
  aboutThem?: string;

  /** Who asks for the person, and what they are to them. */
  @Maybe()
  @Words(500)
  agent?: string;

  /** When it came; a day means its beginning. Now, unless stated. */
  @Maybe()
  @IsString()
  @MaxLength(40)
  arrivedAt?: string;
}

/** All that have not been closed, or all there are. */
const LISTS = ['open', 'all'] as const;

/** Which requests. */
export class RequestsQuery extends PageQuery {
  /** How far they are. Default: open. */
  @IsOptional()
  @IsIn([...LISTS, ...REQUEST_STANDINGS])
  state?: (typeof LISTS)[number] | RequestStanding;

  @IsOptional()
  @IsIn(REQUEST_KINDS)
  kind?: RequestKind;

  /** An account: as assignee or deputy. */
  @IsOptional()
  @IsUUID('all')
  assigneeId?: string;

  /** Due by then; a day means all of it. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  dueBefore?: string;

  /** Matched with this person. */
  @IsOptional()
  @IsUUID('all')
  alumnusId?: string;
}
