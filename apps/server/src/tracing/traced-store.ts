import type { EventStore } from '@enishi/event-store';
import { inSpan } from './spans';

/** The event store with a span around each append. Streams are not named: they carry people's ids. */
export function traced(store: EventStore): EventStore {
  return {
    append: (append) =>
      inSpan('append', { 'enishi.events': append.events.length }, () => store.append(append)),
    appendMany: (appends) =>
      inSpan('append many', { 'enishi.appends': appends.length }, () => store.appendMany(appends)),
    readStream: (stream, options) => store.readStream(stream, options),
    readAll: (options) => store.readAll(options),
    head: () => store.head(),
    subscribe: (options) => store.subscribe(options),
    close: () => store.close(),
  };
}
