import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { readsOf, type Principal } from '@enishi/access';
import type { Trial } from '@enishi/application';
import { Refusal, type Instant } from '@enishi/domain';
import {
  peopleAt,
  rulesKnownAt,
  type KnownRules,
  type SubjectCursor,
} from '@enishi/projections/as-of-facts/query';
import { listOf, openCursor, sealCursor } from '../cursor';
import type { Infrastructure } from '../infrastructure';
import { refusalProblem } from '../refusal';
import { Moments } from '../roster/moments';
import { departmentsFor, scopeOf } from '../roster/roster-question';
import { INFRASTRUCTURE } from '../tokens';
import { compare } from './comparison';
import { DryRunChanges } from './dry-run-changes';
import type { ProgrammeDryRunDto } from './dry-run.dto';

/** Where the next page begins; with when the first one was asked for, and what was known then. */
interface DryRunCursor extends SubjectCursor {
  readonly now: Instant;
  readonly known: string;
}

/** A version that somebody tries: for which list, which page, and how it would be published. */
export interface DryRun {
  readonly body: ProgrammeDryRunDto;
  readonly request: FastifyRequest;
  readonly principal: Principal;
  /** Names the version apart from the body. */
  readonly version: string;
  /** @throws ProblemError 404 where there is nothing of that id */
  try(rules: KnownRules, now: Instant): Trial | Refusal;
}

/** Answers what publishing a version would change: everybody's answer without it and with it, at the same instant. */
@Injectable()
export class DryRuns {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly moments: Moments,
  ) {}

  /** @throws ProblemError 422 where the rules would refuse to publish it */
  async answer({ body, request, principal, version: name, ...tried }: DryRun): Promise<unknown> {
    // Whoever went off a list is not on it: the caller must be allowed to see both.
    const departments = departmentsFor(principal, body, 'excluded');
    const { pool, vault } = this.infrastructure;
    const { cursor: given, limit = 50, ...asked } = body;
    readsOf(request).fields(...Object.keys(asked));
    const list = listOf(`dry run ${name}`, asked);
    const cursor = given === undefined ? undefined : openCursor<DryRunCursor>(vault, list, given);
    const { now, known } = cursor ?? (await this.begin(request));
    const trial = tried.try(await rulesKnownAt(pool, BigInt(known)), now);
    if (trial instanceof Refusal) throw refusalProblem(trial);
    const { version, at, supposed, supposesNotice } = trial;
    const point = { at, known: BigInt(known) };
    const chunks = peopleAt(
      pool,
      scopeOf(body),
      [point, { ...point, supposing: supposed }],
      cursor && { after: cursor },
    );
    const changes = new DryRunChanges(supposed);
    const { rows, totals, next } = await compare(chunks, changes, departments, limit, cursor === undefined);
    readsOf(request).add(...rows.map((row) => row['alumnusId'] as string));
    return {
      version,
      at,
      supposesNotice,
      totals: totals ?? null,
      rows,
      ...(next && { cursor: sealCursor(vault, list, { ...next, now, known }) }),
    };
  }

  private async begin(request: FastifyRequest): Promise<Pick<DryRunCursor, 'now' | 'known'>> {
    const { at, known } = await this.moments.now(request);
    return { now: at, known: known.toString() };
  }
}
