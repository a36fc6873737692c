import { consentExpiry } from './consent-expiry';
import type { Policy } from './policy';

/** Every policy that the reactor runs. */
export const POLICIES: readonly Policy[] = [consentExpiry];
