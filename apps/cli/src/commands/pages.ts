/** A page of a list, and where the next begins. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly next?: string | undefined;
}

/** The first page, or all of them one after the other. */
export async function readPages<T>(
  read: (cursor: string | undefined) => Promise<Page<T>>,
  all: boolean,
): Promise<{ readonly rows: readonly T[]; readonly more: boolean }> {
  const rows: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    rows.push(...page.rows);
    cursor = page.next;
  } while (all && cursor !== undefined);
  return { rows, more: cursor !== undefined };
}
