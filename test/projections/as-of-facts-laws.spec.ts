import { asOfFacts } from '@enishi/projections/as-of-facts/projection';
import { itObeysTheLaws } from './support/laws';

describe('as-of-facts', () => itObeysTheLaws(() => asOfFacts, { runs: 8 }));
