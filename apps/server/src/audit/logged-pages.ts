import type { AccessLog, ReadEntry } from '@enishi/access';

/**
 * Pages of a file, each with its entry in the access log before it leaves; a page about nobody needs none.
 *
 * @param personIdsOf whom a row of the file is about
 * @param read who asked, by which route, and of what
 */
export async function* loggedPages<Row>(
  accessLog: AccessLog,
  pages: AsyncIterable<readonly Row[]>,
  personIdsOf: (row: Row) => readonly string[],
  read: Pick<ReadEntry, 'principal' | 'route' | 'view' | 'correlationId'> &
    Partial<Pick<ReadEntry, 'fields'>>,
): AsyncGenerator<readonly Row[]> {
  for await (const page of pages) {
    const personIds = [...new Set(page.flatMap(personIdsOf))];
    if (personIds.length > 0) await accessLog.record({ fields: [], ...read, personIds });
    yield page;
  }
}
