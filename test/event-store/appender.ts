import { randomUUID } from 'node:crypto';
import { openPostgresStore, RevisionConflict } from '@enishi/event-store';

/** What the parent process asks of one appender. */
export interface Order {
  readonly url: string;
  /** Prefix of this process's own streams. */
  readonly name: string;
  readonly callers: number;
  readonly each: number;
  /** Streams that all processes race for. */
  readonly contested: readonly string[];
}

/** What it did. */
export interface Done {
  readonly ids: readonly string[];
  readonly won: readonly string[];
}

// A server process of its own: appends, races, reports.
process.once('message', (order: Order) => {
  void append(order).then((done) => process.send!(done, () => process.disconnect()));
});

async function append({ url, name, callers, each, contested }: Order): Promise<Done> {
  const store = await openPostgresStore({ url, embedded: false });
  const ids: string[] = [];
  const won: string[] = [];
  const one = async (stream: string, expected: number | 'no-stream'): Promise<void> => {
    const id = randomUUID();
    await store.append({ stream, expected, events: [{ id, type: 'Tested', data: {}, metadata: {} }] });
    ids.push(id);
  };
  await Promise.all([
    ...Array.from({ length: callers }, async (_, caller) => {
      for (let i = 0; i < each; i += 1) await one(`request-${name}-${caller}`, i === 0 ? 'no-stream' : i - 1);
    }),
    (async () => {
      for (const stream of contested) {
        await one(stream, 'no-stream').then(
          () => won.push(stream),
          (error: unknown) => {
            if (!(error instanceof RevisionConflict)) throw error;
          },
        );
      }
    })(),
  ]);
  await store.close();
  return { ids, won };
}
