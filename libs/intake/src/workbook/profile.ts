import { holdsMyNumber } from '@enishi/domain';
import { isLikelySerial } from './serials';
import type { SheetCell } from './sheet';

/** What the cells of one column have in common. Counts and widths; no value stays. */
export class ColumnProfile {
  filled = 0;
  /** Plain numbers that may be days without a day's format. */
  serials = 0;
  private myNumbers = 0;
  private readonly texts = new Widths();
  private readonly numbers = new Widths();
  private zeroFirst = false;

  add(cell: SheetCell): void {
    this.filled += 1;
    if (typeof cell === 'string') this.addText(cell);
    else if (typeof cell === 'number') this.addNumber(cell);
  }

  private addText(text: string): void {
    if (holdsMyNumber(text)) this.myNumbers += 1;
    const digits = text.trim();
    if (!/^\d+$/.test(digits)) return;
    this.texts.add(digits.length);
    this.zeroFirst ||= digits.startsWith('0');
  }

  private addNumber(value: number): void {
    if (isLikelySerial(value)) this.serials += 1;
    if (!Number.isSafeInteger(value) || value < 0) return;
    const digits = String(value);
    this.numbers.add(digits.length);
    if (holdsMyNumber(asMyNumber(digits))) this.myNumbers += 1;
  }

  /** Most filled cells are My Numbers, and there are three or more. */
  get holdsMyNumbers(): boolean {
    return this.myNumbers >= 3 && this.myNumbers * 10 >= this.filled * 8;
  }

  /**
   * How many digits every number of the column has that is kept as text, leading zeros among them; undefined where
   * they differ. A cell with fewer digits that is kept as a number has lost its zeros.
   */
  get fixedWidth(): number | undefined {
    return this.zeroFirst && this.texts.narrowest === this.texts.widest ? this.texts.widest : undefined;
  }

  /** All cells are numbers, and of different lengths: zeros may have stood before the shorter ones. */
  get mayLackZeros(): boolean {
    return this.numbers.count === this.filled && this.numbers.narrowest !== this.numbers.widest;
  }
}

class Widths {
  count = 0;
  narrowest = 0;
  widest = 0;

  add(width: number): void {
    this.narrowest = this.count === 0 ? width : Math.min(this.narrowest, width);
    this.widest = Math.max(this.widest, width);
    this.count += 1;
  }
}

/** The digits of a number as those of a My Number: one that begins with zero has lost it in a number cell. */
export function asMyNumber(digits: string): string {
  return digits.length === 11 ? `0${digits}` : digits;
}
