import { sameValue } from '../equal';
import type { Decider, Fact, Instant } from '../kernel';
import { isRetiredAt, type PurposeSchedule } from '../purpose-schedule';
import { refuse } from '../refusals';
import type { CompanyParty, ContactPoint, PurposeContent } from '../shapes';
import type { PageBasis, PublicMatters, ShownPurpose } from './shapes';

/** Something the company has stated, and the event by which it did. */
export interface Stated<Value> {
  readonly value: Value;
  readonly eventId: string;
}

/** A version of a purpose as the page shows it. */
export interface PurposeOnPage extends ShownPurpose {
  readonly code: string;
  readonly content: PurposeContent;
}

/** What there is to be shown; a part that the company has not stated yet is absent. */
export interface PageSources {
  readonly party?: Stated<CompanyParty>;
  readonly contactPoint?: Stated<ContactPoint>;
  readonly matters?: Stated<PublicMatters>;
  /** The handling rules in force. */
  readonly rules?: Fact<'HandlingRulesAdopted'>;
  readonly purposes: readonly PurposeOnPage[];
}

/** The same, complete: what a page can be made of (32(1), 21(1)). */
export interface PageContent {
  readonly party: Stated<CompanyParty>;
  readonly contactPoint: Stated<ContactPoint>;
  readonly matters: Stated<PublicMatters>;
  readonly rules: Fact<'HandlingRulesAdopted'>;
  readonly purposes: readonly PurposeOnPage[];
}

/** What keeps a page from being published, in the order in which it is best supplied. */
export const PAGE_GAPS = [
  'page-without-company',
  'page-without-contact-point',
  'page-without-public-matters',
  'page-without-handling-rules',
  'page-without-purposes',
] as const;
export type PageGap = (typeof PAGE_GAPS)[number];

/** Parts of the page that may change. */
export const PAGE_PARTS = [
  'form',
  'company',
  'contactPoint',
  'publicMatters',
  'handlingRules',
  'purposes',
] as const satisfies readonly (keyof PageBasis)[];
export type PagePart = (typeof PAGE_PARTS)[number];

/** Publishes a version of the page; its bytes are made and hashed by the caller. */
export interface IssuePrivacyPage {
  readonly kind: 'IssuePrivacyPage';
  /** The number that stands in the page: the next one. */
  readonly version: number;
  readonly basis: PageBasis;
  readonly pageJa: string;
  readonly pageEn: string;
  readonly hashJa: string;
  readonly hashEn: string;
}

/** Both languages together, in characters: an append holds at most 1 MiB. */
const LONGEST = 250_000;

/** Rules of the stream `publication`, whose n-th event is version n of the page. */
export const publicationDecider: Decider<
  IssuePrivacyPage,
  readonly Fact<'PrivacyPageIssued'>[],
  'PrivacyPageIssued'
> = {
  initial: [],
  decide({ kind: _, ...data }, issued) {
    const last = issued.at(-1);
    if (last !== undefined && sameValue(last.data.basis, data.basis)) return [];
    if (data.version !== issued.length + 1) return refuse('page-changed-meanwhile');
    if (data.pageJa.length + data.pageEn.length > LONGEST) return refuse('page-too-long');
    const shown = new Set(issued.flatMap((one) => one.data.basis.purposes.map(nameOf)));
    const firstShown = data.basis.purposes.filter((one) => !shown.has(nameOf(one)));
    return [{ type: 'PrivacyPageIssued', data: { ...data, firstShown } }];
  },
  evolve: (issued, fact) => [...issued, fact],
};

/**
 * The versions of purposes that belong on the page at an instant: of each purpose that is not retired the latest that is
 * published, even where it still waits for this very notice (21(3)), and those published for later, announced.
 */
export function purposesOnPage(schedules: readonly PurposeSchedule[], at: Instant): readonly PurposeOnPage[] {
  return schedules
    .filter((schedule) => !isRetiredAt(schedule, at))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    .flatMap(({ purposeId, code, versions }) => {
      const current = versions.findLast(({ publishedFrom }) => publishedFrom <= at);
      const announced = versions.filter(({ publishedFrom }) => publishedFrom > at);
      return [...(current ? [current] : []), ...announced].map(({ version, content, publishedFrom }) => ({
        purposeId,
        code,
        version,
        content,
        ...(publishedFrom > at && { from: publishedFrom }),
      }));
    });
}

/** What is missing before a page can be published. */
export function pageGaps({ party, contactPoint, matters, rules, purposes }: PageSources): readonly PageGap[] {
  const there: Readonly<Record<PageGap, boolean>> = {
    'page-without-company': party !== undefined,
    'page-without-contact-point': contactPoint !== undefined,
    'page-without-public-matters': matters !== undefined,
    'page-without-handling-rules': rules !== undefined,
    'page-without-purposes': purposes.some(({ from }) => from === undefined),
  };
  return PAGE_GAPS.filter((gap) => !there[gap]);
}

/** The sources as what a page is made of; nothing while there are {@link pageGaps}. */
export function pageContent(sources: PageSources): PageContent | undefined {
  return pageGaps(sources).length === 0 ? (sources as PageContent) : undefined;
}

/** @param form of the page around the content */
export function pageBasis(content: PageContent, form: number): PageBasis {
  const { party, contactPoint, matters, rules, purposes } = content;
  return {
    form,
    company: party.eventId,
    contactPoint: contactPoint.eventId,
    publicMatters: matters.eventId,
    handlingRules: rules.id,
    purposes: purposes.map(({ purposeId, version, from }) => ({
      purposeId,
      version,
      ...(from !== undefined && { from }),
    })),
  };
}

/** In which parts one page differs from another. */
export function pageChanges(published: PageBasis, now: PageBasis): readonly PagePart[] {
  return PAGE_PARTS.filter((part) => !sameValue(published[part], now[part]));
}

function nameOf({ purposeId, version }: ShownPurpose): string {
  return `${purposeId}/${version}`;
}
