import { auditTrail } from '@enishi/projections/audit-trail/projection';
import { itObeysTheLaws } from './support/laws';

describe('audit-trail', () => itObeysTheLaws(() => auditTrail));
