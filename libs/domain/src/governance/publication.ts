import { sameValue } from '../equal';
import type { Decider, Fact, Instant } from '../kernel';
import { isRetiredAt, type PurposeSchedule } from '../purpose-schedule';
import type { RecipientState } from '../recipient';
import type { RecipientContent } from '../recipient-terms';
import { refuse } from '../refusals';
import type { CompanyParty, ContactPoint, PurposeContent } from '../shapes';
import type { PageBasis, PublicMatters, ShownPurpose, ShownRecipient } from './shapes';

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

/** A recipient abroad as the page shows it: what it does, where, and by which basis of 28; not its name. */
export interface RecipientOnPage extends ShownRecipient {
  readonly content: RecipientContent;
}

/** What there is to be shown; a part that the company has not stated yet is absent. */
export interface PageSources {
  readonly party?: Stated<CompanyParty>;
  readonly contactPoint?: Stated<ContactPoint>;
  readonly matters?: Stated<PublicMatters>;
  /** The handling rules in force. */
  readonly rules?: Fact<'HandlingRulesAdopted'>;
  readonly purposes: readonly PurposeOnPage[];
  readonly abroad: readonly RecipientOnPage[];
}

/** The same, complete: what a page can be made of (32(1), 21(1)). */
export interface PageContent {
  readonly party: Stated<CompanyParty>;
  readonly contactPoint: Stated<ContactPoint>;
  readonly matters: Stated<PublicMatters>;
  readonly rules: Fact<'HandlingRulesAdopted'>;
  readonly purposes: readonly PurposeOnPage[];
  readonly abroad: readonly RecipientOnPage[];
}

/** What keeps a page from being published, in the order in which it is best supplied. */
export const PAGE_GAPS = [
  'page-without-company',
  'page-without-contact-point',
  'page-without-public-matters',
  'page-without-handling-rules',
  'page-without-purposes',
  'page-without-foreign-system',
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
  'recipients',
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

/**
 * The recipients abroad that belong on the page (外的環境の把握, GL 10-7): all that have not ended, in the order of their codes.
 */
export function recipientsOnPage(register: readonly RecipientState[]): readonly RecipientOnPage[] {
  return register
    .flatMap(({ entry, ended }) => (entry === undefined || ended !== undefined ? [] : [entry.data]))
    .filter(({ content }) => content.country !== 'JP')
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    .map(({ recipientId, version, content }) => ({ recipientId, version, content }));
}

/** Of a country that is recognised as equal, its system needs no words of the company. */
function saysNoSystem({ content: { basis, shown } }: RecipientOnPage): boolean {
  return basis !== 'equivalent-country' && shown === undefined;
}

/** What is missing before a page can be published. */
export function pageGaps(sources: PageSources): readonly PageGap[] {
  const { party, contactPoint, matters, rules, purposes, abroad } = sources;
  const there: Readonly<Record<PageGap, boolean>> = {
    'page-without-company': party !== undefined,
    'page-without-contact-point': contactPoint !== undefined,
    'page-without-public-matters': matters !== undefined,
    'page-without-handling-rules': rules !== undefined,
    'page-without-purposes': purposes.some(({ from }) => from === undefined),
    'page-without-foreign-system': !abroad.some(saysNoSystem),
  };
  return PAGE_GAPS.filter((gap) => !there[gap]);
}

/** The sources as what a page is made of; nothing while there are {@link pageGaps}. */
export function pageContent(sources: PageSources): PageContent | undefined {
  return pageGaps(sources).length === 0 ? (sources as PageContent) : undefined;
}

/** @param form of the page around the content */
export function pageBasis(content: PageContent, form: number): PageBasis {
  const { party, contactPoint, matters, rules, purposes, abroad } = content;
  const recipients = abroad.map(({ recipientId, version }) => ({ recipientId, version }));
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
    // Pages from before recipients were shown have no such part either.
    ...(recipients.length > 0 && { recipients }),
  };
}

/** In which parts one page differs from another. */
export function pageChanges(published: PageBasis, now: PageBasis): readonly PagePart[] {
  return PAGE_PARTS.filter((part) => !sameValue(published[part], now[part]));
}

function nameOf({ purposeId, version }: ShownPurpose): string {
  return `${purposeId}/${version}`;
}
