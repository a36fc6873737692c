/** Collects the conditions of a query with their parameters. */
export class Conditions {
  private readonly parts: string[] = [];
  readonly params: unknown[] = [];

  /** A parameter's placeholder. */
  param(value: unknown): string {
    return `$${this.params.push(value)}`;
  }

  /** Adds a condition where the value is given; `?` in it stands for the value. */
  add(condition: string, value: unknown): this {
    if (value !== undefined) this.parts.push(condition.replaceAll('?', this.param(value)));
    return this;
  }

  /** Adds a condition whose parameters are already there. */
  all(condition: string): this {
    this.parts.push(`(${condition})`);
    return this;
  }

  /** The `WHERE` clause, or nothing. */
  get where(): string {
    return this.parts.length === 0 ? '' : `WHERE ${this.parts.join(' AND ')}`;
  }
}

/** One page of a list. `next` is absent on the last one. */
export interface Page<T, Cursor> {
  readonly rows: readonly T[];
  readonly next?: Cursor;
}

/** Cuts `limit + 1` rows read into a page of `limit` and the cursor after its last row. */
export function pageOf<T, Cursor>(
  rows: readonly T[],
  limit: number,
  cursorOf: (last: T) => Cursor,
): Page<T, Cursor> {
  if (rows.length <= limit) return { rows };
  const shown = rows.slice(0, limit);
  const last = shown[shown.length - 1];
  return last === undefined ? { rows: shown } : { rows: shown, next: cursorOf(last) };
}

/** Most rows a page may have. */
export const MAX_PAGE = 500;

/** Rows of a page of an export: what is written for a page, its statement and its entry in the access log, costs the same for few. */
export const EXPORT_PAGE = 2000;

/** The same pages; the next one is asked for while one is worked on. */
export async function* ahead<T>(pages: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = pages.next();
  try {
    for (;;) {
      const page = await next;
      if (page.done === true) return;
      next = pages.next();
      // Met when its turn comes.
      next.catch(() => undefined);
      yield page.value;
    }
  } finally {
    await pages.return(undefined);
  }
}
