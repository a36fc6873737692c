import type { Day, EmploymentKind, LeavingKind } from '@enishi/domain';
import { LEAVER_FIELDS, type LeaverField, type Mapping } from './columns';
import { cellReader, STRICT, type Cell, type CellCode } from './cells';
import type { DateOrder } from './days';
import type { SheetRecognition } from './recognition';
import { readTyped } from './typed-cells';
import type { SheetCell } from './workbook/sheet';

/** One leaver as an import brings them: every value normalised, absent where the file says nothing usable. */
export interface LeaverRow {
  readonly employeeNumber: string;
  readonly familyName: string;
  readonly givenName?: string;
  readonly familyNameKana?: string;
  readonly givenNameKana?: string;
  readonly formerFamilyName?: string;
  readonly department?: string;
  readonly job?: string;
  readonly employmentKind?: EmploymentKind;
  readonly joinedOn: Day;
  readonly leftOn: Day;
  readonly leavingKind?: LeavingKind;
  readonly leavingReason?: string;
  /** Only where free text was asked for. */
  readonly leavingDetail?: string;
  readonly email?: string;
  /** E.164. */
  readonly phone?: string;
  readonly postalAddress?: string;
  readonly lineId?: string;
  readonly birthDate?: Day;
}

/** An `error` refuses the row, a `warning` leaves the cell out or asks to look at it. */
export type Severity = 'error' | 'warning';

/** Something wrong in a row. Says where and what, never the value. */
export interface Problem<Code extends string = CellCode> {
  /** Header of the column; absent where the row as a whole is wrong. */
  readonly column?: string;
  readonly field?: LeaverField;
  readonly severity: Severity;
  readonly code: Code;
  readonly params?: Readonly<Record<string, number>>;
}

export type RowReading =
  | { readonly outcome: 'leaver'; readonly row: LeaverRow; readonly problems: readonly Problem[] }
  | {
      readonly outcome: 'not-a-leaver';
      /** No day of leaving, or one after today: employed until then. */
      readonly reason: 'still-employed' | 'leaves-later';
      readonly problems: readonly Problem[];
    }
  | { readonly outcome: 'refused'; readonly problems: readonly Problem[] };

export interface RowReaderOptions {
  /** The Asia/Tokyo day of the import: who leaves later is still employed. */
  readonly today: Day;
  /** Take `leavingDetail` too; off unless asked for. */
  readonly freeText?: boolean;
  /** How to read days whose year comes last; without it they are refused as ambiguous. */
  readonly dateOrder?: DateOrder;
  /** With the cells of a sheet, which need not be text: how its numbers are read. */
  readonly sheet?: Pick<SheetRecognition, 'date1904' | 'widths'>;
}

/**
 * Makes the reader of a file's rows from its mapping.
 *
 * @param headers the columns in the order of the cells
 * @param mapping checked before by `checkMapping`
 * @returns a function from one row's cells, as many as `headers` and null where a sheet has none, to what it is. Of a person who has not left
 * nothing but the day of leaving is looked at.
 */
export function rowReader(
  headers: readonly string[],
  mapping: Mapping,
  options: RowReaderOptions,
): (cells: readonly (SheetCell | null)[]) => RowReading {
  const { date1904 = false, widths = {} } = options.sheet ?? {};
  const columns = headers.flatMap((header, index) => {
    const field = Object.hasOwn(mapping, header) ? mapping[header] : undefined;
    if (field === undefined || field === 'ignore') return [];
    if (field === 'leavingDetail' && options.freeText !== true) return [];
    const width = Object.hasOwn(widths, header) ? widths[header] : undefined;
    const typed = { field, date1904, ...(width !== undefined && { width }) };
    return [{ index, header, field, read: cellReader(field, options.dateOrder), typed }];
  });
  const leftColumn = columns.find((column) => column.field === 'leftOn');
  const others = columns.filter((column) => column !== leftColumn);
  const headerOf = new Map(columns.map(({ field, header }) => [field, header]));

  return (cells) => {
    const problems: Problem[] = [];
    let refused = false;
    const report = (
      field: LeaverField,
      code: CellCode,
      severity: Severity,
      params?: Readonly<Record<string, number>>,
    ): void => {
      if (severity === 'error') refused = true;
      const column = headerOf.get(field);
      problems.push({
        ...(column !== undefined && { column }),
        field,
        severity,
        code,
        ...(params && { params }),
      });
    };
    const take = (field: LeaverField, cell: Cell): string | undefined => {
      if (typeof cell !== 'object') return cell;
      const refuses = cell.keep === undefined && STRICT.has(field);
      report(field, cell.code, refuses ? 'error' : 'warning');
      return cell.keep;
    };

    const valueIn = ({ index, field, read, typed }: (typeof columns)[number]): string | undefined => {
      const cell = cells[index] ?? '';
      if (typeof cell === 'string') return take(field, read(cell));
      const reading = readTyped(cell, typed);
      if ('fault' in reading) return take(field, { code: reading.fault });
      if (reading.warning) report(field, reading.warning.code, 'warning', reading.warning.params);
      return take(field, read(reading.text));
    };

    const leftOn = leftColumn && valueIn(leftColumn);
    if (!refused && leftOn === undefined)
      return { outcome: 'not-a-leaver', reason: 'still-employed', problems };
    if (leftOn !== undefined && leftOn > options.today) {
      return { outcome: 'not-a-leaver', reason: 'leaves-later', problems };
    }

    const values: Partial<Record<LeaverField, string>> = {};
    for (const column of others) {
      const value = valueIn(column);
      if (value !== undefined) values[column.field] = value;
    }
    const has = (field: LeaverField): boolean =>
      values[field] !== undefined || problems.some((problem) => problem.field === field);

    const name = values.fullName === undefined ? undefined : split(values.fullName);
    const kana = values.fullNameKana === undefined ? undefined : split(values.fullNameKana);
    if (name && name.given === undefined) report('fullName', 'full-name-not-split', 'warning');
    const familyName = name?.family ?? values.familyName;
    const givenName = name?.given ?? values.givenName;
    const nameField = headerOf.has('fullName') ? 'fullName' : 'familyName';
    if (familyName === undefined && !has(nameField)) report(nameField, 'required-missing', 'error');
    if (headerOf.has('givenName') && !has('givenName')) report('givenName', 'given-name-missing', 'warning');

    const { employeeNumber, joinedOn } = values;
    if (!has('employeeNumber')) report('employeeNumber', 'required-missing', 'error');
    if (!has('joinedOn')) report('joinedOn', 'required-missing', 'error');
    if (joinedOn !== undefined && leftOn !== undefined && leftOn < joinedOn) {
      report('leftOn', 'left-before-joined', 'error');
    }
    if (values.birthDate !== undefined && joinedOn !== undefined && values.birthDate >= joinedOn) {
      report('birthDate', 'birth-after-joining', 'warning');
      delete values.birthDate;
    }
    if (
      refused ||
      employeeNumber === undefined ||
      familyName === undefined ||
      joinedOn === undefined ||
      leftOn === undefined
    ) {
      return { outcome: 'refused', problems };
    }

    const row: Writable<LeaverRow> = { employeeNumber, familyName, joinedOn, leftOn };
    if (givenName !== undefined) row.givenName = givenName;
    const familyNameKana = kana?.family ?? values.familyNameKana;
    if (familyNameKana !== undefined) row.familyNameKana = familyNameKana;
    const givenNameKana = kana?.given ?? values.givenNameKana;
    if (givenNameKana !== undefined) row.givenNameKana = givenNameKana;
    if (values.formerFamilyName !== undefined) row.formerFamilyName = values.formerFamilyName;
    if (values.department !== undefined) row.department = values.department;
    if (values.job !== undefined) row.job = values.job;
    // Both kinds come from the closed lists of the domain, by their readers.
    if (values.employmentKind !== undefined) row.employmentKind = values.employmentKind as EmploymentKind;
    if (values.leavingKind !== undefined) row.leavingKind = values.leavingKind as LeavingKind;
    if (values.leavingReason !== undefined) row.leavingReason = values.leavingReason;
    if (values.leavingDetail !== undefined) row.leavingDetail = values.leavingDetail;
    if (values.email !== undefined) row.email = values.email;
    if (values.phone !== undefined) row.phone = values.phone;
    if (values.postalAddress !== undefined) row.postalAddress = values.postalAddress;
    if (values.lineId !== undefined) row.lineId = values.lineId;
    if (values.birthDate !== undefined) row.birthDate = values.birthDate;
    return { outcome: 'leaver', row, problems };
  };
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Family name first, as Japanese files write it; without a space all of it is the family name. */
function split(fullName: string): { family: string; given?: string } {
  const [family = fullName, ...rest] = fullName.split(/\s+/);
  return rest.length === 0 ? { family } : { family, given: rest.join(' ') };
}

/**
 * What a row is known by inside its source system: the normalised employee number. One person may have several
 * rows, one for each employment (same number, other day of joining).
 */
export function identityKey(row: LeaverRow): string {
  return row.employeeNumber;
}

/**
 * The row's values as a plain object with its members in one fixed order and nothing absent in it: two rows that
 * say the same have the same JSON text. What was not mapped does not count.
 */
export function rowDigestInput(row: LeaverRow): Readonly<Record<string, string>> {
  const values: Readonly<Record<string, string | undefined>> = { ...row };
  return Object.fromEntries(
    LEAVER_FIELDS.flatMap((field) => {
      const value = values[field];
      return value === undefined ? [] : [[field, value] as const];
    }),
  );
}
