import type { Policy } from './policy';

/**
 * When a consent's validity is over, its history says so (product policy in law.md: validity is per purpose). It looks at
 * every consent there ever was: what it writes changes no answer and reaches nobody.
 */
export const consentExpiry: Policy = {
  name: 'consent-expiry',
  start: 'beginning',
  handles: ['ConsentGranted'],
  dueAt: (fact) => (fact.type === 'ConsentGranted' ? fact.data.expiresAt : undefined),
  react(fact) {
    if (fact.type !== 'ConsentGranted') return [];
    const { alumnusId, purposeId } = fact.data;
    const command = { kind: 'ExpireConsent', alumnusId, purposeId, grantId: fact.id } as const;
    return [{ command, discriminator: fact.id }];
  },
};
