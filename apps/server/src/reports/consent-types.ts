import type { EventType } from '@enishi/domain';
import type { ConsentEntry } from '@enishi/projections/consent-history/query';

/** The event behind each kind of entry in the history of consents. */
export const CONSENT_TYPES: Readonly<Record<ConsentEntry['kind'], EventType>> = {
  requested: 'ConsentRequested',
  granted: 'ConsentGranted',
  refused: 'ConsentRefused',
  withdrawn: 'ConsentWithdrawn',
  expired: 'ConsentExpired',
  invalidated: 'ConsentInvalidated',
  'evidence-approved': 'ConsentEvidenceApproved',
};
