import type { Append, RecordedEvent } from '@enishi/event-store';
import { prepareAppend } from '@enishi/event-store';
import { Client, type QueryArrayConfig } from 'pg';
import { groupStatement } from '../../libs/event-store/src/postgres-group';
import type { Place } from './ground';
import { timed } from './measure';

/** Recorded events as the appends they came by. */
export function appendsOf(events: readonly RecordedEvent[]): readonly Append[] {
  return events.map(({ stream, revision, id, type, data, metadata }) => ({
    stream,
    expected: revision === 0 ? 'no-stream' : revision - 1,
    events: [{ id, type, data, metadata }],
  }));
}

/**
 * The raw limit of durable commands: the ledger's own append function, called with groups of so many appends
 * that were prepared before, one group after the other on one connection.
 */
export class RawGroups {
  private constructor(private readonly client: Client) {}

  static async open({ appUrl }: Place): Promise<RawGroups> {
    const client = new Client({ connectionString: appUrl });
    await client.connect();
    return new RawGroups(client);
  }

  /** Answers the milliseconds it took. @throws Error where an append was not written. */
  async append(appends: readonly Append[], size: number): Promise<number> {
    const statements: QueryArrayConfig[] = [];
    for (let at = 0; at < appends.length; at += size) {
      statements.push(groupStatement(appends.slice(at, at + size).map((append) => prepareAppend(append))));
    }
    return timed(async () => {
      for (const statement of statements) {
        const { rowCount } = await this.client.query(statement);
        // One row tells the head; every further one an append that was not written.
        if (rowCount !== 1) throw new Error('a raw append met another revision');
      }
    });
  }

  close(): Promise<void> {
    return this.client.end();
  }
}
