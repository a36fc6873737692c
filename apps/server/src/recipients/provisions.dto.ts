import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';
import {
  MOST_PROVIDED,
  NAMED_GROUNDS,
  PROVIDED_ITEMS,
  PROVISION_GROUNDS,
  RECORD_FORMS,
  type NamedGround,
  type ProvidedItem,
  type ProvisionGround,
  type RecordForm,
} from '@enishi/domain';
import { PageQuery } from '../audit/audit.dto';
import { NOT_BLANK } from '../forms';

/** Whose data was given to whom, what of it, and why that may be. */
export class RecordProvisionDto {
  @IsUUID('all')
  recipientId!: string;

  /** Opting out (27(2)) may be named, and is refused. */
  @IsIn(NAMED_GROUNDS)
  ground!: NamedGround;

  /** Absent: a record of one provision. A batch, and a contract that stands in for it, are of the last of several (Rules 19). */
  @IsOptional()
  @IsIn(RECORD_FORMS)
  form?: RecordForm;

  /** For which purpose; with consent always. Who withdraws from it is then one of whom the recipient is told. */
  @IsOptional()
  @IsUUID('all')
  purposeId?: string;

  /** What of them. */
  @ArrayNotEmpty()
  @IsIn(PROVIDED_ITEMS, { each: true })
  items!: ProvidedItem[];

  /** Either these people, or everybody in an export. */
  @IsOptional()
  @ArrayNotEmpty()
  @ArrayMaxSize(MOST_PROVIDED)
  @IsUUID('all', { each: true })
  alumnusIds?: string[];

  /** A file that is made, before or after it is handed over. */
  @IsOptional()
  @IsUUID('all')
  exportId?: string;

  /** By which way, on what; of a contract that stands in for the record, which one. Kept sealed. */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string;

  /** When, of several the last time; now unless stated. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  effectiveAt?: string;
}

/** Whose data came from whom, and how they had come by it. */
export class RecordReceiptDto {
  /** The provider, as it stands in the register. */
  @IsUUID('all')
  recipientId!: string;

  /** On which ground it gave them. */
  @IsIn(PROVISION_GROUNDS)
  ground!: ProvisionGround;

  /** Absent: a record of one receipt (Rules 23). */
  @IsOptional()
  @IsIn(RECORD_FORMS)
  form?: RecordForm;

  @ArrayNotEmpty()
  @IsIn(PROVIDED_ITEMS, { each: true })
  items!: ProvidedItem[];

  @ArrayNotEmpty()
  @ArrayMaxSize(MOST_PROVIDED)
  @IsUUID('all', { each: true })
  alumnusIds!: string[];

  /** How the provider had come by them, and how that was confirmed (30(1)(ii)). Kept sealed. */
  @IsString()
  @Length(1, 2000)
  @Matches(/\S/, { context: NOT_BLANK })
  acquired!: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  effectiveAt?: string;
}

/** Which records. */
export class ProvisionsQuery extends PageQuery {
  /** With data of this person. */
  @IsOptional()
  @IsUUID('all')
  alumnusId?: string;

  /** To this recipient, or from it. */
  @IsOptional()
  @IsUUID('all')
  recipientId?: string;
}
