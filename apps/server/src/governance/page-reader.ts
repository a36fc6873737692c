import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { readCompanyState, readHandlingRules, readPages } from '@enishi/application';
import {
  LANGUAGES,
  pageBasis,
  pageContent,
  pageGaps,
  purposesOnPage,
  recipientsOnPage,
  refuse,
  rulesInForceAt,
  type Fact,
  type Instant,
  type IssuePrivacyPage,
  type Language,
  type PageBasis,
  type PageGap,
  type PageSources,
  type Refusal,
} from '@enishi/domain';
import { canonical } from '@enishi/transparency';
import { readRecipients } from '@enishi/projections/audit-trail/query';
import { listPurposes } from '@enishi/projections/purpose-catalogue/query';
import type { Infrastructure } from '../infrastructure';
import { stateOfSteps } from '../recipients/recipient-view';
import { INFRASTRUCTURE } from '../tokens';
import { PAGE_FORM, privacyPage } from './privacy-page';

/** The page as it would be published now. */
export interface NextPage {
  readonly version: number;
  readonly sources: PageSources;
  readonly issued: readonly Fact<'PrivacyPageIssued'>[];
  /** What must be supplied first; without any, the rest is there. */
  readonly gaps: readonly PageGap[];
  readonly made?: {
    readonly basis: PageBasis;
    /** SHA-256 (hex) of the basis: what somebody has looked at before they publish it. */
    readonly basisHash: string;
    readonly pages: Readonly<Record<Language, string>>;
  };
}

/** Makes the public page from what the ledger says now. */
@Injectable()
export class PageReader {
  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  async sources(at: Instant): Promise<PageSources> {
    const { ledger, pool } = this.infrastructure;
    const [company, rules, purposes, register] = await Promise.all([
      readCompanyState(ledger),
      readHandlingRules(ledger),
      listPurposes(pool, at),
      readRecipients(pool),
    ]);
    const { party, contactPoint, publicMatters, statedBy } = company;
    const inForce = rulesInForceAt(rules, at);
    return {
      ...(party && { party: { value: party, eventId: statedBy.party! } }),
      ...(contactPoint && { contactPoint: { value: contactPoint, eventId: statedBy.contactPoint! } }),
      ...(publicMatters && { matters: { value: publicMatters, eventId: statedBy.publicMatters! } }),
      ...(inForce && { rules: inForce }),
      purposes: purposesOnPage(
        purposes.map(({ schedule }) => schedule),
        at,
      ),
      abroad: recipientsOnPage(register.map(stateOfSteps)),
    };
  }

  async next(): Promise<NextPage> {
    const { ledger } = this.infrastructure;
    const at = ledger.clock.now();
    const [sources, issued] = await Promise.all([this.sources(at), readPages(ledger)]);
    const version = issued.length + 1;
    const next = { version, sources, issued, gaps: pageGaps(sources) };
    const content = pageContent(sources);
    if (content === undefined) return next;
    const basis = pageBasis(content, PAGE_FORM);
    const [ja, en] = LANGUAGES.map((language) => privacyPage(content, language, { version, at }));
    return { ...next, made: { basis, basisHash: sha256(canonical(basis)), pages: { ja: ja!, en: en! } } };
  }

  /** The command that publishes what was looked at, if it is still what there is. */
  async issue(basisHash: string): Promise<IssuePrivacyPage | Refusal> {
    const { version, gaps, made } = await this.next();
    if (made === undefined) return refuse(gaps[0]!);
    if (made.basisHash !== basisHash) return refuse('page-changed-meanwhile');
    const { ja, en } = made.pages;
    const hashes = { hashJa: sha256(ja), hashEn: sha256(en) };
    return { kind: 'IssuePrivacyPage', version, basis: made.basis, pageJa: ja, pageEn: en, ...hashes };
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
