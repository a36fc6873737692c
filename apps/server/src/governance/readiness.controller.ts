import { Controller, Get, Inject, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Requires } from '@enishi/access';
import { ACCOUNTS_STREAM, readCompanyState, readHandlingRules, readReviewMonths } from '@enishi/application';
import { readinessChecklist, type Fact, type ReadinessPoint } from '@enishi/domain';
import { countConsents } from '@enishi/projections/alumni-roster/query';
import { readConsentHistory } from '@enishi/projections/consent-history/query';
import { listProgrammes, listPurposes } from '@enishi/projections/purpose-catalogue/query';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { PageReader } from './page-reader';
import { ReadinessAnswer } from './readiness.answers.dto';

const VIEWS = ['purpose-catalogue', 'alumni-roster', 'consent-history', 'audit-trail'] as const;

/** The five points that a compliance officer is asked, each with the events that prove it or with what is missing. */
@ApiTags('governance')
@Controller('v1/readiness-checklist')
export class ReadinessController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly pages: PageReader,
    private readonly reads: ViewReads,
  ) {}

  @Get()
  @Requires('governance:read')
  @ApiOperation({ summary: 'The five-point readiness checklist, answered from the ledger' })
  @ApiOkResponse({ type: ReadinessAnswer })
  async show(@Req() request: FastifyRequest): Promise<unknown> {
    for (const view of VIEWS) await this.reads.caughtUp(request, view);
    const { ledger, pool } = this.infrastructure;
    const at = ledger.clock.now();
    const [company, months, rules, purposes, programmes, next, counts, history, accountsReview] =
      await Promise.all([
        readCompanyState(ledger),
        readReviewMonths(ledger, at),
        readHandlingRules(ledger),
        listPurposes(pool, at),
        listProgrammes(pool, at),
        this.pages.next(),
        countConsents(pool),
        readConsentHistory(pool, {
          kinds: ['requested', 'granted', 'refused'],
          direction: 'backwards',
          limit: 1,
        }),
        this.accountsReview(),
      ]);
    const page = next.issued.at(-1);
    const last = history.rows[0]?.eventId;
    const points = readinessChecklist(
      {
        company,
        rules,
        purposes: purposes.map(({ schedule }) => schedule),
        programmes: programmes.map(({ schedule }) => schedule),
        ...(page && { page }),
        ...(next.made && { pageNow: next.made.basis }),
        ...(accountsReview && { accountsReview }),
        accountsReviewMonths: months.accounts,
        ...(last !== undefined && { lastConsentId: last }),
        incompleteConsents: counts.incomplete,
      },
      at,
    );
    return { at, ready: points.every(({ met }) => met), ...counts, points: points.map(viewOf) };
  }

  private async accountsReview(): Promise<Fact<'AccountsReviewed'> | undefined> {
    const { store, vault } = this.infrastructure.ledger;
    const records = await store.readStream(ACCOUNTS_STREAM, { direction: 'backwards', limit: 1 });
    return (await vault.openFacts(records))[0] as Fact<'AccountsReviewed'> | undefined;
  }
}

function viewOf({ proofs, gaps, ...point }: ReadinessPoint): object {
  return {
    ...point,
    proofs: proofs.map((one) => ({ ...one, proof: `/v1/proofs/inclusion?event=${one.eventId}` })),
    missing: gaps.map(({ text, ...one }) => ({ ...one, messages: text })),
  };
}
