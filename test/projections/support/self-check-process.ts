import { PROJECTIONS } from '@enishi/projections/all';
import { checkViews } from '@enishi/worker';
import { directedHistories } from './histories';

/** What it tells the process that started it. */
export type Said = 'building';

// A server process of its own, in the middle of a self-check: it has begun to build, and comes no further.
const [databaseUrl = ''] = process.argv.slice(2);
const vault = {
  openFacts: (): Promise<never> => {
    process.send!('building' satisfies Said);
    return new Promise(() => setInterval(() => undefined, 1000));
  },
};
void checkViews({ databaseUrl, store: directedHistories()[0]!, vault, projections: PROJECTIONS });
