import { Body, Controller, Get, Inject, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  CurrentPrincipal,
  OncePerKey,
  ORDERS,
  Requires,
  Reviews,
  type Orders,
  type Principal,
  type SignedReview,
} from '@enishi/access';
import { readReviewMonths } from '@enishi/application';
import { ActorNames } from '../audit/actor-names';
import type { Infrastructure } from '../infrastructure';
import { statedReason } from '../stated-reason';
import { INFRASTRUCTURE } from '../tokens';
import { recordReview } from './record-review';
import { ReviewAnswer, SignedReviewAnswer, SignOffDto } from './review.dto';

/** The review of accounts, each quarter unless the company has set another time: who still needs what they hold, signed off into the ledger. */
@ApiTags('accounts')
@Controller('v1/accounts/review')
export class AccountsReviewController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    @Inject(ORDERS) private readonly orders: Orders,
    private readonly reviews: Reviews,
    private readonly actors: ActorNames,
  ) {}

  @Get()
  @Requires('accounts:read')
  @ApiOperation({ summary: 'What is to be reviewed, with last use, and when the next review is due' })
  @ApiOkResponse({ type: ReviewAnswer })
  async current(): Promise<unknown> {
    const { ledger } = this.infrastructure;
    const { accounts: months } = await readReviewMonths(ledger, ledger.clock.now());
    const { last, accounts, ...standing } = await this.reviews.current(this.now(), months);
    return {
      ...standing,
      accounts: accounts.map(({ tokens, ...account }) => ({
        ...account,
        tokens: tokens.map(({ accountId: _, ...token }) => token),
      })),
      ...(last && { last: await this.signedView(last) }),
    };
  }

  @Post()
  @Requires('accounts:review')
  @OncePerKey()
  @ApiOperation({ summary: 'Sign the review off: keep or end what each account holds, with a reason' })
  @ApiCreatedResponse({ type: SignedReviewAnswer })
  async signOff(
    @Body() { standing, decisions }: SignOffDto,
    @CurrentPrincipal() who: Principal,
    @Req() request: object,
  ): Promise<unknown> {
    const decided = decisions.map((one) => ({
      ...one,
      accountId: one.accountId.toLowerCase(),
      reason: statedReason(one.reason.trim()),
    }));
    return this.orders.once<unknown>(request, async (orderId) => {
      const signed = await this.reviews.signOff(orderId, standing, decided, who, this.now());
      await recordReview(this.infrastructure, this.reviews, signed);
      return this.signedView(signed);
    });
  }

  private now(): Date {
    return new Date(this.infrastructure.ledger.clock.now());
  }

  private async signedView({ id, at, by, ...counts }: SignedReview): Promise<Record<string, unknown>> {
    const actorName = (await this.actors.of([by])).get(by);
    return {
      reviewId: id,
      at: at.toISOString(),
      actor: by,
      ...(actorName !== undefined && { actorName }),
      ...counts,
    };
  }
}
