import { facts, refusal, scenario, type Given } from '../../../../test/support/scenario';
import type { PurposeSchedule } from '../purpose-schedule';
import type { RecipientState } from '../recipient';
import type { RecipientContent, TransferBasis } from '../recipient-terms';
import { PURPOSE_TEMPLATES } from '../templates';
import {
  pageBasis,
  pageChanges,
  pageContent,
  pageGaps,
  PAGE_GAPS,
  publicationDecider,
  purposesOnPage,
  recipientsOnPage,
  type IssuePrivacyPage,
  type PageContent,
  type PageSources,
} from './publication';
import type { PageBasis } from './shapes';
import { ACCESS_RULES_TEMPLATE, PUBLIC_MATTERS_TEMPLATE, SECURITY_MEASURES_TEMPLATE } from './templates';

const { given } = scenario(publicationDecider);
const content = PURPOSE_TEMPLATES['rehire']!;
const shown = (purposeId: string, version: number) => ({ purposeId, version });
const basis: PageBasis = {
  form: 1,
  company: 'c1',
  contactPoint: 'p1',
  publicMatters: 'm1',
  handlingRules: 'h1',
  purposes: [shown('a', 1)],
};
const bytes = { pageJa: 'ページ', pageEn: 'page', hashJa: 'aa', hashEn: 'bb' };
const issue: IssuePrivacyPage = { kind: 'IssuePrivacyPage', version: 1, basis, ...bytes };
const issued = (version: number, of: PageBasis): Given<'PrivacyPageIssued'> => ({
  type: 'PrivacyPageIssued',
  data: { version, basis: of, ...bytes, firstShown: of.purposes },
});

describe('publishing the page', () => {
  it('keeps its bytes with their hashes, and says which purposes it is the first to show', () => {
    given()
      .when(issue)
      .then([
        { type: 'PrivacyPageIssued', data: { version: 1, basis, ...bytes, firstShown: [shown('a', 1)] } },
      ]);
    const purposes = [shown('a', 2), shown('b', 1)];
    given(issued(1, basis), issued(2, { ...basis, purposes: [shown('b', 1)] }))
      .when({ ...issue, version: 3, basis: { ...basis, purposes } })
      .then([
        {
          type: 'PrivacyPageIssued',
          data: { version: 3, basis: { ...basis, purposes }, ...bytes, firstShown: [shown('a', 2)] },
        },
      ]);
  });

  it('of the same content is no new version', () => {
    given(issued(1, basis))
      .when({ ...issue, version: 2 })
      .then([]);
  });

  it('under a number that was taken meanwhile is refused, and so is a page that no event can hold', () => {
    const other = { ...basis, company: 'c2' };
    given(issued(1, basis))
      .when({ ...issue, basis: other })
      .then(refusal('page-changed-meanwhile'));
    given()
      .when({ ...issue, pageJa: 'あ'.repeat(250_000) })
      .then(refusal('page-too-long'));
  });
});

describe('what the page shows', () => {
  const version = (number: number, from: string, usableFrom?: string) => ({
    version: number,
    revision: 'related' as const,
    content,
    noticeHashes: { ja: 'aa', en: 'bb' },
    publishedId: `e${number}`,
    publishedFrom: from,
    ...(usableFrom !== undefined && { usableFrom }),
  });
  const schedule = (code: string, ...versions: PurposeSchedule['versions']): PurposeSchedule => ({
    purposeId: code,
    code,
    versions,
  });
  const at = '2026-06-01T00:00:00.000Z';
  const on = (...schedules: readonly PurposeSchedule[]) =>
    purposesOnPage(schedules, at).map(({ content: _, code: _code, ...rest }) => rest);

  it('is of each purpose the latest version that is published, also while it waits for this very notice', () => {
    expect(
      on(schedule('a', version(1, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'), version(2, at))),
    ).toEqual([shown('a', 2)]);
  });

  it('announces what is published for later, and leaves out what is retired or a draft', () => {
    const from = '2026-06-01T00:00:00.001Z';
    const retired = {
      ...schedule('c', version(1, '2026-01-01T00:00:00.000Z')),
      retiredFrom: at,
      retiredId: 'r',
    };
    expect(on(schedule('b', version(1, at), version(2, from)), retired, schedule('d'))).toEqual([
      shown('b', 1),
      { ...shown('b', 2), from },
    ]);
  });

  it('stands in the order of the codes', () => {
    expect(on(schedule('b', version(1, at)), schedule('a', version(1, at)))).toEqual([
      shown('a', 1),
      shown('b', 1),
    ]);
  });
});

describe('what a page is made of', () => {
  const bilingual = { ja: '架空', en: 'Kaku' };
  const [rules] = facts<'HandlingRulesAdopted'>([
    {
      type: 'HandlingRulesAdopted',
      data: {
        ...{ version: 1, title: bilingual, fileHash: 'ab', officerId: 's1' },
        access: ACCESS_RULES_TEMPLATE,
        measures: SECURITY_MEASURES_TEMPLATE,
        reviewBy: '2027-01-01T15:00:00.000Z',
      },
    },
  ]);
  const party = {
    ...{ name: bilingual, address: bilingual, representative: bilingual },
    ...({ contact: 'x', type: 'private-company', jurisdiction: 'JP' } as const),
  };
  const whole: PageContent = {
    party: { value: party, eventId: 'c1' },
    contactPoint: { value: { name: bilingual, email: 'a@example.jp' }, eventId: 'p1' },
    matters: { value: PUBLIC_MATTERS_TEMPLATE, eventId: 'm1' },
    rules: rules!,
    purposes: [{ purposeId: 'a', code: 'rehire', version: 1, content }],
    abroad: [],
  };
  const abroad = (recipientId: string, basis: TransferBasis, more: Partial<RecipientContent> = {}) => ({
    ...{ recipientId, version: 1 },
    content: { name: bilingual, address: bilingual, country: 'SG', basis, task: bilingual, ...more },
  });
  const parts = ['party', 'contactPoint', 'matters', 'rules', 'purposes'] as const;

  it('is complete, or lacks exactly what is missing', () => {
    expect(pageGaps(whole)).toEqual([]);
    expect(pageContent(whole)).toBe(whole);
    const none = { purposes: [], abroad: [abroad('x', 'consent')] };
    expect(pageGaps(none)).toEqual([...PAGE_GAPS]);
    parts.forEach((part, index) => {
      const { [part]: _, ...rest } = whole;
      const lacking = { purposes: [], ...rest } as PageSources;
      expect([part, pageGaps(lacking), pageContent(lacking)]).toEqual([part, [PAGE_GAPS[index]], undefined]);
    });
  });

  it('wants the system of each country abroad but of one that is recognised as equal', () => {
    const shown = { system: bilingual, measures: bilingual };
    const gaps = (...of: PageContent['abroad']) => pageGaps({ ...whole, abroad: of });
    expect(gaps(abroad('x', 'equivalent-country'), abroad('y', 'equivalent-measures', { shown }))).toEqual(
      [],
    );
    expect(gaps(abroad('x', 'equivalent-measures'))).toEqual(['page-without-foreign-system']);
  });

  it('shows recipients abroad that have not ended, and is to be published anew when one is entered or revised', () => {
    const entry = (code: string, country: string): RecipientState => ({
      entry: facts([
        {
          type: 'RecipientAdded',
          data: {
            ...{ recipientId: code, staffId: code, version: 2, code, role: 'third-party' },
            content: { ...abroad(code, 'consent').content, country },
          },
        } satisfies Given<'RecipientAdded'>,
      ])[0]!,
      assessments: [],
    });
    const gone = { ...entry('z', 'SG'), ended: {} as NonNullable<RecipientState['ended']> };
    const on = recipientsOnPage([entry('b', 'US'), entry('j', 'JP'), gone, entry('a', 'SG')]);
    expect(on.map(({ recipientId, version }) => [recipientId, version])).toEqual([
      ['a', 2],
      ['b', 2],
    ]);
    const now = pageBasis({ ...whole, abroad: on }, 1);
    expect(now.recipients).toEqual([
      { recipientId: 'a', version: 2 },
      { recipientId: 'b', version: 2 },
    ]);
    expect(pageChanges(pageBasis(whole, 1), now)).toEqual(['recipients']);
    expect(pageChanges(now, pageBasis({ ...whole, abroad: on.slice(1) }, 1))).toEqual(['recipients']);
  });

  it('an announced purpose alone is none to be published', () => {
    const purposes = [{ ...whole.purposes[0]!, from: '2027-01-01T00:00:00.000Z' }];
    expect(pageGaps({ ...whole, purposes })).toEqual(['page-without-purposes']);
  });

  it('names the events it shows, so that every part tells when it is out of date', () => {
    const now = pageBasis(whole, 1);
    expect(now).toEqual({ ...basis, handlingRules: 'e1' });
    expect(pageChanges(now, now)).toEqual([]);
    for (const [part, value] of Object.entries({
      form: 2,
      company: 'x',
      contactPoint: 'x',
      publicMatters: 'x',
      handlingRules: 'x',
      purposes: [shown('a', 2)],
      recipients: [shown('a', 2)],
    })) {
      expect(pageChanges({ ...now, [part]: value } as PageBasis, now)).toEqual([part]);
    }
  });
});
