import { retentionCalendar } from '@enishi/projections/retention-calendar/projection';
import { itObeysTheLaws } from './support/laws';

describe('retention-calendar', () => itObeysTheLaws(() => retentionCalendar));
