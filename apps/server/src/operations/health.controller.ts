import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public, SignedIn } from '@enishi/access';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import { VERSION } from '../version';
import { readinessOf } from './readiness';

/** Whether this process lives, whether it can serve, and which ledger it serves. */
@ApiTags('operations')
@Controller()
export class HealthController {
  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  @Get('health')
  @Public('a load balancer asks; it learns nothing but that the process answers')
  health(): unknown {
    return { status: 'ok' };
  }

  /**
   * 200 when the database answers and every view serves; 503 otherwise, with what is missing, and while the process
   * is on its way out. Views that no worker carries on, and parked ones, are named either way.
   */
  @Get('ready')
  @Public('a load balancer asks; it learns names of parts, no data')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const readiness = await readinessOf(this.infrastructure);
    void reply.status(readiness.status === 'ready' ? 200 : 503);
    return readiness;
  }

  @Get('v1/ledger')
  @SignedIn('whoever signs in may know which ledger this is')
  async ledger(): Promise<unknown> {
    const { identity, store } = this.infrastructure;
    const head = await store.head();
    const { ledgerId, companyId, mode } = identity;
    return { ledgerId, companyId, mode, head: head === undefined ? null : String(head), version: VERSION };
  }
}
