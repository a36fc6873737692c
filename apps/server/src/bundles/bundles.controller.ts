import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessLog, CurrentPrincipal, Requires, type Principal } from '@enishi/access';
import type { BundleScope } from '@enishi/bundle';
import { PersonReader } from '../alumni/person-reader';
import { scopeOf } from '../audit/audit.controller';
import { sendFile } from '../audit/table-export';
import { fieldError, notValid } from '../field-errors';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { checkpointOf } from '../proofs/covering';
import { INFRASTRUCTURE } from '../tokens';
import { Bundles } from './bundles';
import { BundleQuery } from './bundles.dto';

const ROUTE = 'GET /v1/bundles/export';

/** Bundles: events with everything that somebody outside needs to check them. Opens nothing. */
@ApiTags('audit')
@Controller('v1/bundles')
@Requires('audit:read')
export class BundlesController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly bundles: Bundles,
    private readonly people: PersonReader,
    private readonly accessLog: AccessLog,
  ) {}

  /** A bundle without personal data, under the newest checkpoint, made while it is sent. 409 until one covers something of it. */
  @Get('export')
  @ApiProduces('application/zip')
  async export(
    @Query() query: BundleQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if ((query.level ?? 'none') !== 'none') throw needsApproval();
    const scope = bundleScopeOf(query);
    await this.people.mayReadRecords(principal, query.alumnusId);
    const since = query.since === undefined ? [] : [query.since];
    for (const size of since) await checkpointOf(this.infrastructure.pool, size);
    const read = { principal, route: ROUTE, view: 'bundle', fields: [], correlationId: request.id };
    const leaving = async (personIds: readonly string[]) =>
      void (await this.accessLog.record({ ...read, personIds }));
    await sendFile(reply, 'bundle', await this.bundles.open({ scope, level: 'none', since }, leaving));
  }
}

/** @throws ProblemError 400 for a condition that does not go with what is asked for */
function bundleScopeOf(query: BundleQuery): BundleScope {
  const { of, kind, actor, batchId, alumnusId, purposeId } = query;
  const { from, until } = scopeOf(query);
  const conditions = {
    ...(alumnusId !== undefined && { alumni: [alumnusId] }),
    ...(purposeId !== undefined && { purpose: purposeId }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { to: until }),
    ...(batchId !== undefined && { batch: batchId }),
  };
  if (kind !== undefined && of !== 'consents') throw doesNotGoWith('kind', of);
  if (actor !== undefined && of !== 'trail') throw doesNotGoWith('actor', of);
  if (of === 'consents') return { of, ...conditions, ...(kind !== undefined && { kind }) };
  if (of === 'trail') return { of, ...conditions, ...(actor !== undefined && { actor }) };
  const condition = CONDITIONS.find((name) => query[name] !== undefined);
  if (condition !== undefined) throw doesNotGoWith(condition, of);
  return { of };
}

const CONDITIONS = ['alumnusId', 'purposeId', 'from', 'to', 'batchId'] as const;

function doesNotGoWith(path: string, of: string): ProblemError {
  const ja = `of=${of} には使えない条件です。`;
  return notValid(fieldError(path, 'scope', { ja, en: `This condition does not go with of=${of}.` }));
}

function needsApproval(): ProblemError {
  const title = 'A bundle that shows personal data is an export with a reason and an approval';
  return new ProblemError(403, 'level-needs-approval', title, {
    messages: {
      ja: '個人データを含むバンドルは、理由と承認のある書き出しとして依頼してください（POST /v1/exports）。',
      en: `${title}: ask for one with POST /v1/exports.`,
    },
  });
}
