import { ApiProperty } from '@nestjs/swagger';
import { PROVIDED_ITEMS, PROVISION_GROUNDS, RECORD_FORMS } from '@enishi/domain';
import { BilingualDto } from '../company/company.dto';

/** What both sorts of records say. */
class HandingAnswer {
  @ApiProperty({ format: 'uuid' })
  recipientId!: string;

  /** Of the entry of the register as it was then. */
  recipientVersion!: number;

  @ApiProperty({ enum: PROVISION_GROUNDS })
  ground!: string;

  /** Absent: of one. */
  @ApiProperty({ enum: RECORD_FORMS })
  form?: string;

  @ApiProperty({ enum: PROVIDED_ITEMS, isArray: true })
  items!: string[];

  people!: number;

  /** When the data was given. */
  @ApiProperty({ format: 'date-time' })
  effectiveAt!: string;

  recordedBy!: string;

  recordedByName?: string;

  @ApiProperty({ format: 'date-time' })
  recordedAt!: string;

  /** The last day on which the record must be kept (29(2), 30(4), 施行規則 21, 25). */
  @ApiProperty({ format: 'date' })
  keepUntil!: string;

  eventId!: string;
}

/** A record of provision (29), or of data entrusted, succeeded to or used jointly. */
export class ProvisionAnswer extends HandingAnswer {
  @ApiProperty({ format: 'uuid' })
  provisionId!: string;

  @ApiProperty({ format: 'uuid' })
  purposeId?: string;

  @ApiProperty({ format: 'uuid' })
  exportId?: string;

  /** Everybody had consented to it, and the law asks for the record (29). */
  byConsent!: boolean;

  /** Where the list is of one person: the event by which they consented. */
  consentId?: string;
}

export class ProvisionsAnswer {
  provisions!: ProvisionAnswer[];

  cursor?: string;
}

/** Somebody whose data was given. */
export class ProvidedPersonAnswer {
  @ApiProperty({ format: 'uuid' })
  alumnusId!: string;

  consentId?: string;
}

/** The recipient as the register named it then. */
export class RecipientThenAnswer {
  name!: BilingualDto;

  address!: BilingualDto;

  /** Absent where its key was destroyed. */
  representative?: string;
}

/** All that the record of a provision holds. */
export class ProvisionDetailAnswer extends ProvisionAnswer {
  recipient!: RecipientThenAnswer;

  note?: string;

  members!: ProvidedPersonAnswer[];
}

/** A record of receipt (30). */
export class ReceiptAnswer extends HandingAnswer {
  @ApiProperty({ format: 'uuid' })
  receiptId!: string;
}

export class ReceiptsAnswer {
  receipts!: ReceiptAnswer[];

  cursor?: string;
}

/** All that the record of a receipt holds. */
export class ReceiptDetailAnswer extends ReceiptAnswer {
  /** The provider. */
  recipient!: RecipientThenAnswer;

  acquired?: string;

  members!: ProvidedPersonAnswer[];
}
