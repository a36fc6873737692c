import { alumniRoster } from '@enishi/projections/alumni-roster/projection';
import { itObeysTheLaws } from './support/laws';

describe('alumni-roster', () => itObeysTheLaws(() => alumniRoster, { runs: 40 }));
