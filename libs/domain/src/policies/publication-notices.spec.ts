import { facts, type Given } from '../../../../test/support/scenario';
import { publicationNotices } from './publication-notices';

const shown = (purposeId: string, version: number) => ({ purposeId, version });
const issued = (
  ...firstShown: readonly { purposeId: string; version: number }[]
): Given<'PrivacyPageIssued'> => ({
  type: 'PrivacyPageIssued',
  data: {
    version: 3,
    pageJa: 'ja',
    pageEn: 'en',
    hashJa: 'aa',
    hashEn: 'bb',
    basis: {
      form: 1,
      company: 'c',
      contactPoint: 'p',
      publicMatters: 'm',
      handlingRules: 'h',
      purposes: [shown('p1', 1), ...firstShown],
    },
    firstShown,
  },
});
const answer = (event: Given<'PrivacyPageIssued'>) => publicationNotices.react(facts([event])[0]!);

describe('the policy publication-notices', () => {
  it('records a notice for each version of a purpose that the page is the first to show, with its hashes', () => {
    const proof = '/privacy/versions/3 sha-256 ja aa en bb';
    const effectiveAt = '2026-01-01T00:01:00.000Z';
    const notice = { kind: 'RecordPublication', method: 'website', proof, effectiveAt } as const;
    expect(answer(issued(shown('p2', 1), shown('p3', 4)))).toEqual([
      { command: { ...notice, ...shown('p2', 1) }, discriminator: '1' },
      { command: { ...notice, ...shown('p3', 4) }, discriminator: '4' },
    ]);
  });

  it('records none again for what an earlier page had shown', () => {
    expect(answer(issued())).toEqual([]);
  });
});
