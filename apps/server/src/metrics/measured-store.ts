import { RevisionConflict, type Appended, type EventStore } from '@enishi/event-store';
import type { Instruments } from './instruments';

type Outcome = 'appended' | 'conflict' | 'failed';

/** The event store with its appends timed and counted: one place for both engines. */
export function measured(store: EventStore, { append, appended, conflicts }: Instruments): EventStore {
  const count = (answer: Appended | RevisionConflict, events: number): Outcome => {
    if (answer instanceof RevisionConflict) {
      conflicts.inc();
      return 'conflict';
    }
    if (answer.repeated !== true) appended.inc(events);
    return 'appended';
  };
  return {
    async append(one) {
      const done = append.startTimer({ lane: 'single' });
      try {
        const answer = await store.append(one);
        done({ outcome: count(answer, one.events.length) });
        return answer;
      } catch (error) {
        done({ outcome: error instanceof RevisionConflict ? count(error, 0) : 'failed' });
        throw error;
      }
    },
    async appendMany(many) {
      const done = append.startTimer({ lane: 'bulk' });
      try {
        const answers = await store.appendMany(many);
        answers.forEach((answer, index) => count(answer, many[index]!.events.length));
        done({ outcome: 'appended' });
        return answers;
      } catch (error) {
        done({ outcome: 'failed' });
        throw error;
      }
    },
    readStream: (stream, options) => store.readStream(stream, options),
    readAll: (options) => store.readAll(options),
    head: () => store.head(),
    subscribe: (options) => store.subscribe(options),
    close: () => store.close(),
  };
}
