import { ApiProperty } from '@nestjs/swagger';
import { SCAN_TYPES, type ScanType } from '@enishi/intake';

/** A scan handed in with a file of consents. */
export class ImportScanAnswer {
  /** As its sender counts. */
  number!: number;

  bytes!: number;

  /** By its content. */
  @ApiProperty({ enum: SCAN_TYPES })
  type!: ScanType;

  /** Whether a row names it; null before the file was read to its end. */
  @ApiProperty({ type: Boolean, nullable: true })
  used!: boolean | null;

  /** How many rows name it; null before the file was read to its end. */
  @ApiProperty({ type: 'integer', nullable: true })
  rows!: number | null;

  /** Lines of the first twenty of them; null before the file was read to its end. */
  @ApiProperty({ type: 'array', items: { type: 'integer' }, nullable: true })
  lines!: readonly number[] | null;
}

export class ImportScansAnswer {
  /** How many there are in all. */
  scans!: number;

  /** Bytes of all of them. */
  bytes!: number;

  items!: ImportScanAnswer[];

  /** Send it as `after` for the next page; absent on the last. */
  next?: number;
}
