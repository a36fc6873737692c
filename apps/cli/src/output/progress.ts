import type { Output } from '../io';
import { cut } from './width';

const SHOW_AFTER_MS = 1000;
const REDRAW_MS = 100;
const LINE_EVERY_MS = 5000;

/**
 * Progress on standard error: one line that is redrawn on a terminal, a line every five seconds elsewhere.
 * Nothing at all where the work takes less than a second.
 */
export class Progress {
  private readonly began: number;
  private shownAt: number | undefined;

  constructor(
    private readonly output: Output,
    private readonly label: string,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.began = now();
  }

  /** @param total unknown: the count alone is shown */
  update(done: number, total: number | undefined, unit: string): void {
    this.draw((seconds) => progressText(done, total, unit, seconds));
  }

  /** @param share of the work that is done, 0 to 1 */
  share(share: number, done: number, unit: string): void {
    this.draw((seconds) =>
      share > 0 ? `${bar(share, seconds)}  ${amount(done, unit)}` : amount(done, unit),
    );
  }

  private draw(textAfter: (seconds: number) => string): void {
    const now = this.now();
    const every = this.output.isTTY === true ? REDRAW_MS : LINE_EVERY_MS;
    const due = this.shownAt === undefined ? now - this.began >= SHOW_AFTER_MS : now - this.shownAt >= every;
    if (!due) return;
    this.shownAt = now;
    const text = `${this.label}  ${textAfter((now - this.began) / 1000)}`;
    if (this.output.isTTY === true)
      this.output.write(`\r\u001b[2K${cut(text, (this.output.columns || 80) - 1)}`);
    else this.output.write(`${text}\n`);
  }

  /** Takes the line away. */
  end(): void {
    if (this.shownAt !== undefined && this.output.isTTY === true) this.output.write('\r\u001b[2K');
    this.shownAt = undefined;
  }
}

/** `█████░░░░░  52 %  4 s left  1.2 MB / 2.3 MB` */
export function progressText(done: number, total: number | undefined, unit: string, seconds: number): string {
  if (total === undefined || total <= 0) return amount(done, unit);
  return `${bar(Math.min(1, done / total), seconds)}  ${amount(done, unit)} / ${amount(total, unit)}`;
}

function bar(share: number, seconds: number): string {
  const filled = '█'.repeat(Math.round(share * 20)).padEnd(20, '░');
  const rest = share > 0 && share < 1 ? `  ${Math.ceil((seconds / share) * (1 - share))} s left` : '';
  return `${filled} ${String(Math.floor(share * 100)).padStart(3)} %${rest}`;
}

function amount(value: number, unit: string): string {
  if (unit !== 'bytes') return `${value.toLocaleString('en')} ${unit}`;
  return value < 1_000_000 ? `${Math.ceil(value / 1000)} kB` : `${(value / 1_000_000).toFixed(1)} MB`;
}
