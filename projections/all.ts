import { alumniRoster } from './alumni-roster/projection';
import { asOfFacts } from './as-of-facts/projection';
import { auditTrail } from './audit-trail/projection';
import { consentHistory } from './consent-history/projection';
import type { Projection } from './engine';
import { purposeCatalogue } from './purpose-catalogue/projection';
import { requestRegister } from './request-register/projection';
import { retentionCalendar } from './retention-calendar/projection';

/** Every view. The leaf rows, which are no view, are added by the worker. */
export const PROJECTIONS: readonly Projection[] = [
  alumniRoster,
  asOfFacts,
  auditTrail,
  consentHistory,
  purposeCatalogue,
  requestRegister,
  retentionCalendar,
];
