import { consentHistory } from '@enishi/projections/consent-history/projection';
import { itObeysTheLaws } from './support/laws';

describe('consent-history', () => itObeysTheLaws(() => consentHistory));
