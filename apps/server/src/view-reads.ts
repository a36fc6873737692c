import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Infrastructure } from './infrastructure';
import { ProblemError } from './problem';
import { INFRASTRUCTURE } from './tokens';

const POSITION = /^\d{1,19}$/;

/** Reading one's own writes: a query that names a ledger position waits until its view has passed it. */
@Injectable()
export class ViewReads {
  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  /**
   * Waits, at most five seconds, for the position in the header `Enishi-Position`.
   * @throws ProblemError 503 `view-behind`, 503 `view-parked`, 400 for a header that is no position
   */
  async caughtUp(request: FastifyRequest, view: string, alumnusId?: string): Promise<void> {
    const header = request.headers['enishi-position'];
    if (header === undefined) return;
    if (typeof header !== 'string' || !POSITION.test(header)) {
      throw new ProblemError(
        400,
        'position-not-valid',
        'Enishi-Position must be a position that a command answered',
      );
    }
    const scopes = alumnusId === undefined ? [] : [{ kind: 'alumnus' as const, id: alumnusId }];
    const answer = await this.infrastructure.views.waitFor(view, BigInt(header), 5000, scopes);
    if (answer === 'ok') return;
    const title =
      answer === 'view-behind'
        ? 'The view has not caught up yet: try again'
        : 'This part of the view is parked';
    throw new ProblemError(503, answer, title, {}, { 'retry-after': '2' });
  }
}
