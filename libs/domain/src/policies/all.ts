import { consentExpiry } from './consent-expiry';
import { evidenceWaits } from './evidence-waits';
import type { Policy } from './policy';

/** Every policy that the reactor runs. */
export const POLICIES: readonly Policy[] = [consentExpiry, evidenceWaits];
