import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IMPORT_STATES, UNDO_STATES } from '@enishi/application';
import { CONSENT_FIELDS, LEAVER_FIELDS } from '@enishi/intake';
import { BilingualDto } from '../company/company.dto';

/** What a person should know before the rows of a workbook are read. */
export class RecognitionNoteAnswer {
  code!: string;
  column?: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  params?: Record<string, unknown>;

  messages!: BilingualDto;
}

/** A sheet of a workbook, as its tabs are counted from the left. */
export class SheetAnswer {
  number!: number;
  name!: string;
}

/** How the file is read. */
export class RecognitionAnswer {
  @ApiProperty({ enum: ['csv', 'xlsx'] })
  format!: string;

  /** Of which HR system its columns are. */
  layout!: string;

  headers!: string[];

  /** The line, or row of the sheet, with the names of the columns. */
  headerLine!: number;

  /** Of a CSV file. */
  encoding?: string;

  /** Of a CSV file. */
  separator?: string;

  /** Of a workbook. */
  sheet?: SheetAnswer;

  /** Of a workbook. */
  notes?: RecognitionNoteAnswer[];
}

/** A kind of data that does not enter, with the law. */
export class RefusedColumnAnswer {
  item!: string;
  names!: BilingualDto;
}

/** What a column fills, and why that was proposed. */
export class ColumnAnswer {
  header!: string;

  @ApiProperty({ enum: [...new Set([...LEAVER_FIELDS, ...CONSENT_FIELDS, 'ignore'])] })
  field!: string;

  reason!: string;

  refused?: RefusedColumnAnswer;
}

/** A field that a column may fill. */
export class FieldAnswer {
  field!: string;
  required!: boolean;
  /** Taken only where free text is asked for. */
  freeText!: boolean;
}

/** What stands against running it. */
export class MappingProblemAnswer {
  code!: string;
  column?: string;
  field?: string;
  messages!: BilingualDto;
}

export class ImportOptionsAnswer {
  @ApiProperty({ enum: ['leavers', 'consents'] })
  kind!: string;

  freeText!: boolean;

  @ApiProperty({ enum: ['ymd', 'mdy', 'dmy'] })
  dateOrder!: string;

  /** The HR system the file comes from. */
  source!: string;
}

/** What the reading came to, so far. */
export class ImportCountsAnswer {
  rows!: number;
  leavers!: number;
  registered!: number;
  corrected!: number;
  employmentsAdded!: number;
  unchanged!: number;
  notLeavers!: number;
  refused!: number;
  blocked!: number;
  warnings!: number;
  bytesRead!: number;
  /** Of consents: answers that are new in the ledger. */
  recorded?: number;
  /** Of consents: those of them without the text shown or without proof. */
  incomplete?: number;
  /** Of consents: scans handed in that no row names. */
  scansUnused?: number;
}

export class ImportFailureAnswer {
  code!: string;
}

/** One import, from upload to end. Holds no cell of the file. */
export class ImportAnswer {
  @ApiProperty({ format: 'uuid' })
  importId!: string;

  @ApiProperty({ enum: IMPORT_STATES })
  state!: string;

  recognition!: RecognitionAnswer;
  columns!: ColumnAnswer[];
  fields!: FieldAnswer[];
  mappingProblems!: MappingProblemAnswer[];
  options!: ImportOptionsAnswer;
  counts!: ImportCountsAnswer;

  /** Size of the file. */
  bytes!: number;

  failure?: ImportFailureAnswer;

  /** How far taking it back is, where somebody has ordered that. */
  @ApiPropertyOptional({ enum: UNDO_STATES })
  undo?: string;

  /** Who handed it in, as the audit trail names who acted. */
  actor!: string;

  actorName?: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  changedAt!: string;
}

export class ImportsAnswer {
  imports!: ImportAnswer[];
}

/** What is wrong with a cell or a row: where it stands, never its value. */
export class ImportProblemAnswer {
  number!: number;
  line!: number;

  @ApiProperty({ type: String, nullable: true })
  column!: string | null;

  @ApiProperty({ type: String, nullable: true })
  field!: string | null;

  @ApiProperty({ enum: ['error', 'warning'] })
  severity!: string;

  code!: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  params!: Record<string, unknown>;

  messages!: BilingualDto;
}

export class ImportProblemsAnswer {
  problems!: ImportProblemAnswer[];

  /** Send it as `after` for the next page; absent on the last. */
  next?: number;
}
