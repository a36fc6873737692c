import type { RecordedEvent } from '@enishi/event-store';
import type { Ledger } from '../handle';
import { importStream } from '../streams';

const PAGE = 1000;
const ANSWERS: readonly string[] = ['ConsentGranted', 'ConsentRefused', 'ConsentWithdrawn'];

/**
 * Pages of the events about people that an import brought, which stand behind its beginning: of leavers those about
 * them, of consents their answers. Also a page without any is given: it says that the reading goes on.
 */
export async function* broughtBy(
  { store }: Ledger,
  importId: string,
): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
  const notes = await store.readStream(importStream(importId));
  const reading = notes.filter(({ type }) => /^(Leavers|Consents)Import(Started|Completed)$/.test(type));
  const first = reading[0];
  if (first === undefined) return;
  const last = reading.at(-1)!;
  // A reading that did not come to its end may have gone on until now.
  const end = last.type.endsWith('Completed') ? last.position : await store.head();
  let after = first.position;
  for (;;) {
    const records = await store.readAll({ after, limit: PAGE });
    yield records.filter((record) => record.metadata['batchId'] === importId && isAboutPeople(record));
    const at = records.at(-1)?.position;
    if (at === undefined || (end !== undefined && at >= end)) return;
    after = at;
  }
}

function isAboutPeople({ stream, type }: RecordedEvent): boolean {
  return stream.startsWith('alumnus-') || (stream.startsWith('consent-') && ANSWERS.includes(type));
}
