import { holdsMyNumber } from '@enishi/domain';
import type { LeaverField } from './columns';
import type { CellCode } from './cells';
import { asMyNumber } from './workbook/profile';
import { dayOfSerial, isLikelySerial } from './workbook/serials';
import type { SheetCell } from './workbook/sheet';

/** What a cell that is no text comes to in the column of a field: text to be read as any other, or a fault. */
export type TypedReading =
  | { readonly text: string; readonly warning?: { code: CellCode; params: Readonly<Record<string, number>> } }
  | { readonly fault: CellCode };

export interface TypedColumn {
  readonly field: LeaverField;
  readonly date1904: boolean;
  /** Digits that numbers kept as text have in this column. */
  readonly width?: number;
}

/** Excel keeps fifteen digits of a number; the ones behind them are zeros that nobody wrote. */
const EXACT = 1e15;

/** Reads a cell of a sheet that is not text. */
export function readTyped(cell: Exclude<SheetCell, string>, column: TypedColumn): TypedReading {
  if (typeof cell === 'number') return readNumber(cell, column);
  if ('error' in cell) return { fault: 'cell-error' };
  if ('formula' in cell) return { fault: 'formula-without-result' };
  if (!isDay(column.field)) return { fault: 'cell-is-date' };
  return cell.day === '' ? { fault: 'date-impossible' } : { text: cell.day };
}

function readNumber(value: number, { field, date1904, width }: TypedColumn): TypedReading {
  if (isDay(field) && isLikelySerial(value)) return { text: dayOfSerial(value, date1904) ?? '' };
  if (Math.abs(value) >= EXACT) return { fault: 'number-inexact' };
  const text = String(value);
  if (holdsMyNumber(asMyNumber(text))) return { fault: 'my-number' };
  if (field !== 'employeeNumber' || width === undefined || text.length >= width) return { text };
  return { text, warning: { code: 'leading-zeros-lost', params: { width } } };
}

function isDay(field: LeaverField): boolean {
  return field === 'joinedOn' || field === 'leftOn' || field === 'birthDate';
}
