import type { AlumnusEvent } from './alumnus-state';
import type { ConsentEvent } from './consent-answer';
import type { LifecycleEvent } from './lifecycle';

/** Of a person's stream, what bears on whether they may be contacted. */
export const ALUMNUS_EVENTS = [
  'AlumnusRegistered',
  'EmploymentAdded',
  'EmploymentCorrected',
  'AlumnusCorrected',
  'AlumnusReturned',
  'AlumnusDeathRecorded',
  'AlumnusReverted',
  'EmploymentReverted',
  'EmploymentRemoved',
  'RegistrationUndone',
] as const satisfies readonly AlumnusEvent[];

/** The same of their lifecycle. A mark for the erasure desk is not: who is marked is no longer registered. */
export const LIFECYCLE_EVENTS = [
  'HoldPlaced',
  'HoldReleased',
  'ErasureStarted',
  'ErasureCompleted',
] as const satisfies readonly LifecycleEvent[];

/** The same of their consents. An expiry is an instant in the grant: its event changes no answer. */
export const CONSENT_EVENTS = [
  'ConsentRequested',
  'ConsentGranted',
  'ConsentRefused',
  'ConsentWithdrawn',
  'ConsentInvalidated',
  'ConsentEvidenceApproved',
] as const satisfies readonly ConsentEvent[];
