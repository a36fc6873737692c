import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
  IsDefined,
} from 'class-validator';
import {
  CONTACT_CHANNELS,
  NOTICE_METHODS,
  type ContactChannel,
  type NoticeMethod,
  type RevisionKind,
} from '@enishi/domain';
import { BilingualDto } from '../company/company.dto';
import { CODE_FORM } from '../forms';
import { Nested } from '../nested';

const USED_CATEGORIES = ['programme', 'contact', 'profile', 'leaving-detail'] as const;

/** All that a version of a purpose states. */
export class PurposeContentDto {
  @IsDefined()
  @Nested(() => BilingualDto)
  title!: BilingualDto;

  /** The exact notice a person reads before answering. */
  @IsDefined()
  @Nested(() => BilingualDto)
  notice!: BilingualDto;

  @ArrayNotEmpty()
  @IsIn(USED_CATEGORIES, { each: true })
  categories!: (typeof USED_CATEGORIES)[number][];

  @ArrayNotEmpty()
  @IsIn(CONTACT_CHANNELS, { each: true })
  channels!: ContactChannel[];

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(600)
  validityMonths?: number;

  /** DPV purpose IRI. */
  @IsUrl({ require_protocol: true })
  purposeType!: string;

  @IsUrl({ require_protocol: true })
  lawfulBasis!: string;

  @ArrayNotEmpty()
  @IsUrl({ require_protocol: true }, { each: true })
  piiTypes!: string[];

  @IsDefined()
  @Nested(() => BilingualDto)
  collectionMethod!: BilingualDto;

  @IsDefined()
  @Nested(() => BilingualDto)
  processingMethod!: BilingualDto;

  @ArrayNotEmpty()
  @IsString({ each: true })
  storageLocations!: string[];

  @ArrayNotEmpty()
  @IsString({ each: true })
  processingLocations!: string[];

  @IsDefined()
  @Nested(() => BilingualDto)
  retentionPeriod!: BilingualDto;

  @IsString()
  @IsNotEmpty()
  jurisdiction!: string;

  @IsArray()
  @IsDefined()
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => BilingualDto)
  recipients!: BilingualDto[];

  @IsDefined()
  @Nested(() => BilingualDto)
  withdrawalMethod!: BilingualDto;

  @ArrayNotEmpty()
  @IsString({ each: true })
  privacyRights!: string[];

  @IsOptional()
  @Nested(() => BilingualDto)
  service?: BilingualDto;
}

/** Either a template by its code, or code and content. */
export class DraftPurposeDto {
  @IsOptional()
  @Matches(/^[a-z][a-z0-9-]{1,62}$/, { context: CODE_FORM })
  template?: string;

  /** The name used on the command line: lower-case letters, digits, hyphens. Default: the template's. */
  @IsOptional()
  @Matches(/^[a-z][a-z0-9-]{1,62}$/, { context: CODE_FORM })
  code?: string;

  @IsOptional()
  @Nested(() => PurposeContentDto)
  content?: PurposeContentDto;
}

export class RevisePurposeDto {
  /** editorial: wording only; related: 17(2), usable once notified; beyond-scope: 18(1), consent anew. */
  @IsIn(['editorial', 'related', 'beyond-scope'])
  kind!: Exclude<RevisionKind, 'first'>;

  @IsDefined()
  @Nested(() => PurposeContentDto)
  content!: PurposeContentDto;
}

/** When a version takes effect; a day means its beginning in Asia/Tokyo. Default: now. */
export class PublishDto {
  @IsOptional()
  @IsString()
  @MaxLength(40)
  effectiveAt?: string;
}

export class RecordNoticeDto {
  @IsIn(NOTICE_METHODS)
  method!: NoticeMethod;

  /** Where it was published and what proves it. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(2000)
  proof!: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  effectiveAt?: string;
}
