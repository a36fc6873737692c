import type {
  CaptureChannel,
  ConsentMethod,
  ContactChannel,
  Day,
  IdentityCheck,
  Instant,
  Language,
} from '@enishi/domain';
import { holdsMyNumber, tokyoDay, UNWANTED } from '@enishi/domain';
import type { CellCode } from './cells';
import {
  checkConsentMapping,
  REQUIRED_CONSENT_FIELDS,
  type ConsentField,
  type ConsentMapping,
} from './consent-columns';
import {
  readAnswer,
  readCaptureChannel,
  readChannels,
  readIdentityCheck,
  readLanguage,
  readMethod,
  type Answer,
} from './consent-values';
import type { CsvFaultCode } from './csv';
import { readMoment } from './moments';
import { scanKey } from './scans/scan-name';
import { recordsOf, type Chunks, type RecordCode } from './records';
import type { FileRecognition } from './recognition';
import { FORMULA, normaliseEmployeeNumber, normaliseName, normaliseParagraph } from './text';
import { dayOfSerial, isLikelySerial } from './workbook/serials';
import type { SheetCell } from './workbook/sheet';

/** One answer as a file brings it. */
export interface ConsentRow {
  readonly employeeNumber: string;
  /** As written; compared with the name that the ledger knows. */
  readonly fullName: string;
  /** Code of the purpose. */
  readonly purpose: string;
  readonly purposeVersion?: number;
  readonly channels: readonly ContactChannel[];
  readonly answer: Answer;
  readonly effectiveAt: Instant;
  readonly method: ConsentMethod;
  readonly captureChannel: CaptureChannel;
  readonly identityCheck: IdentityCheck;
  readonly language?: Language;
  /** What proves it and where it is kept. */
  readonly evidence?: string;
  /** Name of the scan, as {@link scanKey} gives it. */
  readonly evidenceFile?: string;
}

export type ConsentCellCode =
  CellCode | 'value-unknown' | 'version-not-a-number' | 'effective-in-future' | 'scan-name-not-valid';

/** Something wrong in a row. Says where and what, never the value. */
export interface ConsentProblem {
  readonly column?: string;
  readonly field?: ConsentField;
  readonly severity: 'error';
  readonly code: ConsentCellCode | RecordCode | CsvFaultCode;
  readonly params?: Readonly<Record<string, number>>;
}

/** What one record of a file of consents came to. */
export interface ConsentResult {
  readonly line: number;
  readonly number: number;
  /** Absent where the record is refused. */
  readonly row?: ConsentRow;
  /** Key of the scan that the record names, of a refused one too. */
  readonly scan?: string;
  readonly problems: readonly ConsentProblem[];
}

const LONGEST = 2000;

type Reading = { readonly value: unknown } | { readonly code: ConsentCellCode };

const READERS: Readonly<Record<ConsentField, (text: string) => unknown>> = {
  employeeNumber: normaliseEmployeeNumber,
  fullName: normaliseName,
  purpose: (text) => text.normalize('NFKC').toLowerCase(),
  purposeVersion: (text) => /^(?:v|第)?(\d{1,6})版?$/i.exec(text.normalize('NFKC'))?.[1],
  channels: readChannels,
  answer: readAnswer,
  effectiveAt: (text) => text,
  method: readMethod,
  captureChannel: readCaptureChannel,
  identityCheck: readIdentityCheck,
  language: readLanguage,
  evidence: normaliseParagraph,
  evidenceFile: scanKey,
};

/**
 * Reads a file of consents record by record. Any fault refuses its row: half an answer is none.
 *
 * @param today the Asia/Tokyo day of the import; nobody has answered after it
 * @throws RangeError for a mapping that {@link checkConsentMapping} does not pass
 */
export async function* parseConsents(
  chunks: Chunks,
  options: { readonly recognition: FileRecognition; readonly mapping: ConsentMapping; readonly today: Day },
): AsyncGenerator<ConsentResult, void, undefined> {
  const { recognition, mapping, today } = options;
  const { headers, myNumberColumns } = recognition;
  if (checkConsentMapping(mapping, headers, myNumberColumns).length > 0)
    throw new RangeError('the mapping does not fit the file');
  const columns = headers.flatMap((header, index) => {
    const field = Object.hasOwn(mapping, header) ? mapping[header] : undefined;
    return field === undefined || field === 'ignore' ? [] : [{ index, header, field }];
  });
  const date1904 = recognition.format === 'xlsx' && recognition.date1904;

  for await (const { line, number, cells, problem } of recordsOf(chunks, recognition)) {
    if (cells === undefined) {
      yield { line, number, problems: [{ ...problem, severity: 'error' }] };
      continue;
    }
    const values = new Map<ConsentField, unknown>();
    const problems: ConsentProblem[] = [];
    for (const { index, header, field } of columns) {
      const reading = readCell(field, cells[index] ?? null, date1904, today);
      if (reading === undefined) {
        if (REQUIRED_CONSENT_FIELDS.includes(field))
          problems.push({ column: header, field, severity: 'error', code: 'required-missing' });
      } else if ('code' in reading) {
        problems.push({ column: header, field, severity: 'error', code: reading.code });
      } else values.set(field, reading.value);
    }
    const scan = values.get('evidenceFile') as string | undefined;
    const named = scan !== undefined && { scan };
    if (problems.length > 0) yield { line, number, problems, ...named };
    else yield { line, number, problems, ...named, row: Object.fromEntries(values) as unknown as ConsentRow };
  }
}

function readCell(
  field: ConsentField,
  cell: SheetCell | null,
  date1904: boolean,
  today: Day,
): Reading | undefined {
  const text = textOf(field, cell, date1904);
  if (typeof text === 'object') return text;
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  if (UNWANTED.test(trimmed)) return { code: 'control-character' };
  if (trimmed.length > LONGEST) return { code: 'too-long' };
  if (holdsMyNumber(trimmed)) return { code: 'my-number' };
  if (FORMULA.test(trimmed)) return { code: 'formula' };
  if (field === 'effectiveAt') {
    const moment = readMoment(trimmed);
    if (typeof moment !== 'string') return { code: moment.fault };
    return tokyoDay(moment) > today ? { code: 'effective-in-future' } : { value: moment };
  }
  const value = READERS[field](trimmed);
  if (field === 'purposeVersion')
    return value === undefined ? { code: 'version-not-a-number' } : { value: Number(value) };
  if (field === 'evidenceFile' && value === undefined) return { code: 'scan-name-not-valid' };
  return value === undefined ? { code: 'value-unknown' } : { value };
}

/** The cell as text; a number in the column of days is one of Excel's. */
function textOf(
  field: ConsentField,
  cell: SheetCell | null,
  date1904: boolean,
): string | { readonly code: ConsentCellCode } {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') {
    const isSerial = field === 'effectiveAt' && isLikelySerial(cell);
    return isSerial ? (dayOfSerial(cell, date1904) ?? '') : String(cell);
  }
  if ('error' in cell) return { code: 'cell-error' };
  if ('formula' in cell) return { code: 'formula-without-result' };
  if (field !== 'effectiveAt') return { code: 'cell-is-date' };
  return cell.day === '' ? { code: 'date-impossible' } : cell.day;
}
