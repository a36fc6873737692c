import { ApiProperty } from '@nestjs/swagger';
import { CATEGORIES, DOCUMENT_CODES, LAW_CODES } from '@enishi/domain';
import { BilingualDto } from '../company/company.dto';

/** What must stay of people, of one category by one rule. */
export class ErasureWaitAnswer {
  @ApiProperty({ enum: CATEGORIES })
  category!: string;

  /** The number of law that gives the period. */
  @ApiProperty({ enum: LAW_CODES })
  number!: string;

  law!: BilingualDto;

  people!: number;

  /** The last day on which it must stay, of several the latest; absent while what keeps it stands. */
  @ApiProperty({ format: 'date' })
  until?: string;
}

/** Documents about people in another system: its keepers must confirm their disposal. */
export class ErasureElsewhereAnswer {
  @ApiProperty({ format: 'uuid' })
  systemId!: string;

  @ApiProperty({ enum: DOCUMENT_CODES })
  document!: string;

  law!: BilingualDto;

  entries!: number;

  /** Those of them that need not be kept any more. */
  over!: number;
}

/** A recipient who was given data of people. */
export class ErasureRecipientAnswer {
  @ApiProperty({ format: 'uuid' })
  recipientId!: string;

  people!: number;

  /** About how many of them a notice is due that nobody has given yet. */
  open!: number;
}

/** What stays although people are erased, and what others must do. */
export class ErasureOutlookAnswer {
  waits!: ErasureWaitAnswer[];

  elsewhere!: ErasureElsewhereAnswer[];

  recipients!: ErasureRecipientAnswer[];
}
