import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { readsOf } from '@enishi/access';
import type { AsOfRow } from '@enishi/application';
import type { Instant } from '@enishi/domain';
import { peopleAt } from '@enishi/projections/as-of-facts/query';
import type { RosterFilters } from '@enishi/projections/alumni-roster/query';
import { openCursor, sealCursor } from '../cursor';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import { isListed, pageAsOf, type AsOfCursor } from './as-of';
import { AsOfRosters } from './as-of-rosters';
import { Moments } from './moments';
import { filtersOf, listOfSearch, scopeOf } from './roster-question';
import { rowView } from './roster-view';
import type { SearchRosterDto } from './roster.dto';

/** Beyond so many people looked at, a list is not counted to its end. */
const COUNTED = 5_000;

interface PastPage {
  readonly rows: readonly AsOfRow[];
  readonly total: number | undefined;
  readonly next?: AsOfCursor;
}

/** Pages of the roster as of a moment: from the tables of facts, or folded from the ledger where that is asked for. */
@Injectable()
export class PastRoster {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly moments: Moments,
    private readonly folded: AsOfRosters,
  ) {}

  /** @param departments what the asker may see; absent: all */
  async search(
    body: SearchRosterDto,
    asked: string,
    departments: readonly string[] | undefined,
    request: FastifyRequest,
  ): Promise<unknown> {
    const { pool, vault } = this.infrastructure;
    const list = listOfSearch('alumni-roster as of', body);
    const cursor = body.cursor === undefined ? undefined : openCursor<AsOfCursor>(vault, list, body.cursor);
    const { at, known } = cursor ?? (await this.start(request, asked, body.known));
    const filters = await filtersOf(pool, body, at);
    const page = await this.page(body, { at, known }, filters, departments, cursor);
    readsOf(request).add(...page.rows.map(({ alumnusId }) => alumnusId));
    return {
      at,
      total: page.total === undefined ? null : { count: page.total, estimated: false },
      rows: page.rows.map(({ alumnusId, person, values, contact, approach }) =>
        rowView(alumnusId, person, values, body.mode === 'approachable' ? approach : contact),
      ),
      ...(page.next && { cursor: sealCursor(vault, list, page.next) }),
    };
  }

  private async start(request: FastifyRequest, at: string, known: string | undefined) {
    const point = await this.moments.point(request, at, known);
    return { at: point.at, known: point.known.toString() };
  }

  private async page(
    body: SearchRosterDto,
    point: { readonly at: Instant; readonly known: string },
    filters: RosterFilters,
    departments: readonly string[] | undefined,
    cursor: AsOfCursor | undefined,
  ): Promise<PastPage> {
    const { mode, limit = 50 } = body;
    if (body.fold === true) {
      const all = await this.folded.rows({ ...scopeOf(body), at: point.at }, BigInt(point.known));
      return pageAsOf(all, mode, filters, departments, point, cursor, limit);
    }
    const rows: (AsOfRow & { readonly sortKey: string })[] = [];
    let [looked, listed] = [0, 0];
    const chunks = peopleAt(
      this.infrastructure.pool,
      scopeOf(body),
      [{ at: point.at, known: BigInt(point.known) }],
      // Whoever never consented is on no list of those who may be contacted.
      { ...(cursor && { after: cursor }), ...(mode === 'contactable' && { only: 'granted' as const }) },
    );
    for await (const people of chunks) {
      looked += people.length;
      for (const { sortKey, answers } of people) {
        const { person, ...answer } = answers[0]!;
        if (person === undefined) continue;
        const row = { ...answer, person, sortKey };
        if (!isListed(row, mode, filters, departments, point.at)) continue;
        listed += 1;
        if (rows.length <= limit) rows.push(row);
      }
      if (rows.length > limit && (cursor !== undefined || looked >= COUNTED)) break;
    }
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const more = rows.length > limit && last !== undefined;
    const counted = cursor === undefined && (!more || looked < COUNTED);
    return {
      rows: page,
      total: counted ? listed : undefined,
      ...(more && { next: { ...point, sortKey: last.sortKey, alumnusId: last.alumnusId } }),
    };
  }
}
