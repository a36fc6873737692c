import type { TimedEvent } from '../answers';
import { leaf } from '../leaf';
import { alumnusIdOf } from '../names';
import { choice } from '../options';
import { showEvents } from './events';
import { readPages } from './pages';

/** `enishi history` */
export const HISTORY = leaf<{ format: string }>({
  usage: 'history <alumnus>',
  summary: 'every event about one person in order: what, who, and all three times',
  examples: ['history 3f2a9c1e', 'history 3f2a9c1e --format jsonl'],
  options: [choice('--format <format>', 'format', ['text', 'jsonl']).default('text')],
  async act(session, { format }, [name = '']) {
    const api = await session.api();
    const path = `/v1/alumni/${await alumnusIdOf(api, name)}/history`;
    const { rows } = await readPages(async (cursor) => {
      const page = await api.get<{ events: TimedEvent[]; cursor?: string }>(path, { cursor, limit: 500 });
      return { rows: page.events, next: page.cursor };
    }, true);
    await showEvents(session, rows, session.json || format === 'jsonl');
  },
});
