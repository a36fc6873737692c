import { Inject, Injectable } from '@nestjs/common';
import { readFunnel, type Funnel } from '@enishi/projections/alumni-roster/query';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import type { RosterScopeDto } from './roster.dto';

/** How long a count is shown again. Counting looks at everybody; the first page of a list must not wait for it. */
const KEPT_MS = 5_000;
const MOST_KEPT = 200;

/** Counts of the roster, each kept for some seconds. */
@Injectable()
export class Funnels {
  private readonly kept = new Map<string, { readonly until: number; readonly funnel: Promise<Funnel> }>();

  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  /** @param seen the position the caller has seen: after a command of theirs the count is taken anew */
  count(
    { purposeId, channel, programmeId }: RosterScopeDto,
    departments: readonly string[] | undefined,
    seen: string,
  ): Promise<Funnel> {
    const key = JSON.stringify([purposeId, channel, programmeId, departments, seen]);
    const now = Date.now();
    const known = this.kept.get(key);
    if (known !== undefined && known.until > now) return known.funnel;
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    const funnel = readFunnel(this.infrastructure.pool, {
      purposeId,
      channel,
      at: this.infrastructure.ledger.clock.now(),
      ...(programmeId !== undefined && { programmeId }),
      ...(departments && { departments }),
    });
    this.kept.set(key, { until: now + KEPT_MS, funnel });
    funnel.catch(() => this.kept.delete(key));
    return funnel;
  }
}
