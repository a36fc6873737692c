import { purposeCatalogue } from '@enishi/projections/purpose-catalogue/projection';
import { itObeysTheLaws } from './support/laws';

describe('purpose-catalogue', () => itObeysTheLaws(() => purposeCatalogue));
