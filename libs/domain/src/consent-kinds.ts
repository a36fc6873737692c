import type { EventType } from './disclosure';
import type { CONSENT_KINDS } from './terms';

/** What each event of a consent is called in its history. */
export const CONSENT_KIND_OF = {
  ConsentRequested: 'requested',
  ConsentGranted: 'granted',
  ConsentRefused: 'refused',
  ConsentWithdrawn: 'withdrawn',
  ConsentExpired: 'expired',
  ConsentInvalidated: 'invalidated',
  ConsentEvidenceApproved: 'evidence-approved',
} as const satisfies Partial<Record<EventType, (typeof CONSENT_KINDS)[number]>>;
export type ConsentKind = (typeof CONSENT_KINDS)[number];
