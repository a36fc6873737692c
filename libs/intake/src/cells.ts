import { holdsMyNumber, UNWANTED } from '@enishi/domain';
import type { LeaverField } from './columns';
import { readEmail, readPhoneOfSheet } from './contact';
import { readDay, type DateOrder, type DayFault } from './days';
import { readEmploymentKind, readLeavingKind } from './kinds';
import { seemsSensitive } from './sensitive';
import {
  FORMULA,
  normaliseEmployeeNumber,
  normaliseKana,
  normaliseName,
  normaliseParagraph,
  normaliseText,
  PRIVATE_USE,
} from './text';

export type CellCode =
  | DayFault
  | 'required-missing'
  | 'given-name-missing'
  | 'full-name-not-split'
  | 'left-before-joined'
  | 'birth-after-joining'
  | 'control-character'
  | 'private-use-character'
  | 'formula'
  | 'too-long'
  | 'my-number'
  | 'sensitive-text'
  | 'email-invalid'
  | 'phone-invalid'
  | 'phone-zero-restored'
  | 'phone-ambiguous'
  | 'leading-zeros-lost'
  | 'number-inexact'
  | 'cell-is-date'
  | 'cell-error'
  | 'formula-without-result'
  | 'employment-kind-unknown'
  | 'leaving-kind-unknown';

/** A cell after normalising: its value, nothing in it, or what is wrong (with a value where one is kept). */
export type Cell = string | undefined | { readonly code: CellCode; readonly keep?: string };

/** Fields without which there is no row. A fault in them, or in any part of a name, refuses the row. */
export const STRICT: ReadonlySet<LeaverField> = new Set([
  'employeeNumber',
  'joinedOn',
  'leftOn',
  'familyName',
  'givenName',
  'fullName',
  'familyNameKana',
  'givenNameKana',
  'fullNameKana',
  'formerFamilyName',
]);

/** Longest value in characters; longer ones are most likely a shifted column or an attack. */
const LONGEST: Partial<Record<LeaverField, number>> = { leavingDetail: 4000, postalAddress: 500, email: 320 };
const LONGEST_OTHER = 200;

const KEPT_IN_MEMORY = 1 << 14;

/**
 * Remembers what a pure function gave for recent texts: departments, dates and names repeat. Keys are copied,
 * because a slice would keep its whole chunk of the file alive.
 */
function remembering(read: (text: string) => Cell): (text: string) => Cell {
  const known = new Map<string, { readonly cell: Cell }>();
  return (text) => {
    const hit = known.get(text);
    if (hit) return hit.cell;
    const cell = read(text);
    if (text.length <= 64) {
      if (known.size >= KEPT_IN_MEMORY) known.clear();
      const copy = Buffer.from(text, 'utf16le').toString('utf16le');
      known.set(copy, { cell: cell === text ? copy : cell });
    }
    return cell;
  };
}

/** Checks that hold for every mapped cell, then what its field asks for. */
export function cellReader(field: LeaverField, dateOrder?: DateOrder): (text: string) => Cell {
  const longest = LONGEST[field] ?? LONGEST_OTHER;
  const isDate = field === 'joinedOn' || field === 'leftOn' || field === 'birthDate';
  const isName = STRICT.has(field) && !isDate;
  const oneLine = field !== 'leavingDetail' && field !== 'postalAddress';
  const read = reader(field, dateOrder);
  const checked = (text: string): Cell => {
    const trimmed = text.trim();
    if (trimmed === '') return undefined;
    if (UNWANTED.test(trimmed) || (isName && /[\t\r\n]/.test(trimmed))) return { code: 'control-character' };
    if (trimmed.length > longest) return { code: 'too-long' };
    if (holdsMyNumber(trimmed)) return { code: 'my-number' };
    if (FORMULA.test(trimmed)) return { code: 'formula' };
    const cell = read(oneLine ? trimmed : text);
    if (typeof cell === 'string' && PRIVATE_USE.test(cell))
      return { code: 'private-use-character', keep: cell };
    return cell;
  };
  const repeats = field !== 'employeeNumber' && field !== 'email' && field !== 'phone' && field !== 'lineId';
  return repeats && oneLine ? remembering(checked) : checked;
}

function reader(field: LeaverField, dateOrder: DateOrder | undefined): (text: string) => Cell {
  switch (field) {
    case 'employeeNumber':
      return normaliseEmployeeNumber;
    case 'familyName':
    case 'givenName':
    case 'fullName':
    case 'formerFamilyName':
      return normaliseName;
    case 'familyNameKana':
    case 'givenNameKana':
    case 'fullNameKana':
      return normaliseKana;
    case 'joinedOn':
    case 'leftOn':
    case 'birthDate':
      return (text) => {
        const day = readDay(text, dateOrder);
        return typeof day === 'string' ? day : { code: day.fault };
      };
    case 'employmentKind':
      return (text) => readEmploymentKind(text) ?? { code: 'employment-kind-unknown', keep: 'other' };
    case 'leavingKind':
      return (text) => readLeavingKind(text) ?? { code: 'leaving-kind-unknown', keep: 'other' };
    case 'email':
      return (text) => readEmail(text) ?? { code: 'email-invalid' };
    case 'phone':
      return (text) => {
        const read = readPhoneOfSheet(text);
        if (read === undefined) return { code: 'phone-invalid' };
        if (read === 'ambiguous') return { code: 'phone-ambiguous' };
        return read.restored ? { code: 'phone-zero-restored', keep: read.phone } : read.phone;
      };
    case 'leavingReason':
      return (text) => (seemsSensitive(text) ? { code: 'sensitive-text' } : normaliseText(text));
    case 'leavingDetail':
      return (text) => (seemsSensitive(text) ? { code: 'sensitive-text' } : normaliseParagraph(text));
    case 'department':
    case 'job':
    case 'postalAddress':
    case 'lineId':
      return normaliseText;
  }
}
