import { ApiProperty } from '@nestjs/swagger';

const OBJECT = { type: 'object', additionalProperties: true } as const;

/** A JSON-LD document that needs no other. */
export class ConsentRecordsAnswer {
  /** The fields of ISO/IEC TS 27560:2023 in terms of the Data Privacy Vocabulary. */
  @ApiProperty(OBJECT)
  '@context'!: object;

  /** One record for each version of a purpose that the person was asked about or answered. */
  @ApiProperty({ type: 'array', items: OBJECT })
  '@graph'!: readonly object[];
}

/** Receipts of the consents a person gave, those withdrawn since and those that ran out among them. */
export class ConsentReceiptsAnswer {
  @ApiProperty({ type: 'array', items: OBJECT })
  receipts!: readonly object[];
}
