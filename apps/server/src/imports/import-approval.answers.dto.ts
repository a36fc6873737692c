import { ApiProperty } from '@nestjs/swagger';

/** What an approval came to. */
export class ImportApprovalAnswer {
  @ApiProperty({ format: 'uuid' })
  importId!: string;

  /** Consents approved by this order. */
  approved!: number;

  position!: string;
}

/** Consents to one version of one purpose. */
export class ImportApprovalGroupAnswer {
  @ApiProperty({ format: 'uuid' })
  purposeId!: string;

  purposeVersion!: number;

  /** Consents that an approval would take for such. */
  waiting!: number;

  /** Those of them with a scan. */
  withScan!: number;

  /** Those of them without one, with words on what proves them. */
  withNote!: number;
}

/** What an approval would come to. */
export class ImportApprovalPreviewAnswer {
  @ApiProperty({ format: 'uuid' })
  importId!: string;

  /** Consents that stand and wait for it. */
  waiting!: number;

  /** Approved before. */
  approved!: number;

  /** Withdrawn, refused, replaced, expired or voided since: they stay as they are. */
  ended!: number;

  groups!: ImportApprovalGroupAnswer[];
}
