import { ApiProperty, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { ACTOR_FORM } from '../forms';

const ROUTE_FORM = {
  ja: '方法と経路で指定してください（例: GET /v1/alumni/:alumnusId）。',
  en: 'Must be a method and a pattern, such as GET /v1/alumni/:alumnusId.',
};
const VIEW_FORM = {
  ja: '英小文字とハイフンで指定してください（例: alumni-roster）。',
  en: 'Must be lower-case letters and hyphens, such as alumni-roster.',
};

/** Which hours; each by its beginning. */
export class PeriodQuery {
  @IsOptional()
  @IsString()
  @MaxLength(40)
  from?: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  to?: string;
}

/** What of the access log: whose data, by whom, by which route, when. */
export class AccessLogQuery extends PeriodQuery {
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  cursor?: string;

  // One entry may name as many people as a page of the roster holds.
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number;

  @IsOptional()
  @IsUUID('all')
  alumnusId?: string;

  @IsOptional()
  @Matches(/^(staff|token|system):[\w-]{1,64}$/, { context: ACTOR_FORM })
  actor?: string;

  @IsOptional()
  @IsUUID('all')
  accountId?: string;

  /** As declared: `GET /v1/alumni/:alumnusId`. */
  @IsOptional()
  @Matches(/^(accounts|[A-Z]{3,7} \/[\w/:.*-]{0,190})$/, { context: ROUTE_FORM })
  route?: string;

  /** What was opened (`alumni-roster`), or which act (`role-granted`). */
  @IsOptional()
  @Matches(/^[a-z][a-z-]{0,99}$/, { context: VIEW_FORM })
  view?: string;

  /** The account that an act is about: who was granted a role, whose token ended. */
  @IsOptional()
  @IsUUID('all')
  aboutId?: string;
}

/** The same as a file, at once. */
export class AccessLogExportQuery extends OmitType(AccessLogQuery, ['cursor', 'limit'] as const) {
  @IsIn(['csv', 'jsonl'])
  format!: 'csv' | 'jsonl';

  @IsOptional()
  @IsIn(['utf-8', 'cp932'])
  encoding?: 'utf-8' | 'cp932';
}

/** Somebody opened something about people, or did something about accounts. */
export class AccessLogEntryAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** By the database's clock, in microseconds. */
  @ApiProperty({ format: 'date-time' })
  at!: string;

  /** Absent where a system acted, or a sign-in failed. */
  @ApiProperty({ format: 'uuid' })
  accountId?: string;

  /** An opaque id with its kind: `staff:…`, `token:…`, `system:…`. */
  actor!: string;

  /** What operators call the account, where that is known. */
  actorName?: string;

  /** Method and pattern. */
  route!: string;

  /** What was opened, or which act. */
  view!: string;

  /** Names of fields that were searched by or revealed, never values; of an act, what was given or ended. */
  fields!: string[];

  /** Whose data; of a caller whose grant covers some people, the one asked for. */
  personIds!: string[];

  /** Why, where the route asks for it. */
  reason?: string;

  /** Id of the request. */
  correlationId!: string;

  /** Of an act, the account that it is about. */
  @ApiProperty({ format: 'uuid' })
  aboutId?: string;

  /** What operators call that account. */
  aboutName?: string;
}

/** A page of the access log, the latest entry first. */
export class AccessLogAnswer {
  entries!: AccessLogEntryAnswer[];

  /** Of the next page; absent on the last. */
  cursor?: string;
}

/** How many entries, and their digest. */
class HourDigestAnswer {
  entries!: number;

  /** SHA-256 (hex). */
  digest!: string;
}

/** An hour whose entries are not those that the ledger knows. */
class WrongHourAnswer {
  @ApiProperty({ format: 'date-time' })
  from!: string;

  @ApiProperty({ format: 'date-time' })
  to!: string;

  /** `differs` from its event, or has entries and no event although a later hour has one. */
  @ApiProperty({ enum: ['differs', 'without-event'] })
  kind!: string;

  /** As the ledger has it. */
  recorded?: HourDigestAnswer;

  /** As it is now. */
  found!: HourDigestAnswer;
}

/** The access log compared with the ledger, hour by hour. */
export class AccessLogCheckAnswer {
  /** Hours whose entries are those that the ledger knows. */
  agreeing!: number;

  /** Hours whose entries were dropped when their retention ended. */
  retired!: number;

  /** Hours since the last one that the ledger knows: not recorded yet. */
  pending!: number;

  wrong!: WrongHourAnswer[];
}
