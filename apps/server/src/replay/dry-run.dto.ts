import { IsDefined, IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { CONTACT_CHANNELS, type ContactChannel, type RevisionKind } from '@enishi/domain';
import { Nested } from '../nested';
import { ProgrammeContentDto } from '../programmes/programmes.dto';
import { PurposeContentDto } from '../purposes/purposes.dto';

/** Of which list a version of a purpose is tried, and from when on it is to take effect. */
export class PurposeDryRunDto {
  @IsIn(CONTACT_CHANNELS)
  channel!: ContactChannel;

  /** Asks under this programme alone. Default: any programme in force. */
  @IsOptional()
  @IsUUID('all')
  programmeId?: string;

  /** When the version takes effect; a day means its beginning in Asia/Tokyo. Default: now. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  effectiveAt?: string;

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

/** A revision of a purpose that is not drafted yet. */
export class PurposeRevisionDryRunDto extends PurposeDryRunDto {
  /** editorial: wording only; related: 17(2), tried as if notified; beyond-scope: 18(1), consent anew. */
  @IsIn(['editorial', 'related', 'beyond-scope'])
  kind!: Exclude<RevisionKind, 'first'>;

  @IsDefined()
  @Nested(() => PurposeContentDto)
  content!: PurposeContentDto;
}

/** The same of a programme, for one of the purposes. */
export class ProgrammeDryRunDto extends PurposeDryRunDto {
  @IsUUID('all')
  purposeId!: string;
}

/** A revision of a programme that is not drafted yet. */
export class ProgrammeRevisionDryRunDto extends ProgrammeDryRunDto {
  @IsDefined()
  @Nested(() => ProgrammeContentDto)
  content!: ProgrammeContentDto;
}
