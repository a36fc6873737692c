import type { Policy } from './policy';

/**
 * The page that is the first to show a version of a purpose is its publication: a related revision may be used from then
 * on (21(3)). The proof names the version of the page and the hashes of its bytes.
 */
export const publicationNotices: Policy = {
  name: 'publication-notices',
  start: 'beginning',
  handles: ['PrivacyPageIssued'],
  react(fact) {
    if (fact.type !== 'PrivacyPageIssued') return [];
    const { effectiveAt } = fact;
    const { version: page, hashJa, hashEn, firstShown } = fact.data;
    const proof = `/privacy/versions/${page} sha-256 ja ${hashJa} en ${hashEn}`;
    return firstShown.map(({ purposeId, version }) => ({
      command: { kind: 'RecordPublication', purposeId, version, method: 'website', proof, effectiveAt },
      discriminator: String(version),
    }));
  },
};
