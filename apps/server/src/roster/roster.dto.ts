import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import {
  CONTACT_CHANNELS,
  EMPLOYMENT_KINDS,
  LEAVING_KINDS,
  type ContactChannel,
  type EmploymentKind,
  type LeavingKind,
} from '@enishi/domain';
import { IntersectionType } from '@nestjs/swagger';
import { IsDay } from '../is-day';

/** For which purpose, by which channel, within which programme. */
export class RosterScopeDto {
  @IsUUID('all')
  purposeId!: string;

  @IsIn(CONTACT_CHANNELS)
  channel!: ContactChannel;

  @IsOptional()
  @IsUUID('all')
  programmeId?: string;
}

/** Of which moment. */
export class MomentQuery {
  /** As of: a day (its end in Asia/Tokyo) or an instant. Default: now. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  at?: string;

  /** By what was known then: a day (its end in Asia/Tokyo) or an instant. Default: as `at`. Needs `at`. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  known?: string;
}

/** A question about one person, and of which moment. */
export class WhyQuery extends IntersectionType(RosterScopeDto, MomentQuery) {}

/** What every search takes: whom to look for by name, and which page. */
export class SearchCandidatesDto extends RosterScopeDto {
  /** Part of a name or kana; one character is enough. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  text?: string;

  @IsOptional()
  @IsString()
  @MaxLength(4000)
  cursor?: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;
}

export class SearchRosterDto extends IntersectionType(SearchCandidatesDto, MomentQuery) {
  /** contactable: who may be contacted; excluded: all others, with every reason; approachable: who may be asked. */
  @IsIn(['contactable', 'excluded', 'approachable'])
  mode!: 'contactable' | 'excluded' | 'approachable';

  /** Folds the whole ledger for it instead of asking the tables: slow, and the same answer. Needs `at`. */
  @IsOptional()
  @IsBoolean()
  fold?: boolean;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  department?: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  job?: string;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1200)
  serviceMonthsMin?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1200)
  serviceMonthsMax?: number;

  @IsOptional()
  @IsDay()
  leftFrom?: string;

  @IsOptional()
  @IsDay()
  leftTo?: string;

  @IsOptional()
  @IsArray()
  @IsIn(LEAVING_KINDS, { each: true })
  leavingKind?: LeavingKind[];

  @IsOptional()
  @IsArray()
  @IsIn(EMPLOYMENT_KINDS, { each: true })
  employmentKind?: EmploymentKind[];

  /** Only those whom the programme's rule admits (true) or does not (false). Needs programmeId. */
  @IsOptional()
  @IsBoolean()
  eligible?: boolean;
}
