import { alumniRoster } from '@enishi/projections/alumni-roster/projection';
import { atVolume } from '../support/volume';
import { itObeysTheLaws } from './support/laws';

describe('alumni-roster', () => itObeysTheLaws(() => alumniRoster, { runs: atVolume(20, 80) }));
