import {
  ArrayNotEmpty,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  Min,
} from 'class-validator';
import {
  CAPTURE_CHANNELS,
  CONSENT_METHODS,
  CONSENT_PARTIES,
  CONTACT_CHANNELS,
  IDENTITY_CHECKS,
  LANGUAGES,
  type CaptureChannel,
  type ConsentMethod,
  type ConsentParty,
  type ContactChannel,
  type IdentityCheck,
  type Language,
} from '@enishi/domain';
import { Nested } from '../nested';

class OnChannelsDto {
  /** The contact channels the answer is about. */
  @ArrayNotEmpty()
  @IsIn(CONTACT_CHANNELS, { each: true })
  channels!: ContactChannel[];

  /** Where the expression was taken in. */
  @IsIn(CAPTURE_CHANNELS)
  captureChannel!: CaptureChannel;
}

export class RequestConsentDto extends OnChannelsDto {
  @IsIn(LANGUAGES)
  language!: Language;
}

/** The legal representative who answered for the person. */
export class RepresentativeDto {
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name!: string;

  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  relation!: string;
}

class ExpressionDto extends OnChannelsDto {
  @IsIn(CONSENT_METHODS)
  method!: ConsentMethod;

  @IsIn(CONSENT_PARTIES)
  party!: ConsentParty;

  @IsIn(IDENTITY_CHECKS)
  identityCheck!: IdentityCheck;

  /** What was seen or said, as far as a reviewer must know; sealed. */
  @IsOptional()
  @IsString()
  @MaxLength(4000)
  evidence?: string;

  /** Required with the party `legal-representative`, and only then; sealed. */
  @IsOptional()
  @Nested(() => RepresentativeDto)
  representative?: RepresentativeDto;

  /** A scan or mail kept before, that shows it. */
  @IsOptional()
  @IsUUID()
  artefactId?: string;

  /** A day (its beginning in Asia/Tokyo) or an instant, not in the future. Default: now. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  effectiveAt?: string;
}

export class RefuseConsentDto extends ExpressionDto {
  /** The version whose notice the person read. Default: the one in force at the effective time. */
  @IsOptional()
  @IsInt()
  @Min(1)
  purposeVersion?: number;

  @IsIn(LANGUAGES)
  language!: Language;
}

export class GrantConsentDto extends RefuseConsentDto {
  /** Default: by the purpose's validity. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  expiresAt?: string;
}

export class WithdrawConsentDto extends ExpressionDto {
  /** The language it was said in, where that is known. */
  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;
}

export class VoidConsentDto {
  /** The answer that was recorded in error. */
  @IsUUID('all')
  eventId!: string;

  @IsString()
  @IsNotEmpty()
  @MaxLength(2000)
  reason!: string;
}
